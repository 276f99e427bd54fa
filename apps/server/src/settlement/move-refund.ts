import type { Transaction } from '../db/database.ts'
import { decide, isFinal, type RefundDecision, type RefundEvent } from '../domain/refund.ts'
import type { Cause, Refund } from '../generated/prisma/client.ts'

/** Each lost race means that another process moved the refund, which happens a few times at most. */
const MAX_RACES = 5

interface Move {
  readonly event: RefundEvent
  /** WeChat's refund_id, where it told one. */
  readonly wechatRefundId: string | null
  /** The refund_id, or the code of a refusal. */
  readonly reference: string
}

/** Decides what an event means for a refund, saves it, and writes it down as an event of the refund. */
export async function moveRefund(
  tx: Transaction,
  seen: Pick<Refund, 'id' | 'state'>,
  { event, wechatRefundId, reference }: Move,
  { cause, at }: { cause: Cause; at: Date },
): Promise<RefundDecision> {
  const { id: refundId } = seen
  let { state } = seen
  for (let race = 0; race < MAX_RACES; race += 1) {
    const decision = decide(state, event)
    if (decision.kind !== 'apply') return decision

    const { next } = decision
    const { count } = await tx.refund.updateMany({
      where: { id: refundId, state },
      data: {
        state: next,
        ...(wechatRefundId !== null && { wechatRefundId }),
        ...(isFinal(next) && { settledAt: at }),
      },
    })
    if (count === 0) {
      state = (await tx.refund.findUniqueOrThrow({ where: { id: refundId } })).state
      continue
    }
    await tx.refundEvent.create({
      data: {
        refundId,
        type: event,
        fromState: state,
        toState: next,
        cause,
        reference: reference.slice(0, 64),
        createdAt: at,
      },
    })
    return decision
  }
  throw new Error(`refund ${refundId} moved ${MAX_RACES} times while one event was decided`)
}
