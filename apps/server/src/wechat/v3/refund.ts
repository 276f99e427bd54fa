import { Type } from 'typebox'
import type { RefundQueryResult, RefundResult, RefundToSend } from '../payment-channel.ts'
import type { V3Call } from './call.ts'
import { isFinalForRefunds } from './errors.ts'
import { readAs } from './json.ts'
import { refundFact } from './refund-fields.ts'

const REFUNDS = '/v3/refund/domestic/refunds'

const Id = Type.String({ minLength: 1 })
const Refund = Type.Object({
  out_refund_no: Id,
  refund_id: Id,
  transaction_id: Id,
  status: Type.String(),
  amount: Type.Object({ total: Type.Integer(), refund: Type.Integer() }),
})

/** https://pay.weixin.qq.com/doc/v3/merchant/4013071036 */
export async function sendRefund(call: V3Call, refund: RefundToSend): Promise<RefundResult> {
  const answer = await call({
    method: 'POST',
    target: REFUNDS,
    body: {
      transaction_id: refund.transactionId,
      out_refund_no: refund.refundId,
      reason: refund.reason,
      notify_url: refund.notifyUrl,
      amount: { refund: refund.amountFen, total: refund.totalFen, currency: 'CNY' },
    },
  })
  if (answer.kind === 'done') return toldIn(answer.body)
  if (answer.kind === 'unknown') return answer
  const { code, reason } = answer
  if (!isFinalForRefunds(code)) return { kind: 'blocked', code, reason }
  // Nobody signed the refusal, and a refund that is given up frees its money for another one.
  const known = await queryRefund(call, refund.refundId)
  return known.kind === 'missing' ? { kind: 'refused', code, reason } : known
}

/** https://pay.weixin.qq.com/doc/v3/merchant/4013071041 */
export async function queryRefund(call: V3Call, refundId: string): Promise<RefundQueryResult> {
  const answer = await call({
    method: 'GET',
    target: `${REFUNDS}/${encodeURIComponent(refundId)}`,
  })
  if (answer.kind === 'done') return toldIn(answer.body)
  if (answer.kind === 'unknown') return answer
  const { code, meaning, reason } = answer
  return meaning === 'missing' ? { kind: 'missing' } : { kind: 'blocked', code, reason }
}

function toldIn(body: unknown): RefundResult {
  const refund = readAs(Refund, body)
  const fact = refund && refundFact(refund, refund.status)
  return fact ? { kind: 'told', fact } : { kind: 'unknown', why: 'malformed' }
}
