import type { RefundFact } from '../../domain/refund-fact.ts'
import type { ToldEvent } from '../../domain/refund.ts'

const EVENTS: ReadonlyMap<string, ToldEvent> = new Map([
  ['PROCESSING', 'accepted'],
  ['SUCCESS', 'succeeded'],
  ['CLOSED', 'closed'],
  ['ABNORMAL', 'abnormal'],
])

interface Told {
  readonly out_refund_no: string
  readonly refund_id: string
  readonly transaction_id: string
  readonly amount: { readonly total: number; readonly refund: number }
}

/** The refund that WeChat tells of; `null` for a state that nobody has described. */
export function refundFact(told: Told, status: string): RefundFact | null {
  const event = EVENTS.get(status)
  if (event === undefined) return null
  return {
    refundId: told.out_refund_no,
    wechatRefundId: told.refund_id,
    transactionId: told.transaction_id,
    amountFen: told.amount.refund,
    totalFen: told.amount.total,
    event,
  }
}
