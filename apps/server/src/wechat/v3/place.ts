import { Type } from 'typebox'
import type { OrderToPlace, PlaceResult } from '../payment-channel.ts'
import type { V3Account } from './account.ts'
import type { V3Call, V3Failure } from './call.ts'
import { readAs } from './json.ts'
import { queryOrder } from './query.ts'
import { formatTime } from './time.ts'

const Placed = Type.Object({ prepay_id: Type.String({ minLength: 1, maxLength: 64 }) })

/** https://pay.weixin.qq.com/doc/v3/merchant/4012791856 */
export async function placeOrder(
  call: V3Call,
  account: V3Account,
  order: OrderToPlace,
): Promise<PlaceResult> {
  const answer = await call({
    method: 'POST',
    target: '/v3/pay/transactions/jsapi',
    body: {
      appid: account.appid,
      mchid: account.mchid,
      description: order.description,
      out_trade_no: order.orderId,
      time_expire: formatTime(order.expiresAt),
      notify_url: order.notifyUrl,
      amount: { total: order.amountFen, currency: 'CNY' },
      payer: { openid: order.openid },
      scene_info: { payer_client_ip: order.clientIp },
    },
  })
  if (answer.kind === 'unknown') return answer
  if (answer.kind === 'failed') return refusalOf(call, account, order, answer)
  const placed = readAs(Placed, answer.body)
  return placed
    ? { kind: 'placed', prepayId: placed.prepay_id }
    : { kind: 'unknown', why: 'malformed' }
}

/** A refusal is not signed, so it closes no order; the answer to a question is. */
async function refusalOf(
  call: V3Call,
  account: V3Account,
  { orderId }: OrderToPlace,
  { meaning, reason }: V3Failure,
): Promise<PlaceResult> {
  if (meaning === 'order_paid') return { kind: 'already_paid' }
  if (meaning !== 'order_closed' && meaning !== 'ask') return { kind: 'refused', reason }
  const state = await queryOrder(call, account, orderId)
  if (state.kind === 'paid') return { kind: 'already_paid' }
  if (state.kind === 'closed') return { kind: 'already_closed' }
  return state.kind === 'unknown' ? state : { kind: 'refused', reason }
}
