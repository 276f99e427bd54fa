import { newTransactionId } from '../ids.ts'
import { notifyOfPayment } from '../notify/engine.ts'
import { tradeStateOf, type Order, type Transaction } from '../order.ts'
import type { Platform } from '../platform.ts'
import { OUTCOMES, type Outcome } from './outcomes.ts'
import { OVER } from './over.ts'

export function settleAtCashier(
  platform: Platform,
  order: Order,
  outcome: Outcome,
): { errMsg: string | null } {
  const { errMsg } = settle(platform, order, outcome)
  const { outTradeNo } = order
  platform.log.add(platform.clock.now(), 'cashier', { outTradeNo, outcome, errMsg })
  return { errMsg }
}

function settle(platform: Platform, order: Order, outcome: Outcome): { errMsg: string | null } {
  const { charges, errMsg } = OUTCOMES[outcome]
  if (!charges) return { errMsg }
  const state = tradeStateOf(order, platform.clock.now())
  const over = outcome === 'pay_again' && state !== 'CLOSED' ? null : OVER[state]
  if (over !== null) return { errMsg: `requestPayment:fail ${over[0]}` }
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
