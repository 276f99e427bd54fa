import type { OrderState } from '@dashang/shared/contracts/orders'

export type OrderEvent =
  | { readonly type: 'prepay_issued'; readonly prepayId: string }
  | { readonly type: 'payment_confirmed'; readonly transactionId: string; readonly paidAt: Date }
  /** `not_found`: WeChat knows no such order, so it is closed here alone. */
  | { readonly type: 'closed'; readonly because?: 'not_found' }

export type Decision =
  /** Save `next`. */
  | { readonly kind: 'apply'; readonly next: OrderState }
  /** Already true, or no longer of interest: answer success and change nothing. */
  | { readonly kind: 'replay' }
  /** Money and state disagree: keep it as a case. */
  | { readonly kind: 'conflict'; readonly reason: string }

type Outcome = OrderState | 'replay' | 'conflict'

/** One row for each state, one column for each event; the compiler refuses a missing cell. */
const OUTCOMES = {
  created: { prepay_issued: 'prepaid', payment_confirmed: 'paid', closed: 'closed' },
  prepaid: { prepay_issued: 'prepaid', payment_confirmed: 'paid', closed: 'closed' },
  // A prepay_id may arrive after the payment that an earlier one made possible.
  paid: { prepay_issued: 'replay', payment_confirmed: 'replay', closed: 'conflict' },
  // A tip has no stock to run out of: money that arrives late is still a tip.
  closed: { prepay_issued: 'replay', payment_confirmed: 'paid', closed: 'replay' },
} as const satisfies Record<OrderState, Record<OrderEvent['type'], Outcome>>

/** Says what an event means for an order. WeChat repeats notifications, so a replay is normal. */
export function decide(
  order: { readonly state: OrderState; readonly transactionId: string | null },
  event: OrderEvent,
): Decision {
  const outcome: Outcome = OUTCOMES[order.state][event.type]
  if (outcome === 'conflict') {
    return { kind: 'conflict', reason: `${event.type} while ${order.state}` }
  }
  if (outcome !== 'replay') return { kind: 'apply', next: outcome }
  const isSecondPayment =
    event.type === 'payment_confirmed' && event.transactionId !== order.transactionId
  return isSecondPayment
    ? { kind: 'conflict', reason: 'paid by another transaction' }
    : { kind: 'replay' }
}
