import { AppError } from '@dashang/shared/errors'
import { recordAudit } from '../../audit/record-audit.ts'
import type { Transaction } from '../../db/database.ts'
import type { Refund } from '../../generated/prisma/client.ts'
import type { RefundDependencies } from './dependencies.ts'
import { firstQuestionAt } from './follow-up-plan.ts'

export interface RefundRepeat {
  /** The one that WeChat has closed. */
  readonly refundId: string
  readonly newRefundId: string
  readonly operator: string
}

/**
 * What was paid twice waits in suspense when WeChat closes its refund, and only a refund of another
 * number can still give it back. Writes that down, or finds the one of an earlier try.
 */
export async function repeatRefund(
  { db, queue, channels, now }: RefundDependencies,
  { refundId: closedId, newRefundId: refundId, operator }: RefundRepeat,
): Promise<{ refund: Refund; isNew: boolean }> {
  const at = now()
  return db.$transaction(async (tx) => {
    const closed = await findRepeatable(tx, closedId)
    const { orderId, channel, amountFen } = closed
    if (!channels.of(channel).canRefund) {
      throw new AppError('REFUND_NOT_CONFIGURED', `API ${channel} has no certificate or key`)
    }
    const isNew = await insertLike(tx, closed, { id: refundId, at })
    const refund = await tx.refund.findUnique({ where: { id: refundId } })
    if (refund === null) {
      throw new AppError('REFUND_NOT_REPEATABLE', 'another refund of it is under way or done')
    }
    if (!isNew) return { refund: refuseUnlessLike(refund, closed), isNew }

    await tx.refundEvent.create({
      data: { refundId, type: 'requested', toState: 'requested', cause: 'operator', createdAt: at },
    })
    const details = { orderId, amountFen, insteadOf: closedId }
    await recordAudit(tx, { operator, action: 'refund_repeated', target: refundId, details, at })
    await queue.enqueue(tx, 'follow_up_refund', { refundId, step: 0 }, firstQuestionAt(at))
    return { refund, isNew }
  })
}

async function findRepeatable(tx: Transaction, id: string): Promise<Refund> {
  const refund = await tx.refund.findUnique({ where: { id } })
  if (refund === null) throw new AppError('REFUND_NOT_FOUND', 'no refund of this id')
  const { origin, state } = refund
  if (origin === 'second_transaction' && state === 'closed') return refund
  throw new AppError('REFUND_NOT_REPEATABLE', `${state}, and asked for by ${origin}`)
}

/** False where the id is taken, or where another refund of the same payment is not closed. */
async function insertLike(
  tx: Transaction,
  { orderId, channel, transactionId, amountFen, totalFen, reason, origin, caseId }: Refund,
  { id, at: createdAt }: { id: string; at: Date },
): Promise<boolean> {
  const payment = { orderId, channel, transactionId, amountFen, totalFen }
  const data = { id, ...payment, reason, origin, caseId, state: 'requested', createdAt } as const
  const { count } = await tx.refund.createMany({ data: [data], skipDuplicates: true })
  return count === 1
}

function refuseUnlessLike(known: Refund, { transactionId, origin }: Refund): Refund {
  if (known.transactionId === transactionId && known.origin === origin) return known
  throw new AppError('REFUND_CONFLICT', 'asked for with another content before')
}
