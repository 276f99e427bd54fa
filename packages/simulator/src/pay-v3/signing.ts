import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import { SCHEME } from '@dashang/shared/signing/v3/authorization'
import { answerText, sign } from '@dashang/shared/signing/v3/signature'
import { newNonce } from '../ids.ts'
import type { Platform } from '../platform.ts'
import type { SigningKey } from './platform-key.ts'

/** How a message leaves the house: as it should, or with a fault of its signature. */
export type Signing = 'signed' | 'unsigned' | 'wrongly signed'

/** https://pay.weixin.qq.com/doc/v3/merchant/4013053249 */
export function signedHeaders(
  { random, stampNow }: Platform,
  body: string,
  { id, privateKey }: Pick<SigningKey, 'id' | 'privateKey'>,
  at: Date = stampNow(),
): Record<string, string> {
  const nonce = newNonce(random)
  const timestamp = unixSeconds(at)
  return {
    'Wechatpay-Timestamp': timestamp,
    'Wechatpay-Nonce': nonce,
    'Wechatpay-Signature': sign(answerText({ timestamp, nonce, body }), privateKey),
    'Wechatpay-Serial': id,
    'Wechatpay-Signature-Type': SCHEME,
  }
}

/** The headers of an answer with this body. */
export function answerHeaders(
  platform: Platform,
  body: string,
  { key, signing }: { key: SigningKey; signing: Signing },
): Record<string, string> {
  if (signing === 'unsigned') return {}
  const privateKey = signing === 'signed' ? key.privateKey : strangersKey()
  return signedHeaders(platform, body, { id: key.id, privateKey })
}

let made: KeyObject | null = null

/** A private key that is nobody's, for what is signed with the wrong one. */
export function strangersKey(): KeyObject {
  made ??= generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey
  return made
}

export const unixSeconds = (at: Date): string =>
  String((at.getTime() - (at.getTime() % 1000)) / 1000)
