import type { Platform } from '../platform.ts'
import { Refusal } from './refusal.ts'
import type { Call } from './gateway.ts'
import { checkMchid } from './merchant.ts'
import { BODY, PATH } from './places.ts'
import { CloseBody, OutTradeNoPath } from './schemas.ts'

/** To close again does nothing. https://pay.weixin.qq.com/doc/v3/merchant/4012791901 */
export function closeOrder(platform: Platform, call: Call): null {
  const { out_trade_no: outTradeNo } = readClose(call)
  const order = platform.orders.get(outTradeNo)
  if (order === undefined) throw new Refusal('ORDER_NOT_EXIST', 'nobody placed this order')
  if (order.transactions.length > 0) {
    throw new Refusal('ORDER_PAID', 'it was paid in the meantime')
  }
  order.state = 'CLOSED'
  return null
}

export function readClose(call: Call) {
  const path = OutTradeNoPath.read(call.params, PATH)
  checkMchid(call, CloseBody.read(call.body, BODY).mchid)
  return path
}
