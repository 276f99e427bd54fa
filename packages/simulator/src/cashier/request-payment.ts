import { tradeStateOf, type Order } from '../order.ts'
import { recordCall, type Platform } from '../platform.ts'
import type { SignatureFacts } from '../signatures/compare.ts'
import { paySignProblem } from './pay-signature.ts'
import { settleAtCashier } from './pay.ts'
import { OVER } from './over.ts'
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

/** What the calls that are kept name it. */
const API = 'request_payment'

/**
 * What the phone checks before it shows the cashier.
 * https://developers.weixin.qq.com/miniprogram/dev/api/payment/wx.requestPayment.html
 */
export function requestPayment(
  platform: Platform,
  given: Caller & PaymentOptions,
): PaymentRequestResult {
  const shape = shapeProblem(given)
  if (shape !== null) return refused(platform, shape, undefined)
  const request = { ...given, ...textsOf(given) }
  const order = orderOf(platform, request.package)
  const problem = orderProblem(platform, request, order)
  if (problem !== null) return refused(platform, problem, order)
  if (order === undefined) throw new Error('a missing order is a problem')
  const { outTradeNo } = order
  recordCall(platform, { api: API, outTradeNo, result: 'OK', hint: null })
  const outcome = platform.faults.take('cashier', { order: () => outTradeNo })
  if (outcome === null) return { kind: 'open', order }
  return { kind: 'scripted', order, ...settleAtCashier(platform, order, outcome) }
}

function refused(
  platform: Platform,
  [text, hint, signature = null]: Problem,
  order: Order | undefined,
): PaymentRequestResult {
  const outTradeNo = order?.outTradeNo ?? null
  recordCall(platform, { api: API, outTradeNo, result: text, hint, signature })
  return { kind: 'fail', errMsg: `requestPayment:fail ${text}`, hint }
}

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
    return ['缺少参数 total_fee', 'a prepay_id lives two hours']
  }
  const { appid = platform.account.appid } = request
  if (appid !== order.placed['appid']) {
    return ['支付appid与下单appid不一致', 'another mini-program placed this order']
  }
  const signature = paySignProblem(platform, request, order)
  if (signature !== null) return ['支付验证签名失败', signatureHint(signature), signature]
  const over = OVER[tradeStateOf(order, now)]
  if (over !== null) return over
  if (request.openid !== order.openid) {
    return ['下单账号与支付账号不一致，请核实后再支付', 'another user placed this order']
  }
  return null
}

function signatureHint({ algorithm, mistake, expectedText }: SignatureFacts): string {
  const what = mistake === null ? '' : `${mistake}; `
  if (algorithm !== 'RSA') {
    return `${what}paySign does not fit; signType must be the sign_type of the order`
  }
  return `${what}expected signType RSA and the signature, by the private key of the merchant, over: ${JSON.stringify(expectedText)}`
}

function orderOf(platform: Platform, packageText: string): Order | undefined {
  const prepay = platform.prepayIds.get(packageText.slice(PREFIX.length))
  return prepay && platform.orders.get(prepay.outTradeNo)
}
