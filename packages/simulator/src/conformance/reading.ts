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

const STATE_NAME = /^(order|trade|pay(ment)?)?_?(state|status)$/i
const PAID_VALUE = /^(paid|payed|pay_success|success|succeeded|trade_success|complete[d]?|已支付)$/i
const PAID_FLAG = /^(is_?)?paid$/i

/** Whether the state of an order says paid: as told where to look, or by the usual words. */
export function isPaidAnswer(
  answer: unknown,
  paidWhen: { readonly path: string; readonly values: readonly string[] } | null,
): boolean {
  if (paidWhen !== null) return paidWhen.values.includes(String(at(answer, paidWhen.path)))
  const saysPaid = (object: Readonly<Record<string, unknown>>) =>
    Object.entries(object).some(([name, value]) =>
      STATE_NAME.test(name)
        ? typeof value === 'string' && PAID_VALUE.test(value)
        : PAID_FLAG.test(name) && value === true,
    )
  return findObject(answer, saysPaid) !== null
}
