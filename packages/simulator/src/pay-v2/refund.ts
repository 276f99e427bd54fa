import type { Fields } from '@dashang/shared/signing/v2'
import { newRefundId } from '../ids.ts'
import { tradeStateOf, type Refund, type Transaction } from '../order.ts'
import type { Platform } from '../platform.ts'
import { scheduleSettlement, SETTLES_AFTER_MS } from '../refunds/settle.ts'
import { Refusal } from './errors.ts'
import { takenFee } from './refund-fields.ts'

const MAX_REFUNDS = 50
const MIN_INTERVAL_MS = 60 * 1000
const MAX_AGE_MS = 365 * 24 * 60 * 60 * 1000

/** https://pay.weixin.qq.com/wiki/doc/api/wxa/wxa_api.php?chapter=9_4 */
export function refund(platform: Platform, fields: Fields): Fields {
  const transaction = findTransaction(platform, fields)
  const known = platform.refunds.get(fields['out_refund_no'] ?? '')
  if (known !== undefined) {
    checkRepeat(known, transaction, fields)
    return acceptedFields(known)
  }
  checkAmounts(transaction, fields)
  checkTimes(transaction, platform.clock.now())
  const accepted = newRefund(platform, transaction, fields)
  transaction.refunds.push(accepted)
  // What WeChat tells of an order is its first payment, so a refund of another changes nothing.
  if (transaction.order.transactionId === transaction.transactionId) {
    transaction.order.state = 'REFUND'
  }
  platform.refunds.set(accepted.outRefundNo, accepted)
  scheduleSettlement(platform, accepted)
  return acceptedFields(accepted)
}

/** `transaction_id` wins over `out_trade_no`, which means the first payment of the order. */
function findTransaction(platform: Platform, fields: Fields): Transaction {
  const { transaction_id: transactionId = '', out_trade_no: outTradeNo = '' } = fields
  if (transactionId !== '') {
    const transaction = platform.transactions.get(transactionId)
    if (transaction !== undefined) return transaction
    throw new Refusal('INVALID_TRANSACTIONID', 'nobody paid with this transaction_id')
  }
  if (outTradeNo === '') {
    throw new Refusal('LACK_PARAMS', 'give transaction_id or out_trade_no', '缺少参数')
  }
  const order = platform.orders.get(outTradeNo)
  if (order === undefined) throw new Refusal('ORDERNOTEXIST', 'nobody placed this order')
  const [transaction] = order.transactions
  if (transaction !== undefined) return transaction
  const state = tradeStateOf(order, platform.clock.now())
  throw new Refusal('ORDER_NOT_READY', `the order is ${state}, nothing was paid`)
}

function checkRepeat(known: Refund, transaction: Transaction, fields: Fields): void {
  if (known.transaction !== transaction) {
    throw new Refusal(
      'INVALID_REQUEST',
      'this out_refund_no is a refund of another payment',
      '商户退款单号重复',
    )
  }
  const isSame =
    Number(fields['refund_fee']) === known.refundFee &&
    Number(fields['total_fee']) === transaction.order.totalFee
  if (isSame) return
  throw new Refusal('REFUND_FEE_MISMATCH', `asked for before with refund_fee ${known.refundFee}`)
}

function checkAmounts({ order, refunds }: Transaction, fields: Fields): void {
  if (Number(fields['total_fee']) !== order.totalFee) {
    throw new Refusal(
      'INVALID_REQUEST',
      `the total_fee of the order is ${order.totalFee}`,
      '退款单的订单金额与支付时的金额不一致',
    )
  }
  const leftFee = order.totalFee - refunds.reduce((sum, known) => sum + takenFee(known), 0)
  if (leftFee === 0) {
    throw new Refusal('INVALID_REQUEST', 'nothing is left to refund', '订单已全额退款')
  }
  if (Number(fields['refund_fee']) > leftFee) {
    throw new Refusal('INVALID_REQUEST', `only ${leftFee} is left`, '累计退款金额大于支付金额')
  }
}

function checkTimes({ paidAt, refunds }: Transaction, now: Date): void {
  if (now.getTime() - paidAt.getTime() > MAX_AGE_MS) {
    throw new Refusal('TRADE_OVERDUE', 'it was paid more than a year ago')
  }
  if (refunds.length >= MAX_REFUNDS) {
    throw new Refusal('FREQUENCY_LIMITED', `a payment has at most ${MAX_REFUNDS} refunds`)
  }
  const last = refunds.at(-1)
  if (last !== undefined && now.getTime() - last.createdAt.getTime() < MIN_INTERVAL_MS) {
    throw new Refusal('FREQUENCY_LIMITED', 'two refunds of a payment are a minute apart')
  }
}

function newRefund(platform: Platform, transaction: Transaction, fields: Fields): Refund {
  const createdAt = platform.clock.now()
  return {
    outRefundNo: fields['out_refund_no'] ?? '',
    refundId: newRefundId(platform.random, createdAt),
    transaction,
    refundFee: Number(fields['refund_fee']),
    placed: fields,
    createdAt,
    status: 'PROCESSING',
    settlesAt: new Date(createdAt.getTime() + SETTLES_AFTER_MS),
    settledAt: null,
  }
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
