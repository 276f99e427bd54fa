import { formatBeijingDateTime } from '@dashang/shared/signing/beijing-time'
import type { Fields } from '@dashang/shared/signing/v2'
import type { Refund, Transaction } from '../order.ts'
import type { Platform } from '../platform.ts'
import { Refusal } from './errors.ts'
import { refundAccountOf, USER_BALANCE } from './refund-fields.ts'

const PER_ANSWER = 10

interface Found {
  readonly transaction: Transaction
  readonly refunds: readonly Refund[]
}

/** https://pay.weixin.qq.com/wiki/doc/api/wxa/wxa_api.php?chapter=9_5 */
export function refundQuery(platform: Platform, fields: Fields): Fields {
  const { transaction, refunds } = find(platform, fields)
  const offset = Number(fields['offset'] ?? 0)
  const shown = refunds.slice(offset, offset + PER_ANSWER)
  if (shown.length === 0) throw new Refusal('REFUNDNOTEXIST', 'no refund, or none after offset')
  const totalFee = String(transaction.order.totalFee)
  return {
    transaction_id: transaction.transactionId,
    out_trade_no: transaction.order.outTradeNo,
    total_fee: totalFee,
    settlement_total_fee: totalFee,
    fee_type: 'CNY',
    cash_fee: totalFee,
    total_refund_count: String(transaction.refunds.length),
    refund_count: String(shown.length),
    ...Object.fromEntries(shown.flatMap((refund, n) => Object.entries(refundFields(refund, n)))),
  }
}

/** `refund_id`, then `out_refund_no`, then `transaction_id`, then `out_trade_no`: the first given. */
const NUMBERS = ['refund_id', 'out_refund_no', 'transaction_id', 'out_trade_no']

export function checkRefundNumber(fields: Fields): void {
  if (NUMBERS.some((name) => fields[name])) return
  throw new Refusal('LACK_PARAMS', 'give one of the four numbers', '缺少参数')
}

function find({ refunds, transactions, orders }: Platform, fields: Fields): Found {
  checkRefundNumber(fields)
  const { refund_id: refundId, out_refund_no: outRefundNo } = fields
  if (refundId) return theOne([...refunds.values()].find((known) => known.refundId === refundId))
  if (outRefundNo) return theOne(refunds.get(outRefundNo))

  const { transaction_id: transactionId, out_trade_no: outTradeNo } = fields
  if (transactionId) {
    const transaction = transactions.get(transactionId)
    if (transaction !== undefined) return { transaction, refunds: transaction.refunds }
    throw new Refusal('INVALID_TRANSACTIONID', 'nobody paid with this transaction_id')
  }
  const transaction = orders.get(outTradeNo ?? '')?.transactions[0]
  if (transaction !== undefined) return { transaction, refunds: transaction.refunds }
  throw new Refusal('REFUNDNOTEXIST', 'no such order, or nobody paid it')
}

function theOne(refund: Refund | undefined): Found {
  if (refund === undefined) throw new Refusal('REFUNDNOTEXIST', 'nobody asked for this refund')
  return { transaction: refund.transaction, refunds: [refund] }
}

function refundFields(refund: Refund, n: number): Fields {
  const { outRefundNo, refundId, refundFee, status, settledAt } = refund
  return {
    [`out_refund_no_${n}`]: outRefundNo,
    [`refund_id_${n}`]: refundId,
    [`refund_channel_${n}`]: 'ORIGINAL',
    [`refund_fee_${n}`]: String(refundFee),
    [`settlement_refund_fee_${n}`]: String(refundFee),
    [`coupon_refund_fee_${n}`]: '0',
    [`coupon_refund_count_${n}`]: '0',
    [`refund_status_${n}`]: status,
    [`refund_account_${n}`]: refundAccountOf(refund),
    [`refund_recv_accout_${n}`]: USER_BALANCE,
    ...(status === 'SUCCESS' &&
      settledAt && { [`refund_success_time_${n}`]: formatBeijingDateTime(settledAt) }),
  }
}
