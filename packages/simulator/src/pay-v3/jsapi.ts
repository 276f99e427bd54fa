import type { Fields } from '@dashang/shared/signing/v2'
import { newPrepayId } from '../ids.ts'
import { STANDARD_LIFETIME_MS, tradeStateOf, type Order } from '../order.ts'
import type { Platform } from '../platform.ts'
import { parseRfc3339 } from '../rfc3339.ts'
import { Refusal } from './refusal.ts'
import type { Call } from './gateway.ts'
import { checkAppid, checkMchid } from './merchant.ts'
import { BODY } from './places.ts'
import { JsapiBody } from './schemas.ts'

const MINUTE_MS = 60 * 1000
const DAY_MS = 24 * 60 * MINUTE_MS
/** The furthest that `time_expire` can be. */
const MAX_LIFETIME_MS = 90 * DAY_MS

/** The phone may have changed its address. */
const NOT_COMPARED = 'spbill_create_ip'

/** https://pay.weixin.qq.com/doc/v3/merchant/4012791897 */
export function placeJsapi(platform: Platform, call: Call): object {
  const body = readJsapi(call)
  const known = platform.orders.get(body.out_trade_no)
  if (known === undefined) {
    platform.orders.set(body.out_trade_no, newOrder(platform, body))
  } else {
    checkRepeat(platform, known, placedFields(body))
  }
  const issuedAt = platform.clock.now()
  const prepayId = newPrepayId(platform.random, issuedAt)
  platform.prepayIds.set(prepayId, { outTradeNo: body.out_trade_no, issuedAt })
  return { prepay_id: prepayId }
}

export function readJsapi(call: Call): JsapiBody {
  const body = JsapiBody.read(call.body, BODY)
  checkMchid(call, body.mchid)
  checkAppid(call, body.appid)
  return body
}

function newOrder(platform: Platform, body: JsapiBody): Order {
  const now = platform.clock.now()
  const { openid } = body.payer
  if (!platform.openids.has(openid)) {
    throw new Refusal('OPENID_NOT_MATCH', 'no user of this appid has this openid')
  }
  return {
    api: 'v3',
    outTradeNo: body.out_trade_no,
    openid,
    totalFee: body.amount.total,
    signType: 'RSA',
    placed: placedFields(body),
    createdAt: now,
    expiresAt: clamped(parseRfc3339(body.time_expire ?? ''), now),
    state: 'NOTPAY',
    transactionId: null,
    paidAt: null,
    transactions: [],
  }
}

/** A deadline that is too near or too far is moved, and nobody is told. */
function clamped(deadline: Date | null, now: Date): Date {
  const wanted = deadline === null ? STANDARD_LIFETIME_MS : deadline.getTime() - now.getTime()
  const lifetimeMs = Math.min(Math.max(wanted, MINUTE_MS), MAX_LIFETIME_MS)
  return new Date(now.getTime() + lifetimeMs)
}

function checkRepeat(platform: Platform, order: Order, fields: Fields): void {
  const state = tradeStateOf(order, platform.clock.now())
  if (state === 'SUCCESS' || state === 'REFUND') {
    throw new Refusal('ORDER_PAID', 'query it instead of placing it again')
  }
  if (state === 'CLOSED') throw new Refusal('ORDER_CLOSED', 'take a new out_trade_no')
  const names = [...new Set([...Object.keys(order.placed), ...Object.keys(fields)])]
  const changed = names.filter((name) => {
    return name !== NOT_COMPARED && order.placed[name] !== fields[name]
  })
  if (changed.length === 0) return
  const isTimeAlone = changed.length === 1 && changed[0] === 'time_expire'
  const error = isTimeAlone ? 'TIME_EXPIRE_CHANGED' : 'OUT_TRADE_NO_USED'
  throw new Refusal(error, `placed before with another ${changed.join(', ')}`)
}

/** What an order is compared by, in the words of v2 where v2 has them. */
function placedFields(body: JsapiBody): Fields {
  const said: Record<string, string | undefined> = {
    appid: body.appid,
    mch_id: body.mchid,
    body: body.description,
    out_trade_no: body.out_trade_no,
    time_expire: body.time_expire,
    attach: body.attach,
    notify_url: body.notify_url,
    goods_tag: body.goods_tag,
    support_fapiao: textOf(body.support_fapiao),
    total_fee: String(body.amount.total),
    fee_type: body.amount.currency ?? 'CNY',
    openid: body.payer.openid,
    trade_type: 'JSAPI',
    sign_type: 'RSA',
    detail: textOf(body.detail),
    spbill_create_ip: body.scene_info?.payer_client_ip,
    device_info: body.scene_info?.device_id,
    store_info: textOf(body.scene_info?.store_info),
    settle_info: textOf(body.settle_info),
    limit_pay: textOf(body.limit_pay),
  }
  const entries = Object.entries(said)
  return Object.fromEntries(entries.filter((entry): entry is [string, string] => !!entry[1]))
}

const textOf = (value: unknown): string | undefined =>
  value === undefined ? undefined : JSON.stringify(value)
