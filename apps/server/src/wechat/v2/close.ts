import type { CloseResult } from '../payment-channel.ts'
import type { V2Call } from './call.ts'

const SETTLED: ReadonlyMap<string, CloseResult> = new Map<string, CloseResult>([
  ['ORDERCLOSED', { kind: 'closed' }],
  ['ORDERPAID', { kind: 'already_paid' }],
  ['ORDERNOTEXIST', { kind: 'not_found' }],
])

/** https://pay.weixin.qq.com/doc/v2/merchant/4011985891 */
export async function closeOrder(call: V2Call, orderId: string): Promise<CloseResult> {
  const answer = await call('/pay/closeorder', { out_trade_no: orderId })
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
    case 'done':
      return { kind: 'closed' }
  }
}
