import { parseBeijingTime } from '@dashang/shared/signing/beijing-time'
import type { Fields } from '@dashang/shared/signing/v2'
import { newPrepayId } from '../ids.ts'
import { STANDARD_LIFETIME_MS, tradeStateOf, type Order } from '../order.ts'
import type { Platform } from '../platform.ts'
import { Refusal } from './errors.ts'
import { signTypeOf } from './gateway.ts'

const MIN_LIFETIME_MS = 60 * 1000

// A repeat is compared without these: the first two differ in every request, the times count only
// in the first one, and the phone may have changed its address.
const NOT_COMPARED = new Set(['sign', 'nonce_str', 'time_start', 'time_expire', 'spbill_create_ip'])

/** https://pay.weixin.qq.com/doc/v2/merchant/4011936530 */
export function unifiedOrder(platform: Platform, fields: Fields): Fields {
  checkTradeType(fields)
  const { out_trade_no: outTradeNo = '', device_info: device } = fields
  const known = platform.orders.get(outTradeNo)
  if (known === undefined) platform.orders.set(outTradeNo, newOrder(platform, fields))
  else checkRepeat(platform, known, fields)

  const issuedAt = platform.clock.now()
  const prepayId = newPrepayId(platform.random, issuedAt)
  platform.prepayIds.set(prepayId, { outTradeNo, issuedAt })
  return { ...(device && { device_info: device }), trade_type: 'JSAPI', prepay_id: prepayId }
}

export function checkTradeType({ trade_type: tradeType }: Fields): void {
  if (tradeType === 'JSAPI') return
  throw new Refusal('PRODUCT_NOT_OPENED', 'a mini-program pays by trade_type JSAPI')
}

function newOrder(platform: Platform, fields: Fields): Order {
  const now = platform.clock.now()
  const openid = fields['openid'] ?? ''
  if (!platform.openids.has(openid)) {
    throw new Refusal('OPENID_NOT_MATCH', 'no user of this appid has this openid')
  }
  return {
    api: 'v2',
    outTradeNo: fields['out_trade_no'] ?? '',
    openid,
    totalFee: Number(fields['total_fee']),
    signType: signTypeOf(fields),
    placed: fields,
    createdAt: now,
    expiresAt: expiryOf(fields, now),
    state: 'NOTPAY',
    transactionId: null,
    paidAt: null,
    transactions: [],
  }
}

function expiryOf({ time_expire: timeExpire = '' }: Fields, now: Date): Date {
  const expiresAt = parseBeijingTime(timeExpire)
  if (expiresAt === null) return new Date(now.getTime() + STANDARD_LIFETIME_MS)
  if (expiresAt.getTime() - now.getTime() > MIN_LIFETIME_MS) return expiresAt
  throw new Refusal(
    'PARAM_ERROR',
    'time_expire is not more than one minute ahead',
    'time_expire时间过短，刷卡至少1分钟，其他5分钟',
  )
}

function checkRepeat(platform: Platform, order: Order, fields: Fields): void {
  const state = tradeStateOf(order, platform.clock.now())
  if (state === 'SUCCESS' || state === 'REFUND') {
    throw new Refusal('ORDERPAID', 'query it instead of placing it again')
  }
  if (state === 'CLOSED') throw new Refusal('ORDERCLOSED', 'take a new out_trade_no')
  if (order.api === 'v3') throw new Refusal('OUT_TRADE_NO_USED', 'it was placed by v3')
  const names = new Set([...Object.keys(order.placed), ...Object.keys(fields)])
  const changed = [...names].filter((name) => {
    return !NOT_COMPARED.has(name) && (order.placed[name] ?? '') !== (fields[name] ?? '')
  })
  if (changed.length > 0) {
    throw new Refusal('INVALID_REQUEST', `placed before with another ${changed.join(', ')}`)
  }
}
