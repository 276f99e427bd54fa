import type { KeyObject } from 'node:crypto'
import { sign } from './signature.ts'

/** What the client hands to the cashier, and the appid that it does not hand over. */
export interface PayParameters {
  readonly appId: string
  /** Unix time in seconds. */
  readonly timeStamp: string
  readonly nonceStr: string
  /** `prepay_id=…` */
  readonly package: string
}

/**
 * The four lines of the second signature, each ended by a line feed.
 * https://pay.weixin.qq.com/doc/v3/merchant/4012365339
 */
export function payText(parameters: PayParameters): Buffer {
  const { appId, timeStamp, nonceStr, package: prepay } = parameters
  return Buffer.from(`${appId}\n${timeStamp}\n${nonceStr}\n${prepay}\n`)
}

/** `paySign` for the sign type `RSA`, by the private key of the merchant. */
export function paySign(parameters: PayParameters, privateKey: KeyObject): string {
  return sign(payText(parameters), privateKey)
}
