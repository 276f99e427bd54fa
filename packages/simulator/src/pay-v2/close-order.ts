import type { Fields } from '@dashang/shared/signing/v2'
import type { Platform } from '../platform.ts'
import { Refusal } from './errors.ts'

/** https://pay.weixin.qq.com/doc/v2/merchant/4011985891 */
export function closeOrder(platform: Platform, fields: Fields): Fields {
  const order = platform.orders.get(fields['out_trade_no'] ?? '')
  if (order === undefined) throw new Refusal('ORDERNOTEXIST', 'nobody placed this order')
  if (order.transactions.length > 0) throw new Refusal('ORDERPAID', 'it was paid in the meantime')
  order.state = 'CLOSED'
  return { result_msg: 'OK' }
}
