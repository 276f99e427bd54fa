import type { Condition } from './merchant.ts'
import { Failed } from './outcome.ts'
import { at, findObject } from './template.ts'

/** What the mini-program hands to `wx.requestPayment`. */
export interface PaymentParameters {
  readonly timeStamp: string
  readonly nonceStr: string
  readonly package: string
  readonly signType: string
  readonly paySign: string
}

const NAMES = ['timeStamp', 'nonceStr', 'package', 'signType', 'paySign'] as const

/** The five parameters, at their place or wherever `paySign` stands. */
export function paymentIn(answer: unknown, path: string | null): PaymentParameters {
  const shown = JSON.stringify(answer).slice(0, 300)
  const found =
    path === null ? findObject(answer, (object) => 'paySign' in object) : at(answer, path)
  const values = NAMES.map((name) => [name, at(found, name)] as const)
  const wrong = values.filter(([, value]) => typeof value !== 'string').map(([name]) => name)
  if (wrong.length > 0) {
    throw new Failed(`the answer has no text for ${wrong.join(', ')}: ${shown}`)
  }
  return Object.fromEntries(values) as Record<(typeof NAMES)[number], string>
}

export function tokenIn(answer: unknown, path: string): string {
  const token = at(answer, path)
  if (typeof token === 'string' && token !== '') return token
  const shown = JSON.stringify(answer).slice(0, 300)
  throw new Failed(`the answer to the login has no ${path}: ${shown}`)
}

/** How a state is called by most, and what it is when it is so. */
interface UsualWords {
  readonly name: RegExp
  readonly value: RegExp
  readonly flag: RegExp
}

const PAID: UsualWords = {
  name: /^(order|trade|pay(ment)?)?_?(state|status)$/i,
  value: /^(paid|payed|pay_success|success|succeeded|trade_success|complete[d]?|已支付)$/i,
  flag: /^(is_?)?paid$/i,
}
const REFUNDED: UsualWords = {
  name: /^(refund)?_?(state|status)$/i,
  value: /^(refunded|refund_success|success|succeeded|complete[d]?|已退款)$/i,
  flag: /^(is_?)?refunded$/i,
}

const AGREED: UsualWords = {
  name: /^(state|status|result|outcome)$/i,
  value: /^(agreed|agrees|balanced|equal|matched|ok|same|一致)$/i,
  flag: /^(agreed|agrees|balanced|ok)$/i,
}

/** Whether the state of an order says paid: as told where to look, or by the usual words. */
export const isPaidAnswer = (answer: unknown, paidWhen: Condition | null) =>
  saysSo(answer, paidWhen, PAID)

/** The same of a refund that has reached the payer. */
export const isRefundedAnswer = (answer: unknown, refundedWhen: Condition | null) =>
  saysSo(answer, refundedWhen, REFUNDED)

/** The same of books that agree with a bill. */
export const agreesAnswer = (answer: unknown, agreesWhen: Condition | null) =>
  saysSo(answer, agreesWhen, AGREED)

function saysSo(answer: unknown, when: Condition | null, words: UsualWords): boolean {
  if (when !== null) return when.values.includes(String(at(answer, when.path)))
  const says = (object: Readonly<Record<string, unknown>>) =>
    Object.entries(object).some(([name, value]) =>
      words.name.test(name)
        ? typeof value === 'string' && words.value.test(value)
        : words.flag.test(name) && value === true,
    )
  return findObject(answer, says) !== null
}
