import type { Refund, Transaction } from '../order.ts'

interface RowFacts {
  readonly at: Date
  readonly transactionId: string
  readonly outTradeNo: string
  readonly openid: string
  readonly deviceInfo: string
  readonly body: string
  readonly attach: string
  /** Below zero on a refund: the fee comes back. */
  readonly feeFen: number
}

export interface PaymentRow extends RowFacts {
  readonly kind: 'payment'
  readonly paidFen: number
}

export interface RefundRow extends RowFacts {
  readonly kind: 'refund'
  readonly refundFen: number
  readonly refundId: string
  readonly outRefundNo: string
  readonly status: string
  readonly succeededAt: Date | null
}

/** One row of a bill, before it is text. */
export type BillRow = PaymentRow | RefundRow

export function paymentRow(transaction: Transaction): PaymentRow {
  const { totalFee } = transaction.order
  return {
    ...factsOf(transaction),
    kind: 'payment',
    at: transaction.paidAt,
    paidFen: totalFee,
    feeFen: feeOf(totalFee),
  }
}

/** As the refund stood when the bill was made: a bill is not corrected later. */
export function refundRow(refund: Refund, madeAt: Date): RefundRow {
  const { transaction, refundFee, refundId, outRefundNo, createdAt, settledAt } = refund
  const isSettled = settledAt !== null && settledAt <= madeAt
  const status = isSettled ? refund.status : 'PROCESSING'
  return {
    ...factsOf(transaction),
    kind: 'refund',
    at: createdAt,
    refundFen: refundFee,
    feeFen: 0 - feeOf(refundFee),
    refundId,
    outRefundNo,
    status: status === 'REFUNDCLOSE' ? 'FAIL' : status,
    succeededAt: status === 'SUCCESS' ? settledAt : null,
  }
}

function factsOf({ transactionId, order }: Transaction) {
  return {
    transactionId,
    outTradeNo: order.outTradeNo,
    openid: order.openid,
    deviceInfo: order.placed['device_info'] ?? '',
    body: order.placed['body'] ?? '',
    attach: order.placed['attach'] ?? '',
  }
}

/** 0.60 % of it, to the nearest fen, as real bills have it: 0.04000 of 6.00. */
function feeOf(amountFen: number): number {
  const thousandths = amountFen * 6 + 500
  return (thousandths - (thousandths % 1000)) / 1000
}
