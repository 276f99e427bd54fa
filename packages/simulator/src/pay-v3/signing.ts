import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import { SCHEME } from '@dashang/shared/signing/v3/authorization'
import { answerText, sign } from '@dashang/shared/signing/v3/signature'
import { PROBE_PREFIX } from '@dashang/shared/signing/v3/verify'
import { newNonce } from '../ids.ts'
import type { Platform } from '../platform.ts'
import type { SigningKey } from './platform-key.ts'

/** How far a timestamp is off that nobody may believe: a minute more than the five allowed. */
const OFF_MS = 6 * 60 * 1000

interface Signature {
  /** With whose key; a stranger's is nobody's. */
  readonly by: 'WeChat' | 'a stranger'
  readonly serial: 'its own' | 'nobody’s'
  readonly offMs: number
  readonly isProbe: boolean
}

const GOOD: Signature = { by: 'WeChat', serial: 'its own', offMs: 0, isProbe: false }

/** How a message leaves the house: as it should, or with a fault of its signature. */
const SIGNATURES = {
  signed: GOOD,
  unsigned: null,
  'wrongly signed': { ...GOOD, by: 'a stranger' },
  'unknown serial': { ...GOOD, by: 'a stranger', serial: 'nobody’s' },
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
  { random, stampNow }: Platform,
  body: string,
  { key, signing }: { readonly key: SigningKey; readonly signing: Signing },
): Record<string, string> {
  const how: Signature | null = SIGNATURES[signing]
  if (how === null) return {}
  const nonce = newNonce(random)
  const timestamp = unixSeconds(new Date(stampNow().getTime() + how.offMs))
  const privateKey = how.by === 'WeChat' ? key.privateKey : strangersKey()
  const signature = sign(answerText({ timestamp, nonce, body }), privateKey)
  return {
    'Wechatpay-Timestamp': timestamp,
    'Wechatpay-Nonce': nonce,
    'Wechatpay-Signature': how.isProbe ? `${PROBE_PREFIX}${signature}` : signature,
    'Wechatpay-Serial': how.serial === 'its own' ? key.id : UNKNOWN_SERIALS[key.kind],
    'Wechatpay-Signature-Type': SCHEME,
  }
}

let stranger: KeyObject | null = null

/** Made once, and only when somebody asks for such a fault. */
function strangersKey(): KeyObject {
  stranger ??= generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey
  return stranger
}

export const unixSeconds = (at: Date): string =>
  String((at.getTime() - (at.getTime() % 1000)) / 1000)
