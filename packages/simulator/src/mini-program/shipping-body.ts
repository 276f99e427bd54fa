import { Type, type Static } from 'typebox'
import { parseRfc3339 } from '../rfc3339.ts'
import { WeixinRefusal } from './errors.ts'

const MAX_ITEMS = 15
const MAX_DESCRIPTION = 120
const EXPRESS = 1
/** Of all express companies this one alone asks for a telephone number. */
const SF_EXPRESS = 'SF'

const ShippingItem = Type.Object({
  item_desc: Type.Optional(Type.String()),
  tracking_no: Type.Optional(Type.String()),
  express_company: Type.Optional(Type.String()),
  contact: Type.Optional(
    Type.Object({
      consignor_contact: Type.Optional(Type.String()),
      receiver_contact: Type.Optional(Type.String()),
    }),
  ),
})
type ShippingItem = Static<typeof ShippingItem>

/** Types alone: what is missing or out of range has a code of its own. */
export const ShippingBody = Type.Object({
  order_key: Type.Object({
    order_number_type: Type.Number(),
    transaction_id: Type.Optional(Type.String()),
    mchid: Type.Optional(Type.String()),
    out_trade_no: Type.Optional(Type.String()),
  }),
  logistics_type: Type.Number(),
  delivery_mode: Type.Number(),
  is_all_delivered: Type.Optional(Type.Boolean()),
  shipping_list: Type.Optional(Type.Array(ShippingItem)),
  upload_time: Type.String(),
  payer: Type.Object({ openid: Type.String() }),
})
export type ShippingBody = Static<typeof ShippingBody>

export const UNIFIED = 1
export const SPLIT = 2

const MILLISECONDS = /:\d{2}\.\d{3}(Z|[+-])/
/** `189****1234`: the last four digits are to be read. */
const MASKED_PHONE = /^(?=.*\*)[-+*0-9]*(\d-?){4}$/

const fieldProblem = (hint: string) => new WeixinRefusal('SHIPPING_FIELD', hint)

/** https://developers.weixin.qq.com/miniprogram/dev/platform-capabilities/business-capabilities/order-shipping/order-shipping.html */
export function checkShipping(body: ShippingBody): void {
  const { logistics_type: logistics, delivery_mode: mode, shipping_list: items = [] } = body
  if (![1, 2, 3, 4].includes(logistics)) throw fieldProblem('logistics_type is 1, 2, 3 or 4')
  if (mode !== UNIFIED && mode !== SPLIT) throw fieldProblem('delivery_mode is 1 or 2')
  if (mode === UNIFIED && items.length !== 1) {
    throw new WeixinRefusal('ONE_ITEM', `shipping_list has ${items.length} entries`)
  }
  if (mode === SPLIT && body.is_all_delivered === undefined) {
    throw fieldProblem('delivery_mode 2 needs is_all_delivered')
  }
  if (items.length === 0 || items.length > MAX_ITEMS) {
    throw fieldProblem(`shipping_list has 1 to ${MAX_ITEMS} entries`)
  }
  for (const item of items) checkItem(item, logistics)
  if (parseRfc3339(body.upload_time) === null || !MILLISECONDS.test(body.upload_time)) {
    throw fieldProblem('upload_time is like 2022-12-15T13:29:35.120+08:00')
  }
}

function checkItem(item: ShippingItem, logistics: number): void {
  const { item_desc: description = '', tracking_no: trackingNo = '' } = item
  const length = Array.from(description).length
  if (length === 0 || length > MAX_DESCRIPTION) {
    throw fieldProblem(`item_desc has 1 to ${MAX_DESCRIPTION} characters, of virtual goods too`)
  }
  if (logistics !== EXPRESS) return
  if (trackingNo === '' || !item.express_company) {
    throw fieldProblem('logistics_type 1 needs tracking_no and express_company')
  }
  if (item.express_company === SF_EXPRESS) checkContact(item)
}

function checkContact({ contact = {} }: ShippingItem): void {
  const phones = [contact.consignor_contact, contact.receiver_contact].filter(Boolean)
  if (phones.length > 0 && phones.every((phone = '') => MASKED_PHONE.test(phone))) return
  throw fieldProblem('SF needs contact, with a phone like 189****1234 of consignor or receiver')
}
