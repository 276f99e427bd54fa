import { isSignedBy, type Fields } from '@dashang/shared/signing/v2'
import { payText } from '@dashang/shared/signing/v3/pay-sign'
import { isSignedBy as isSignedByKey } from '@dashang/shared/signing/v3/signature'
import { tradeStateOf, type Order } from '../order.ts'
import type { Platform } from '../platform.ts'

const PREPAY_LIFETIME_MS = 2 * 60 * 60 * 1000
const PREFIX = 'prepay_id='

/** The options of `wx.requestPayment`, and who calls it: the user who is logged in on the phone. */
export interface PaymentRequest {
  readonly openid: string
  readonly timeStamp: string
  readonly nonceStr: string
  readonly package: string
  readonly signType: string
  readonly paySign: string
}

export type PaymentRequestResult =
  | { readonly kind: 'open'; readonly order: Order }
  | { readonly kind: 'fail'; readonly errMsg: string; readonly hint: string }

type Fault = readonly [text: string, hint: string]

/**
 * What the phone checks before it shows the cashier.
 * https://developers.weixin.qq.com/miniprogram/dev/api/payment/wx.requestPayment.html
 */
export function requestPayment(platform: Platform, request: PaymentRequest): PaymentRequestResult {
  const order = orderOf(platform, request.package)
  const fault = shapeFault(request) ?? orderFault(platform, request, order)
  if (fault !== null) {
    const [text, hint] = fault
    return { kind: 'fail', errMsg: `requestPayment:fail ${text}`, hint }
  }
  if (order === undefined) throw new Error('a missing order is a fault')
  return { kind: 'open', order }
}

function shapeFault(request: PaymentRequest): Fault | null {
  const missing = Object.entries(request).find(([, value]) => value === '')
  if (missing) return [`缺少参数${missing[0]}`, `${missing[0]} is missing`]
  if (!/^[0-9]{10}$/.test(request.timeStamp)) {
    return ['timeStamp格式错误', 'timeStamp is Unix seconds as text']
  }
  if (!request.package.startsWith(PREFIX)) {
    return ['缺少参数 total_fee', 'package is `prepay_id=` and the prepay_id']
  }
  return null
}

function orderFault(
  platform: Platform,
  request: PaymentRequest,
  order: Order | undefined,
): Fault | null {
  const prepay = platform.prepayIds.get(request.package.slice(PREFIX.length))
  if (order === undefined || prepay === undefined) {
    return ['缺少参数 total_fee', 'nobody was given this prepay_id']
  }
  const now = platform.clock.now()
  if (now.getTime() - prepay.issuedAt.getTime() > PREPAY_LIFETIME_MS) {
    return ['订单已过期', 'a prepay_id lives two hours']
  }
  if (!isSecondSignature(platform, request, order)) {
    return ['支付验证签名失败', 'paySign does not fit; signType must be the sign_type of the order']
  }
  const state = tradeStateOf(order, now)
  if (state === 'SUCCESS' || state === 'REFUND') return ['该订单已支付', 'the order is paid']
  if (state === 'CLOSED') return ['该订单已关闭', 'the order is closed']
  if (request.openid !== order.openid) {
    return ['下单账号与支付账号不一致，请核实后再支付', 'another user placed this order']
  }
  return null
}

function orderOf(platform: Platform, packageText: string): Order | undefined {
  const prepay = platform.prepayIds.get(packageText.slice(PREFIX.length))
  return prepay && platform.orders.get(prepay.outTradeNo)
}

function isSecondSignature(platform: Platform, request: PaymentRequest, order: Order): boolean {
  const { account, merchantCertificate } = platform
  const { timeStamp, nonceStr, package: packageText, signType, paySign } = request
  const parameters = { appId: account.appid, timeStamp, nonceStr, package: packageText }
  if (signType !== order.signType) return false
  if (order.signType === 'RSA') {
    return isSignedByKey(payText(parameters), paySign, merchantCertificate.key)
  }
  const fields: Fields = { ...parameters, signType, sign: paySign }
  return isSignedBy(fields, { key: account.v2Key, signType: order.signType })
}
