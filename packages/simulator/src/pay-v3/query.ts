import type { Order, Transaction } from '../order.ts'
import { DESCRIPTIONS, stateOf } from '../pay-v2/order-query.ts'
import type { Account, Platform } from '../platform.ts'
import { Refusal } from './refusal.ts'
import type { Call } from './gateway.ts'
import { checkMchid } from './merchant.ts'
import { PATH, QUERY } from './places.ts'
import { MchidQuery, OutTradeNoPath, TransactionPath } from './schemas.ts'
import { formatRfc3339 } from './time.ts'

/** https://pay.weixin.qq.com/doc/v3/merchant/4012791900 */
export function queryByOutTradeNo(platform: Platform, call: Call): object {
  const { out_trade_no: outTradeNo } = readOutTradeNo(call)
  const order = platform.orders.get(outTradeNo)
  if (order === undefined) throw new Refusal('ORDER_NOT_EXIST', 'nobody placed this order')
  return orderFields(platform, order, order.transactions[0])
}

/** https://pay.weixin.qq.com/doc/v3/merchant/4012791899 */
export function queryByTransactionId(platform: Platform, call: Call): object {
  const { transaction_id: transactionId } = readTransactionId(call)
  const transaction = platform.transactions.get(transactionId)
  if (transaction === undefined) {
    throw new Refusal('ORDER_NOT_EXIST', 'nobody paid with this transaction_id')
  }
  return orderFields(platform, transaction.order, transaction)
}

export function readOutTradeNo(call: Call) {
  const path = OutTradeNoPath.read(call.params, PATH)
  checkMchid(call, MchidQuery.read(call.query, QUERY).mchid)
  return path
}

export function readTransactionId(call: Call) {
  const path = TransactionPath.read(call.params, PATH)
  checkMchid(call, MchidQuery.read(call.query, QUERY).mchid)
  return path
}

function orderFields(
  { account, clock }: Platform,
  order: Order,
  transaction: Transaction | undefined,
): object {
  const state = stateOf(order, transaction, clock.now())
  return {
    ...(transaction === undefined
      ? unpaidFields(account, order)
      : paymentFields(account, transaction)),
    trade_state: state,
    trade_state_desc: DESCRIPTIONS[state],
  }
}

const unpaidFields = ({ appid, mchid }: Account, order: Order) => ({
  amount: { payer_currency: 'CNY', total: order.totalFee },
  appid,
  mchid,
  out_trade_no: order.outTradeNo,
  payer: {},
  promotion_detail: [],
})

/** What query and notification say of a payment. */
export function paymentFields({ appid, mchid }: Account, transaction: Transaction) {
  const { order, transactionId, paidAt } = transaction
  const deviceId = order.placed['device_info']
  return {
    mchid,
    appid,
    out_trade_no: order.outTradeNo,
    transaction_id: transactionId,
    trade_type: 'JSAPI',
    trade_state: 'SUCCESS',
    trade_state_desc: DESCRIPTIONS.SUCCESS,
    bank_type: 'OTHERS',
    attach: order.placed['attach'] ?? '',
    success_time: formatRfc3339(paidAt),
    payer: { openid: order.openid },
    amount: {
      total: order.totalFee,
      payer_total: order.totalFee,
      currency: 'CNY',
      payer_currency: 'CNY',
    },
    ...(deviceId !== undefined && { scene_info: { device_id: deviceId } }),
  }
}
