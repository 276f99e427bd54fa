import { isSignedBy, type Fields } from '@dashang/shared/signing/v2'
import { payText } from '@dashang/shared/signing/v3/pay-sign'
import { isSignedBy as isSignedByKey } from '@dashang/shared/signing/v3/signature'
import { tradeStateOf, type Order } from '../order.ts'
import type { Platform } from '../platform.ts'
import { settleAtCashier } from './pay.ts'
import {
  PREFIX,
  shapeProblem,
  textsOf,
  type PaymentOptions,
  type PaymentTexts,
  type Problem,
} from './payment-options.ts'

const PREPAY_LIFETIME_MS = 2 * 60 * 60 * 1000

interface Caller {
  /** The user who is logged in on the phone. */
  readonly openid: string
  /** The mini-program that calls; ours, unless somebody says otherwise. */
  readonly appid?: string
}

/** The options of `wx.requestPayment`, and who calls it. */
export type PaymentRequest = Caller & PaymentTexts

export type PaymentRequestResult =
  | { readonly kind: 'open'; readonly order: Order }
  | { readonly kind: 'fail'; readonly errMsg: string; readonly hint: string }
  /** A rule said beforehand what the person does; `null` when the client never hears of it. */
  | { readonly kind: 'scripted'; readonly order: Order; readonly errMsg: string | null }

/**
 * What the phone checks before it shows the cashier.
 * https://developers.weixin.qq.com/miniprogram/dev/api/payment/wx.requestPayment.html
 */
export function requestPayment(
  platform: Platform,
  given: Caller & PaymentOptions,
): PaymentRequestResult {
  const shape = shapeProblem(given)
  if (shape !== null) return failed(shape)
  const request = { ...given, ...textsOf(given) }
  const order = orderOf(platform, request.package)
  const problem = orderProblem(platform, request, order)
  if (problem !== null) return failed(problem)
  if (order === undefined) throw new Error('a missing order is a problem')
  const outcome = platform.faults.take('cashier', { order: () => order.outTradeNo })
  if (outcome === null) return { kind: 'open', order }
  return { kind: 'scripted', order, ...settleAtCashier(platform, order, outcome) }
}

const failed = ([text, hint]: Problem): PaymentRequestResult => ({
  kind: 'fail',
  errMsg: `requestPayment:fail ${text}`,
  hint,
})

function orderProblem(
  platform: Platform,
  request: PaymentRequest,
  order: Order | undefined,
): Problem | null {
  const prepay = platform.prepayIds.get(request.package.slice(PREFIX.length))
  if (order === undefined || prepay === undefined) {
    return ['缺少参数 total_fee', 'nobody was given this prepay_id']
  }
  const now = platform.clock.now()
  if (now.getTime() - prepay.issuedAt.getTime() > PREPAY_LIFETIME_MS) {
    return ['订单已过期', 'a prepay_id lives two hours']
  }
  const { appid = platform.account.appid } = request
  if (appid !== order.placed['appid']) {
    return ['支付appid与下单appid不一致', 'another mini-program placed this order']
  }
  if (!isSecondSignature(platform, request, order)) {
    return ['支付验证签名失败', signatureHint(platform, request, order)]
  }
  const state = tradeStateOf(order, now)
  if (state === 'SUCCESS' || state === 'REFUND') return ['该订单已支付', 'the order is paid']
  if (state === 'CLOSED') return ['该订单已关闭', 'the order is closed']
  if (request.openid !== order.openid) {
    return ['下单账号与支付账号不一致，请核实后再支付', 'another user placed this order']
  }
  return null
}

function signatureHint({ account }: Platform, request: PaymentRequest, order: Order): string {
  if (order.signType !== 'RSA') {
    return 'paySign does not fit; signType must be the sign_type of the order'
  }
  const text = payText({ appId: account.appid, ...request }).toString()
  return `expected signType RSA and the signature, by the private key of the merchant, over: ${JSON.stringify(text)}`
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
