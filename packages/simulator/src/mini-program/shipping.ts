import { Type } from 'typebox'
import type { Transaction } from '../order.ts'
import { takenFee } from '../pay-v2/refund-fields.ts'
import type { Platform } from '../platform.ts'
import { readJson, type CallInput } from './call.ts'
import { WeixinRefusal } from './errors.ts'
import { checkShipping, ShippingBody, SPLIT } from './shipping-body.ts'
import type { Shipment } from './state.ts'

/** It takes some seconds until this half of the platform has heard of a payment. */
const HEARD_AFTER_MS = 5000
const BY_OUT_TRADE_NO = 1
const BY_TRANSACTION = 2

/** https://developers.weixin.qq.com/miniprogram/dev/platform-capabilities/business-capabilities/order-shipping/order-shipping.html */
export function uploadShippingInfo(platform: Platform, { json }: CallInput): object {
  const body = readJson(ShippingBody, json)
  checkShipping(body)
  const transaction = transactionOf(platform, body.order_key)
  if (transaction.order.openid !== body.payer.openid) {
    throw new WeixinRefusal('SHIPPING_FIELD', 'payer.openid is not who paid')
  }
  if (isGivenBack(transaction)) {
    throw new WeixinRefusal('NOT_SHIPPABLE', 'all of it was given back')
  }
  report(platform, transaction, body)
  return {}
}

function transactionOf(platform: Platform, key: ShippingBody['order_key']): Transaction {
  const { order_number_type: type, transaction_id: id = '', out_trade_no: outTradeNo = '' } = key
  if (type !== BY_OUT_TRADE_NO && type !== BY_TRANSACTION) {
    throw new WeixinRefusal('SHIPPING_FIELD', 'order_number_type is 1 or 2')
  }
  const isOfMerchant = type === BY_TRANSACTION || key.mchid === platform.account.mchid
  const transaction =
    type === BY_TRANSACTION
      ? platform.transactions.get(id)
      : platform.orders.get(outTradeNo)?.transactions[0]
  const now = platform.clock.now().getTime()
  const isHeard = transaction !== undefined && now - transaction.paidAt.getTime() >= HEARD_AFTER_MS
  if (isHeard && isOfMerchant) return transaction
  throw new WeixinRefusal(
    'PAYMENT_NOT_FOUND',
    transaction === undefined ? 'nobody paid such an order' : 'paid less than five seconds ago',
  )
}

const isGivenBack = ({ order, refunds }: Transaction) =>
  refunds.reduce((sum, refund) => sum + takenFee(refund), 0) >= order.totalFee

/** A report may be corrected once; parts may follow until one is said to be the last. */
function report(platform: Platform, { transactionId }: Transaction, body: ShippingBody): void {
  const { shipments } = platform.miniProgram
  const reportedAt = platform.clock.now()
  const known = shipments.get(transactionId)
  const text = JSON.stringify({ ...body, upload_time: '' })
  const isComplete = body.delivery_mode !== SPLIT || body.is_all_delivered === true
  if (known === undefined) {
    shipments.set(transactionId, { reportedAt, reports: [text], isCorrected: false, isComplete })
    return
  }
  if (known.reports.includes(text)) {
    throw new WeixinRefusal('SHIPPED_ALIKE', 'the same was reported before')
  }
  if (known.isComplete && body.delivery_mode === SPLIT) {
    throw new WeixinRefusal('SHIPPED_WHOLE', 'the last part was reported before')
  }
  if (known.isCorrected) throw new WeixinRefusal('SHIPPED_BEFORE', 'a report is corrected once')
  known.isCorrected = body.delivery_mode !== SPLIT
  known.reportedAt = reportedAt
  known.reports.push(text)
  known.isComplete = isComplete
}

const OrderBody = Type.Object({
  transaction_id: Type.Optional(Type.String()),
  merchant_id: Type.Optional(Type.String()),
  merchant_trade_no: Type.Optional(Type.String()),
})

/** What the platform's list of orders says of one. */
export function getShippedOrder(platform: Platform, { json }: CallInput): object {
  const body = readJson(OrderBody, json)
  const transaction = transactionOf(platform, {
    order_number_type: body.transaction_id === undefined ? BY_OUT_TRADE_NO : BY_TRANSACTION,
    transaction_id: body.transaction_id ?? '',
    mchid: body.merchant_id ?? '',
    out_trade_no: body.merchant_trade_no ?? '',
  })
  const { order, transactionId, paidAt } = transaction
  const shipment = platform.miniProgram.shipments.get(transactionId)
  return {
    order: {
      transaction_id: transactionId,
      merchant_id: platform.account.mchid,
      merchant_trade_no: order.outTradeNo,
      description: order.placed['body'] ?? '',
      paid_amount: order.totalFee,
      openid: order.openid,
      trade_create_time: unixSeconds(order.createdAt),
      pay_time: unixSeconds(paidAt),
      order_state: stateOf(transaction, shipment),
      in_complaint: false,
      ...(shipment && { shipping: shippingOf(shipment) }),
    },
  }
}

const STATES = { toShip: 1, shipped: 2, refunded: 5 } as const

function stateOf(transaction: Transaction, shipment: Shipment | undefined): number {
  if (isGivenBack(transaction)) return STATES.refunded
  return shipment?.isComplete === true ? STATES.shipped : STATES.toShip
}

/** The newest report of a payment, as it came. */
export const lastReportOf = ({ reports }: Shipment): ShippingBody =>
  readJson(ShippingBody, JSON.parse(reports.at(-1) ?? '{}'))

function shippingOf(shipment: Shipment): object {
  const last = lastReportOf(shipment)
  return {
    delivery_mode: last.delivery_mode,
    logistics_type: last.logistics_type,
    finish_shipping: shipment.isComplete,
    shipping_list: last.shipping_list,
  }
}

const unixSeconds = (at: Date) => Math.floor(at.getTime() / 1000)

const ManagedBody = Type.Object({ appid: Type.String() })

export function isTradeManaged(platform: Platform, { json }: CallInput): object {
  checkManaged(platform, json)
  return { is_trade_managed: platform.miniProgram.isTradeManaged }
}

/** Whether the merchant has confirmed how its orders are settled, which whoever is managed here has. */
export function isTradeConfirmed(platform: Platform, { json }: CallInput): object {
  checkManaged(platform, json)
  return { completed: platform.miniProgram.isTradeManaged }
}

function checkManaged({ account }: Platform, json: unknown): void {
  const { appid } = readJson(ManagedBody, json)
  if (appid === account.appid) return
  throw new WeixinRefusal('APPID', `the only appid here is ${account.appid}`)
}
