import type { KeyObject } from 'node:crypto'
import { SCHEME } from '@dashang/shared/signing/v3/authorization'
import { answerText, sign } from '@dashang/shared/signing/v3/signature'
import { PROBE_PREFIX } from '@dashang/shared/signing/v3/verify'
import { newNonce } from '../ids.ts'
import type { Platform } from '../platform.ts'
import type { SigningKey } from './platform-key.ts'

/** How far a timestamp is off that nobody may believe: a minute more than the five allowed. */
const OFF_MS = 6 * 60 * 1000

interface Signature {
  /** With the key that the serial names, or with another. */
  readonly by: 'this key' | 'another key'
  readonly serial: 'its own' | 'nobody’s'
  readonly offMs: number
  readonly isProbe: boolean
}

const GOOD: Signature = { by: 'this key', serial: 'its own', offMs: 0, isProbe: false }

/** How a message leaves the house: as it should, or with a fault of its signature. */
const SIGNATURES = {
  signed: GOOD,
  unsigned: null,
  'wrongly signed': { ...GOOD, by: 'another key' },
  'unknown serial': { ...GOOD, by: 'another key', serial: 'nobody’s' },
  expired: { ...GOOD, offMs: -OFF_MS },
  future: { ...GOOD, offMs: OFF_MS },
  probe: { ...GOOD, isProbe: true },
} as const satisfies Record<string, Signature | null>

export type Signing = keyof typeof SIGNATURES

/** Well-formed, and of the kind that the message should have. */
const UNKNOWN_SERIALS = {
  public_key: `PUB_KEY_ID_01${'9'.repeat(30)}`,
  certificate: 'F'.repeat(40),
} as const satisfies Record<SigningKey['kind'], string>

/** The headers of a message of WeChat's. https://pay.weixin.qq.com/doc/v3/merchant/4013053249 */
export function signatureHeaders(
  platform: Platform,
  body: string,
  { key, signing }: { readonly key: SigningKey; readonly signing: Signing },
): Record<string, string> {
  const how: Signature | null = SIGNATURES[signing]
  if (how === null) return {}
  const nonce = newNonce(platform.random)
  const timestamp = unixSeconds(new Date(platform.stampNow().getTime() + how.offMs))
  const privateKey = how.by === 'this key' ? key.privateKey : anotherKey(platform, key)
  const signature = sign(answerText({ timestamp, nonce, body }), privateKey)
  return {
    'Wechatpay-Timestamp': timestamp,
    'Wechatpay-Nonce': nonce,
    'Wechatpay-Signature': how.isProbe ? `${PROBE_PREFIX}${signature}` : signature,
    'Wechatpay-Serial': how.serial === 'its own' ? key.id : UNKNOWN_SERIALS[key.kind],
    'Wechatpay-Signature-Type': SCHEME,
  }
}

/** One that WeChat has, and that this serial does not name: no new key, so that a run repeats. */
function anotherKey({ keys }: Platform, { kind }: SigningKey): KeyObject {
  return keys.newest(kind === 'public_key' ? 'certificate' : 'public_key').privateKey
}

export const unixSeconds = (at: Date): string =>
  String((at.getTime() - (at.getTime() % 1000)) / 1000)
