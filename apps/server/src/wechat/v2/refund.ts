import { parseFen } from '@dashang/shared/money'
import type { Fields } from '@dashang/shared/signing/v2'
import type { RefundFact } from '../../domain/refund-fact.ts'
import type { ToldEvent } from '../../domain/refund.ts'
import type { RefundQueryResult, RefundResult, RefundToSend } from '../payment-channel.ts'
import type { V2Answer, V2Call } from './call.ts'

/** After these, the same refund cannot be carried out at any time. */
const FINAL = new Set([
  'TRADE_OVERDUE',
  'USER_ACCOUNT_ABNORMAL',
  'INVALID_TRANSACTIONID',
  'ORDERNOTEXIST',
  'INVALID_REQUEST',
])

const EVENTS: ReadonlyMap<string, ToldEvent> = new Map([
  ['PROCESSING', 'accepted'],
  ['SUCCESS', 'succeeded'],
  ['REFUNDCLOSE', 'closed'],
  ['CHANGE', 'abnormal'],
])

/** https://pay.weixin.qq.com/wiki/doc/api/wxa/wxa_api.php?chapter=9_4 */
export async function sendRefund(call: V2Call, refund: RefundToSend): Promise<RefundResult> {
  const answer = await call('/secapi/pay/refund', {
    transaction_id: refund.transactionId,
    out_refund_no: refund.refundId,
    total_fee: String(refund.totalFen),
    refund_fee: String(refund.amountFen),
    refund_fee_type: 'CNY',
    refund_desc: refund.reason,
    notify_url: refund.notifyUrl,
  })
  if (answer.kind === 'done') return told(acceptedFact(answer.fields))
  if (answer.kind === 'unknown') return answer
  if (answer.kind === 'foreign') return { kind: 'unknown', why: 'untrusted' }
  const { code, reason } = refusalOf(answer)
  return { kind: FINAL.has(code) ? 'refused' : 'blocked', code, reason }
}

/** https://pay.weixin.qq.com/wiki/doc/api/wxa/wxa_api.php?chapter=9_5 */
export async function queryRefund(call: V2Call, refundId: string): Promise<RefundQueryResult> {
  const answer = await call('/pay/refundquery', { out_refund_no: refundId })
  if (answer.kind === 'done') return told(queriedFact(answer.fields))
  if (answer.kind === 'unknown') return answer
  if (answer.kind === 'foreign') return { kind: 'unknown', why: 'untrusted' }
  const { code, reason } = refusalOf(answer)
  return code === 'REFUNDNOTEXIST' ? { kind: 'missing' } : { kind: 'blocked', code, reason }
}

/** The state of a refund as a query or a notice writes it; `null` for a word that is not known. */
export const refundEvent = (status = ''): ToldEvent | null => EVENTS.get(status) ?? null

/** Success only means that it was accepted, whatever comes of it. */
const acceptedFact = (fields: Fields) =>
  refundFact({
    ...pick(fields, ''),
    transactionId: fields['transaction_id'],
    totalFee: fields['total_fee'],
    event: 'accepted',
  })

/** Asked by its number, WeChat tells of one refund, which has the index 0. */
const queriedFact = (fields: Fields) =>
  refundFact({
    ...pick(fields, '_0'),
    transactionId: fields['transaction_id'],
    totalFee: fields['total_fee'],
    event: refundEvent(fields['refund_status_0']),
  })

function pick(fields: Fields, suffix: '' | '_0') {
  return {
    refundId: fields[`out_refund_no${suffix}`],
    wechatRefundId: fields[`refund_id${suffix}`],
    refundFee: fields[`refund_fee${suffix}`],
  }
}

interface FactFields {
  readonly refundId: string | undefined
  readonly wechatRefundId: string | undefined
  readonly transactionId: string | undefined
  readonly refundFee: string | undefined
  readonly totalFee: string | undefined
  readonly event: ToldEvent | null
}

/** `null` when a part of a refund is missing. */
export function refundFact(fields: FactFields): RefundFact | null {
  const { refundId, wechatRefundId, transactionId, refundFee = '', totalFee = '', event } = fields
  const [amountFen, totalFen] = [parseFen(refundFee), parseFen(totalFee)]
  if (amountFen === null || totalFen === null || event === null) return null
  if (!refundId || !wechatRefundId || !transactionId) return null
  return { refundId, wechatRefundId, transactionId, amountFen, totalFen, event }
}

const told = (fact: RefundFact | null) =>
  fact === null
    ? ({ kind: 'unknown', why: 'malformed' } as const)
    : ({ kind: 'told', fact } as const)

function refusalOf(answer: Extract<V2Answer, { kind: 'failed' | 'rejected' }>) {
  const code = answer.kind === 'failed' ? answer.code : 'REJECTED'
  return { code, reason: answer.message }
}
