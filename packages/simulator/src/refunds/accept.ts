import { newRefundId } from '../ids.ts'
import type { Refund, Transaction } from '../order.ts'
import type { Platform } from '../platform.ts'
import { scheduleSettlement, SETTLES_AFTER_MS } from './settle.ts'

const MAX_REFUNDS = 50
const MIN_INTERVAL_MS = 60 * 1000
const MAX_AGE_MS = 365 * 24 * 60 * 60 * 1000

export type AskedRefund = Pick<Refund, 'api' | 'outRefundNo' | 'refundFee' | 'placed'> & {
  readonly totalFee: number
}

/** Why a refund is refused, whichever API asks; each has its own words for it. */
export type RefundRefusal =
  | 'other_payment'
  | 'other_amount'
  | 'wrong_total'
  | 'nothing_left'
  | 'too_much'
  | 'too_late'
  | 'too_often'

export type RefundDecision =
  | { readonly kind: 'accepted'; readonly refund: Refund }
  | { readonly kind: 'refused'; readonly why: RefundRefusal; readonly hint: string }

/** Accepts a refund of this payment, or finds the one that was asked for with the same number. */
export function acceptRefund(
  platform: Platform,
  transaction: Transaction,
  asked: AskedRefund,
): RefundDecision {
  const known = platform.refunds.get(asked.outRefundNo)
  if (known !== undefined) {
    return repeatFault(known, transaction, asked) ?? { kind: 'accepted', refund: known }
  }
  const fault = amountFault(transaction, asked) ?? timeFault(transaction, platform.clock.now())
  if (fault !== null) return fault
  const refund = newRefund(platform, transaction, asked)
  transaction.refunds.push(refund)
  // What WeChat tells of an order is its first payment, so a refund of another changes nothing.
  if (transaction.order.transactionId === transaction.transactionId) {
    transaction.order.state = 'REFUND'
  }
  platform.refunds.set(refund.outRefundNo, refund)
  scheduleSettlement(platform, refund)
  return { kind: 'accepted', refund }
}

const refused = (why: RefundRefusal, hint: string): RefundDecision => ({
  kind: 'refused',
  why,
  hint,
})

function repeatFault(
  known: Refund,
  transaction: Transaction,
  { refundFee, totalFee }: AskedRefund,
): RefundDecision | null {
  if (known.transaction !== transaction) {
    return refused('other_payment', 'this out_refund_no is a refund of another payment')
  }
  const isSame = refundFee === known.refundFee && totalFee === transaction.order.totalFee
  return isSame ? null : refused('other_amount', `asked for before with ${known.refundFee}`)
}

function amountFault(
  { order, refunds }: Transaction,
  { refundFee, totalFee }: AskedRefund,
): RefundDecision | null {
  if (totalFee !== order.totalFee) {
    return refused('wrong_total', `the total of the order is ${order.totalFee}`)
  }
  const leftFee = order.totalFee - refunds.reduce((sum, known) => sum + takenFee(known), 0)
  if (leftFee === 0) return refused('nothing_left', 'nothing is left to refund')
  return refundFee > leftFee ? refused('too_much', `only ${leftFee} is left`) : null
}

function timeFault({ paidAt, refunds }: Transaction, now: Date): RefundDecision | null {
  if (now.getTime() - paidAt.getTime() > MAX_AGE_MS) {
    return refused('too_late', 'it was paid more than a year ago')
  }
  if (refunds.length >= MAX_REFUNDS) {
    return refused('too_often', `a payment has at most ${MAX_REFUNDS} refunds`)
  }
  const last = refunds.at(-1)
  const isSoon = last !== undefined && now.getTime() - last.createdAt.getTime() < MIN_INTERVAL_MS
  return isSoon ? refused('too_often', 'two refunds of a payment are a minute apart') : null
}

/** What a refund still takes out of its payment; one that was closed gave it back. */
const takenFee = ({ status, refundFee }: Refund): number =>
  status === 'REFUNDCLOSE' ? 0 : refundFee

function newRefund(platform: Platform, transaction: Transaction, asked: AskedRefund): Refund {
  const createdAt = platform.clock.now()
  const { api, outRefundNo, refundFee, placed } = asked
  return {
    api,
    outRefundNo,
    refundId: newRefundId(platform.random, createdAt),
    transaction,
    refundFee,
    placed,
    createdAt,
    status: 'PROCESSING',
    settlesAt: new Date(createdAt.getTime() + SETTLES_AFTER_MS),
    settledAt: null,
  }
}
