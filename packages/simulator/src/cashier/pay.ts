import { newTransactionId } from '../ids.ts'
import { notifyOfPayment } from '../notify/engine.ts'
import { tradeStateOf, type Order, type Transaction } from '../order.ts'
import type { Platform } from '../platform.ts'

interface OutcomeDescription {
  readonly charges: boolean
  /** What the client is told; `null` when it never hears anything. */
  readonly errMsg: string | null
}

/** What a person, or a script, can do at the cashier. */
export const OUTCOMES = {
  pay: { charges: true, errMsg: 'requestPayment:ok' },
  cancel: { charges: false, errMsg: 'requestPayment:fail cancel' },
  fail: { charges: false, errMsg: 'requestPayment:fail 系统繁忙，请稍后再试' },
  vanish: { charges: false, errMsg: null },
  pay_and_report_fail: { charges: true, errMsg: 'requestPayment:fail 系统繁忙，请稍后再试' },
  pay_and_vanish: { charges: true, errMsg: null },
  /** Also when it is paid: a second transaction for one order, which must not be, and happens. */
  pay_again: { charges: true, errMsg: 'requestPayment:ok' },
} as const satisfies Record<string, OutcomeDescription>

export type Outcome = keyof typeof OUTCOMES

export function settleAtCashier(
  platform: Platform,
  order: Order,
  outcome: Outcome,
): { errMsg: string | null } {
  const { charges, errMsg } = OUTCOMES[outcome]
  if (!charges) return { errMsg }
  const state = tradeStateOf(order, platform.clock.now())
  const isPayable = state === 'NOTPAY' || (outcome === 'pay_again' && state !== 'CLOSED')
  if (!isPayable) return { errMsg: 'requestPayment:fail 订单状态错误' }
  notifyOfPayment(platform, charge(platform, order))
  return { errMsg }
}

function charge(platform: Platform, order: Order): Transaction {
  const paidAt = platform.clock.now()
  const transactionId = newTransactionId(platform.random, paidAt)
  const transaction = { transactionId, order, paidAt, refunds: [] }
  order.transactions.push(transaction)
  platform.transactions.set(transactionId, transaction)
  if (order.transactionId === null) {
    order.state = 'SUCCESS'
    order.transactionId = transactionId
    order.paidAt = paidAt
  }
  return transaction
}
