import type { Refund, Settlement } from '../order.ts'
import { refundAccountOf, USER_BALANCE } from '../pay-v2/refund-fields.ts'
import { formatRfc3339 } from './time.ts'

/** CHANGE of v2 is ABNORMAL here: the money could not go back the way it came. */
export const STATUSES = {
  PROCESSING: 'PROCESSING',
  SUCCESS: 'SUCCESS',
  CHANGE: 'ABNORMAL',
  REFUNDCLOSE: 'CLOSED',
} as const satisfies Record<Refund['status'], string>

/** What apply and query answer of a refund. */
export function refundFields(refund: Refund): object {
  const { transaction, status, settledAt } = refund
  return {
    refund_id: refund.refundId,
    out_refund_no: refund.outRefundNo,
    transaction_id: transaction.transactionId,
    out_trade_no: transaction.order.outTradeNo,
    channel: 'ORIGINAL',
    user_received_account: USER_BALANCE,
    ...(status === 'SUCCESS' && settledAt && { success_time: formatRfc3339(settledAt) }),
    create_time: formatRfc3339(refund.createdAt),
    status: STATUSES[status],
    funds_account: refundAccountOf(refund).includes('UNSETTLED') ? 'UNSETTLED' : 'AVAILABLE',
    amount: {
      ...amountFields(refund),
      from: [],
      settlement_refund: refund.refundFee,
      settlement_total: transaction.order.totalFee,
      discount_refund: 0,
      currency: 'CNY',
      refund_fee: 0,
    },
    promotion_detail: [],
  }
}

/** What a notification says of it: how it was settled, under another name. */
export function noticeFields(
  { mchid }: { readonly mchid: string },
  refund: Refund,
  { outcome, settledAt }: Settlement,
) {
  const { transaction } = refund
  return {
    mchid,
    out_trade_no: transaction.order.outTradeNo,
    transaction_id: transaction.transactionId,
    out_refund_no: refund.outRefundNo,
    refund_id: refund.refundId,
    refund_status: STATUSES[outcome],
    ...(outcome === 'SUCCESS' && { success_time: formatRfc3339(settledAt) }),
    amount: amountFields(refund),
    user_received_account: USER_BALANCE,
  }
}

const amountFields = ({ transaction, refundFee }: Refund) => ({
  total: transaction.order.totalFee,
  refund: refundFee,
  payer_total: transaction.order.totalFee,
  payer_refund: refundFee,
})
