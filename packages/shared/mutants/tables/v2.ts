import type { Mutants } from '../mutant.ts'

export const V2_MUTANTS = {
  'the signature signs itself': { from: `name !== 'sign' && `, to: '' },
  'empty fields are signed': { from: ` && value !== ''`, to: '' },
  'fields in the order they came in': { from: `.sort(([a], [b]) => (a < b ? -1 : 1))`, to: '' },
  'fields in descending order': { from: '(a < b ? -1 : 1)', to: '(a < b ? 1 : -1)' },
  'values without their names': { from: '`${name}=${value}`', to: 'value' },
  'values percent-encoded': {
    from: '`${name}=${value}`',
    to: '`${name}=${encodeURIComponent(value)}`',
  },
  'fields run together': { from: `.join('&')`, to: `.join('')` },
  'no key in the text': { from: '&key=${key}`', to: '`' },
  'an HMAC without its key': { from: `createHmac('sha256', key)`, to: `createHmac('sha256', '')` },
  'a digest without its key': {
    from: `createHmac('sha256', key)`,
    to: `createHash('sha256')`,
  },
  'always MD5': { from: 'DIGESTS[signType]', to: 'DIGESTS.MD5' },
  'always HMAC': { from: 'DIGESTS[signType]', to: `DIGESTS['HMAC-SHA256']` },
  'a signature in lower case is written': {
    from: `toString('hex').toUpperCase()`,
    to: `toString('hex')`,
  },
  'a signature in lower case is taken': { from: '/^[0-9A-F]+$/', to: '/^[0-9A-F]+$/i' },
  'a signature with anything in front': { from: '/^[0-9A-F]+$/', to: '/[0-9A-F]+$/' },
  'a signature with anything behind': { from: '/^[0-9A-F]+$/', to: '/^[0-9A-F]+/' },
  'a signature of any letters': { from: '!/^[0-9A-F]+$/.test(signature)', to: 'false' },
  'a signature of any length': { from: 'signature.length === expected.length * 2 && ', to: '' },
  'any signature of the right length': { from: 'timingSafeEqual(given, expected)', to: 'true' },
  'the length or the bytes': { from: 'expected.length * 2 &&', to: 'expected.length * 2 ||' },
  'no signature at all': {
    from: `if (signature === undefined || !/^[0-9A-F]+$/.test(signature)) return false`,
    to: `if (signature === undefined) return true`,
  },
} as const satisfies Mutants
