import type { Mutants } from '../mutant.ts'

export const SIGNATURE_MUTANTS = {
  'SHA-1': { from: `'sha256'`, to: `'sha1'` },
  'SHA-512': { from: `'sha256'`, to: `'sha512'` },
  'any way to write a signature': { from: `bytes.toString('base64') === signature && `, to: '' },
  'any well-written signature': { from: ' && verifyBytes(DIGEST, text, key, bytes)', to: '' },
  'well-written or right': { from: '=== signature && verify', to: '=== signature || verify' },
  'only wrong signatures': { from: '&& verifyBytes(', to: '&& !verifyBytes(' },
  'a signature in the letters of addresses': {
    from: `signBytes(DIGEST, text, key).toString('base64')`,
    to: `signBytes(DIGEST, text, key).toString('base64url')`,
  },
  'lines that run together': { from: '[Buffer.from(part), LINE_FEED]', to: '[Buffer.from(part)]' },
  'lines of Windows': { from: `Buffer.from('\\n')`, to: `Buffer.from('\\r\\n')` },
  'no line for an empty body': {
    from: 'parts.flatMap(',
    to: 'parts.filter((part) => part.length > 0).flatMap(',
  },
  'method and target exchanged': { from: 'lines(method, target,', to: 'lines(target, method,' },
  'time and nonce of a request exchanged': {
    from: 'target, timestamp, nonce, body)',
    to: 'target, nonce, timestamp, body)',
  },
  'a request without its body': {
    from: 'timestamp, nonce, body)\n}\n\n/**\n * The three',
    to: `timestamp, nonce, '')\n}\n\n/**\n * The three`,
  },
  'time and nonce of an answer exchanged': {
    from: 'lines(timestamp, nonce, body)',
    to: 'lines(nonce, timestamp, body)',
  },
  'an answer without its body': {
    from: 'lines(timestamp, nonce, body)',
    to: `lines(timestamp, nonce, '')`,
  },
} as const satisfies Mutants
