import type { KeyObject } from 'node:crypto'
import { answerText, isSignedBy } from './signature.ts'

/** How far apart the clocks of WeChat and of a merchant may be. */
export const MAX_SKEW_MS = 5 * 60 * 1000

/** A signature that begins so is wrong on purpose: WeChat looks whether anybody checks. */
export const PROBE_PREFIX = 'WECHATPAY/SIGNTEST/'

/** The four headers that a signed message has, in lower case as Node has them. */
export const SIGNATURE_HEADERS = {
  timestamp: 'wechatpay-timestamp',
  nonce: 'wechatpay-nonce',
  signature: 'wechatpay-signature',
  keyId: 'wechatpay-serial',
} as const

export interface SignedMessage {
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  /** The bytes received; of an empty body none. */
  readonly body: string | Uint8Array
}

export type Distrust =
  /** One of the four headers is missing, empty, there twice or of several lines. */
  | 'missing_header'
  /** The timestamp is no time, or more than five minutes away. */
  | 'stale'
  /** A probe of WeChat's, not an attack. */
  | 'probe'
  | 'unknown_key'
  | 'wrong_signature'

export type Verdict =
  | { readonly kind: 'genuine'; readonly keyId: string }
  | { readonly kind: 'refused'; readonly why: Distrust; readonly keyId: string | null }

/**
 * Whether WeChat signed these bytes just now.
 * https://pay.weixin.qq.com/doc/v3/merchant/4013053249
 */
export function verify(
  message: SignedMessage,
  keyOf: (id: string) => KeyObject | undefined,
  now: Date,
): Verdict {
  const [timestamp, nonce, signature, keyId] = Object.values(SIGNATURE_HEADERS).map((name) =>
    single(message.headers[name]),
  )
  if (!timestamp || !nonce || !signature || !keyId) return refused('missing_header', keyId)
  if (!isFresh(timestamp, now)) return refused('stale', keyId)
  if (signature.startsWith(PROBE_PREFIX)) return refused('probe', keyId)
  const key = keyOf(keyId)
  if (key === undefined) return refused('unknown_key', keyId)
  const text = answerText({ timestamp, nonce, body: message.body })
  return isSignedBy(text, signature, key)
    ? { kind: 'genuine', keyId }
    : refused('wrong_signature', keyId)
}

// HTTP has no header of two lines. Signed text has: a nonce that swallows the first line of a body
// would say the same bytes in another way.
const single = (header: string | string[] | undefined) =>
  typeof header === 'string' && !header.includes('\n') ? header : undefined

function isFresh(timestamp: string, now: Date): boolean {
  if (!/^[1-9][0-9]{0,12}$/.test(timestamp)) return false
  return Math.abs(now.getTime() - Number(timestamp) * 1000) <= MAX_SKEW_MS
}

const refused = (why: Distrust, keyId: string | undefined): Verdict => ({
  kind: 'refused',
  why,
  keyId: keyId ?? null,
})
