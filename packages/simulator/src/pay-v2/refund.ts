import type { Fields } from '@dashang/shared/signing/v2'
import { tradeStateOf, type Refund, type Transaction } from '../order.ts'
import type { Platform } from '../platform.ts'
import { acceptRefund, type RefundRefusal } from '../refunds/accept.ts'
import { Refusal, type V2Error } from './errors.ts'
import { checkOrderNumber } from './order-query.ts'

/** In v2's words; the message where it is not that of the code. */
const REFUSALS = {
  other_payment: ['INVALID_REQUEST', '商户退款单号重复'],
  other_amount: ['REFUND_FEE_MISMATCH'],
  wrong_total: ['INVALID_REQUEST', '退款单的订单金额与支付时的金额不一致'],
  nothing_left: ['INVALID_REQUEST', '订单已全额退款'],
  too_much: ['INVALID_REQUEST', '累计退款金额大于支付金额'],
  too_late: ['TRADE_OVERDUE'],
  too_often: ['FREQUENCY_LIMITED'],
} as const satisfies Record<RefundRefusal, readonly [V2Error, string?]>

/** https://pay.weixin.qq.com/wiki/doc/api/wxa/wxa_api.php?chapter=9_4 */
export function refund(platform: Platform, fields: Fields): Fields {
  const transaction = findTransaction(platform, fields)
  const decision = acceptRefund(platform, transaction, {
    api: 'v2',
    outRefundNo: fields['out_refund_no'] ?? '',
    refundFee: Number(fields['refund_fee']),
    totalFee: Number(fields['total_fee']),
    placed: fields,
  })
  if (decision.kind === 'accepted') return acceptedFields(decision.refund)
  const [code, message] = REFUSALS[decision.why]
  throw new Refusal(code, decision.hint, message)
}

/** `transaction_id` wins over `out_trade_no`, which means the first payment of the order. */
function findTransaction(platform: Platform, fields: Fields): Transaction {
  checkOrderNumber(fields)
  const { transaction_id: transactionId = '', out_trade_no: outTradeNo = '' } = fields
  if (transactionId !== '') {
    const transaction = platform.transactions.get(transactionId)
    if (transaction !== undefined) return transaction
    throw new Refusal('INVALID_TRANSACTIONID', 'nobody paid with this transaction_id')
  }
  const order = platform.orders.get(outTradeNo)
  if (order === undefined) throw new Refusal('ORDERNOTEXIST', 'nobody placed this order')
  const [transaction] = order.transactions
  if (transaction !== undefined) return transaction
  const state = tradeStateOf(order, platform.clock.now())
  throw new Refusal('ORDER_NOT_READY', `the order is ${state}, nothing was paid`)
}

/** SUCCESS here means that it was accepted, whatever comes of it. */
function acceptedFields({ transaction, outRefundNo, refundId, refundFee }: Refund): Fields {
  const { order, transactionId } = transaction
  const totalFee = String(order.totalFee)
  return {
    transaction_id: transactionId,
    out_trade_no: order.outTradeNo,
    out_refund_no: outRefundNo,
    refund_id: refundId,
    refund_fee: String(refundFee),
    settlement_refund_fee: String(refundFee),
    total_fee: totalFee,
    settlement_total_fee: totalFee,
    fee_type: 'CNY',
    cash_fee: totalFee,
    cash_fee_type: 'CNY',
    cash_refund_fee: String(refundFee),
    coupon_refund_fee: '0',
    coupon_refund_count: '0',
  }
}
