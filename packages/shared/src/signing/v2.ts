import { createHash, createHmac, timingSafeEqual } from 'node:crypto'

/** One flat message of API v2: names and values as text, nothing converted. */
export type Fields = Readonly<Record<string, string>>

export const SIGN_TYPES = ['HMAC-SHA256', 'MD5'] as const
export type SignType = (typeof SIGN_TYPES)[number]

/** The API key of the merchant, 32 characters, and the one kind of signature it is used for. */
export interface SigningKey {
  readonly key: string
  readonly signType: SignType
}

const DIGESTS = {
  MD5: (text) => createHash('md5').update(text).digest(),
  'HMAC-SHA256': (text, key) => createHmac('sha256', key).update(text).digest(),
} as const satisfies Record<SignType, (text: string, key: string) => Buffer>

/**
 * `a=1&b=2`: every field but `sign` and the empty ones, by name in ASCII order, values raw.
 * https://pay.weixin.qq.com/doc/v2/merchant/4011985891
 */
export function canonicalText(fields: Fields): string {
  return Object.entries(fields)
    .filter(([name, value]) => name !== 'sign' && value !== '')
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${name}=${value}`)
    .join('&')
}

/** Upper-case hex: 32 characters of MD5, 64 of HMAC-SHA256. */
export function sign(fields: Fields, { key, signType }: SigningKey): string {
  return digestOf(fields, key, signType).toString('hex').toUpperCase()
}

/** True only for a signature of the expected type: another type is another algorithm, not a hint. */
export function isSignedBy(fields: Fields, { key, signType }: SigningKey): boolean {
  const { sign: signature } = fields
  if (signature === undefined || !/^[0-9A-F]+$/.test(signature)) return false
  const expected = digestOf(fields, key, signType)
  const given = Buffer.from(signature, 'hex')
  return signature.length === expected.length * 2 && timingSafeEqual(given, expected)
}

/** The fields with their signature. */
export function signed(fields: Fields, signingKey: SigningKey): Fields {
  return { ...fields, sign: sign(fields, signingKey) }
}

function digestOf(fields: Fields, key: string, signType: SignType): Buffer {
  return DIGESTS[signType](`${canonicalText(fields)}&key=${key}`, key)
}
