import type { Mutants } from '../mutant.ts'

export const RESOURCE_MUTANTS = {
  'any way to write it': { from: `bytes.toString('base64') !== sealed.ciphertext || `, to: '' },
  'less than a tag': { from: ' || bytes.byteLength < TAG_BYTES', to: '' },
  'no empty text': { from: 'bytes.byteLength < TAG_BYTES', to: 'bytes.byteLength <= TAG_BYTES' },
  'a tag that nobody checks': {
    from: 'decipher.update(bytes.subarray(0, -TAG_BYTES)), decipher.final()',
    to: 'decipher.update(bytes.subarray(0, -TAG_BYTES))',
  },
  'what does not fit is given out all the same': {
    from: `throw new SealError('was sealed with another key, or changed since', { cause })`,
    to: 'return bytes',
  },
  'the cause in the place of the reason': {
    from: `throw new SealError('was sealed with another key, or changed since', { cause })`,
    to: 'throw cause',
  },
  'the first bytes for the tag': {
    from: 'decipher.setAuthTag(bytes.subarray(-TAG_BYTES))',
    to: 'decipher.setAuthTag(bytes.subarray(0, TAG_BYTES))',
  },
  'the tag as part of the text': {
    from: 'decipher.update(bytes.subarray(0, -TAG_BYTES))',
    to: 'decipher.update(bytes)',
  },
  'any associated data': {
    from: 'decipher.setAAD(Buffer.from(sealed.associatedData))',
    to: '',
  },
  'none sealed in': { from: 'cipher.setAAD(Buffer.from(associatedData))\n', to: '\n' },
  'none on either side': {
    from: 'decipher.setAAD(Buffer.from(sealed.associatedData))',
    to: `decipher.setAAD(Buffer.from('transaction'))`,
  },
  'a nonce of any length': { from: 'bytes.byteLength !== NONCE_BYTES', to: 'false' },
  'a longer nonce': {
    from: 'bytes.byteLength !== NONCE_BYTES',
    to: 'bytes.byteLength < NONCE_BYTES',
  },
  'a shorter nonce': {
    from: 'bytes.byteLength !== NONCE_BYTES',
    to: 'bytes.byteLength > NONCE_BYTES',
  },
  'one nonce for all': { from: 'return bytes\n', to: 'return Buffer.alloc(NONCE_BYTES)\n' },
  'a nonce counted in letters': {
    from: 'bytes.byteLength !== NONCE_BYTES',
    to: 'nonce.length !== NONCE_BYTES',
  },
  'a key of any length': { from: 'key.byteLength !== KEY_BYTES', to: 'false' },
  'a key of 16 bytes': { from: 'KEY_BYTES = 32', to: 'KEY_BYTES = 16' },
  'a longer key': { from: 'key.byteLength !== KEY_BYTES', to: 'key.byteLength < KEY_BYTES' },
  'a key that is no such error': { from: 'throw new KeyError(', to: 'throw new SealError(' },
  'a tag of 12 bytes': { from: 'TAG_BYTES = 16', to: 'TAG_BYTES = 12' },
  'the tag in front': {
    from: '[cipher.update(plaintext), cipher.final(), cipher.getAuthTag()]',
    to: '[cipher.update(plaintext), cipher.final(), cipher.getAuthTag()].reverse()',
  },
} as const satisfies Mutants
