import type { CloseResult } from '../payment-channel.ts'
import type { V3Account } from './account.ts'
import type { V3Call, V3Failure } from './call.ts'
import { queryOrder } from './query.ts'

/** https://pay.weixin.qq.com/doc/v3/merchant/4012791860 */
export async function closeOrder(
  call: V3Call,
  account: V3Account,
  orderId: string,
): Promise<CloseResult> {
  const answer = await call({
    method: 'POST',
    target: `/v3/pay/transactions/out-trade-no/${encodeURIComponent(orderId)}/close`,
    body: { mchid: account.mchid },
  })
  if (answer.kind === 'unknown') return answer
  return answer.kind === 'done' ? { kind: 'closed' } : refusalOf(call, account, orderId, answer)
}

/** Which code a paid order is refused with is told nowhere for sure, so the order is asked about. */
async function refusalOf(
  call: V3Call,
  account: V3Account,
  orderId: string,
  { meaning, reason }: V3Failure,
): Promise<CloseResult> {
  if (meaning === 'order_unknown') return { kind: 'not_found' }
  if (meaning === 'order_paid') return { kind: 'already_paid' }
  if (meaning !== 'order_closed' && meaning !== 'ask') return { kind: 'refused', reason }
  const state = await queryOrder(call, account, orderId)
  if (state.kind === 'paid') return { kind: 'already_paid' }
  return state.kind === 'closed' || state.kind === 'unknown' ? state : { kind: 'refused', reason }
}
