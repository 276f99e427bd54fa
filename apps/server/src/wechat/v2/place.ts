import { formatBeijingTime } from '@dashang/shared/signing/beijing-time'
import type { OrderToPlace, PlaceResult } from '../payment-channel.ts'
import type { V2Call } from './call.ts'

const SETTLED: ReadonlyMap<string, PlaceResult> = new Map<string, PlaceResult>([
  ['ORDERPAID', { kind: 'already_paid' }],
  ['ORDERCLOSED', { kind: 'already_closed' }],
])

/** https://pay.weixin.qq.com/doc/v2/merchant/4011936530 */
export async function placeOrder(call: V2Call, order: OrderToPlace): Promise<PlaceResult> {
  const answer = await call('/pay/unifiedorder', {
    body: order.description,
    out_trade_no: order.orderId,
    total_fee: String(order.amountFen),
    fee_type: 'CNY',
    spbill_create_ip: order.clientIp,
    time_start: formatBeijingTime(order.createdAt),
    time_expire: formatBeijingTime(order.expiresAt),
    notify_url: order.notifyUrl,
    trade_type: 'JSAPI',
    openid: order.openid,
  })
  switch (answer.kind) {
    case 'unknown':
      return answer
    case 'foreign':
      return { kind: 'unknown', why: 'untrusted' }
    case 'rejected':
      return { kind: 'refused', reason: answer.message }
    case 'failed':
      return (
        SETTLED.get(answer.code) ?? { kind: 'refused', reason: `${answer.code} ${answer.message}` }
      )
    case 'done': {
      const { prepay_id: prepayId } = answer.fields
      return prepayId ? { kind: 'placed', prepayId } : { kind: 'unknown', why: 'malformed' }
    }
  }
}
