import { formatBeijingTime } from '@dashang/shared/signing/beijing-time'
import type { Fields } from '@dashang/shared/signing/v2'
import { tradeStateOf, type Order, type TradeState, type Transaction } from '../order.ts'
import type { Platform } from '../platform.ts'
import { Refusal } from './errors.ts'

export const DESCRIPTIONS = {
  NOTPAY: '订单未支付',
  SUCCESS: '支付成功',
  REFUND: '订单发生过退款，退款详情请查询退款单',
  CLOSED: '订单已关闭',
} as const satisfies Record<TradeState, string>

/** https://pay.weixin.qq.com/doc/v2/merchant/4011985040 */
export function orderQuery(platform: Platform, fields: Fields): Fields {
  const { order, transaction } = find(platform, fields)
  const state = stateOf(order, transaction, platform.clock.now())
  return {
    ...deviceOf(order),
    out_trade_no: order.outTradeNo,
    attach: order.placed['attach'] ?? '',
    trade_state: state,
    trade_state_desc: DESCRIPTIONS[state],
    ...(transaction && paymentFields(transaction)),
  }
}

/** What query and notification say of a payment. */
export function paymentFields({ transactionId, order, paidAt }: Transaction): Fields {
  return {
    ...deviceOf(order),
    openid: order.openid,
    is_subscribe: 'N',
    trade_type: 'JSAPI',
    bank_type: 'OTHERS',
    total_fee: String(order.totalFee),
    fee_type: 'CNY',
    cash_fee: String(order.totalFee),
    cash_fee_type: 'CNY',
    transaction_id: transactionId,
    time_end: formatBeijingTime(paidAt),
  }
}

function deviceOf({ placed }: Order): Fields {
  const { device_info: device } = placed
  return device ? { device_info: device } : {}
}

export function checkOrderNumber(fields: Fields): void {
  if (fields['transaction_id'] || fields['out_trade_no']) return
  throw new Refusal('LACK_PARAMS', 'give transaction_id or out_trade_no', '缺少参数')
}

interface Found {
  readonly order: Order
  readonly transaction: Transaction | undefined
}

/** `transaction_id` wins over `out_trade_no`; an order that was paid twice tells of the first time. */
function find(platform: Platform, fields: Fields): Found {
  checkOrderNumber(fields)
  const { transaction_id: transactionId = '', out_trade_no: outTradeNo = '' } = fields
  const asked = platform.transactions.get(transactionId)
  const order = transactionId === '' ? platform.orders.get(outTradeNo) : asked?.order
  if (order === undefined) throw new Refusal('ORDERNOTEXIST', 'nobody placed this order')
  return { order, transaction: asked ?? order.transactions[0] }
}

/** Of this payment, if it is one, else of the order. */
export function stateOf(order: Order, transaction: Transaction | undefined, now: Date): TradeState {
  if (transaction === undefined) return tradeStateOf(order, now)
  return transaction.refunds.length > 0 ? 'REFUND' : 'SUCCESS'
}
