import type { Mutants } from '../mutant.ts'

export const KEY_MUTANTS = {
  '1024 bits': { from: 'MIN_MODULUS_BITS = 2048', to: 'MIN_MODULUS_BITS = 1024' },
  'more than 2048 bits': { from: 'bits < MIN_MODULUS_BITS', to: 'bits <= MIN_MODULUS_BITS' },
  'keys of any length': { from: ' || bits < MIN_MODULUS_BITS', to: '' },
  'keys of any kind': { from: `key.asymmetricKeyType !== 'rsa' || `, to: '' },
  'keys of a kind or a length': {
    from: `key.asymmetricKeyType !== 'rsa' || bits`,
    to: `key.asymmetricKeyType !== 'rsa' && bits`,
  },
  'a private key that is not looked at': {
    from: `readRsa('private key', () => createPrivateKey(pem))`,
    to: `attempt('private key', () => createPrivateKey(pem))`,
  },
  'a public key that is not looked at': {
    from: `readRsa('public key', () => createPublicKey(pem))`,
    to: `attempt('public key', () => createPublicKey(pem))`,
  },
  'a certificate whose key is not looked at': {
    from: `readRsa('certificate', () => certificate.publicKey)`,
    to: 'certificate.publicKey',
  },
  'a public key out of anything': {
    from: `!firstLabel(pem).endsWith('PUBLIC KEY-----')`,
    to: 'false',
  },
  'a public key anywhere': {
    from: `!firstLabel(pem).endsWith('PUBLIC KEY-----')`,
    to: `!pem.includes('PUBLIC KEY-----')`,
  },
  'a public key of any beginning': {
    from: `endsWith('PUBLIC KEY-----')`,
    to: `endsWith('KEY-----')`,
  },
  'only new public keys': {
    from: `endsWith('PUBLIC KEY-----')`,
    to: `endsWith('BEGIN PUBLIC KEY-----')`,
  },
  'the error of OpenSSL': {
    from: 'throw new KeyError(`is not the PEM text of a ${what}`, { cause })',
    to: 'throw cause',
  },
  'a certificate without an end': {
    from: 'certificate.validToDate',
    to: 'certificate.validFromDate',
  },
  'a certificate without a beginning': {
    from: 'certificate.validFromDate',
    to: 'certificate.validToDate',
  },
  'a serial of another spelling': {
    from: 'serialNumber.toUpperCase()',
    to: 'serialNumber.toLowerCase()',
  },
  'a key of 16 bytes': { from: 'API_V3_KEY_BYTES = 32', to: 'API_V3_KEY_BYTES = 16' },
  'a longer key': { from: 'byteLength !== API_V3_KEY_BYTES', to: 'byteLength < API_V3_KEY_BYTES' },
  'a shorter key': { from: 'byteLength !== API_V3_KEY_BYTES', to: 'byteLength > API_V3_KEY_BYTES' },
  'a key counted in letters': { from: 'Buffer.from(text)', to: `Buffer.from(text, 'latin1')` },
  'a key in hexadecimal': { from: 'Buffer.from(text)', to: `Buffer.from(text, 'hex')` },
} as const satisfies Mutants
