import { randomUUID } from 'node:crypto'
import type { Transaction } from '../db/database.ts'
import type { PaymentFact } from '../domain/payment-fact.ts'
import type { Cause, Order } from '../generated/prisma/client.ts'
import { post } from '../ledger/post.ts'
import type { Queue } from '../queue/queue.ts'

/** What the payer reads about it. */
const REASON = '重复支付，原路退回'

/**
 * A second payment of a paid order is not ours to keep: it is booked apart, and its refund asked for.
 * Once, however often WeChat tells of it.
 */
export async function refundSecond(
  { tx, queue }: { tx: Transaction; queue: Queue },
  order: Pick<Order, 'id' | 'channel'>,
  fact: Pick<PaymentFact, 'transactionId' | 'amountFen'>,
  { caseId, cause, at }: { caseId: string; cause: Cause; at: Date },
): Promise<void> {
  const { transactionId, amountFen } = fact
  const isKnown =
    (await tx.refund.count({ where: { transactionId, origin: 'second_transaction' } })) > 0
  // Also one that WeChat has closed: whether to ask again is for a person to say.
  if (isKnown) return
  const refundId = randomUUID().replaceAll('-', '')
  const { count } = await tx.refund.createMany({
    data: [
      {
        id: refundId,
        orderId: order.id,
        channel: order.channel,
        transactionId,
        amountFen,
        totalFen: amountFen,
        reason: REASON,
        origin: 'second_transaction',
        state: 'requested',
        caseId,
        createdAt: at,
      },
    ],
    skipDuplicates: true,
  })
  if (count === 0) return
  await tx.refundEvent.create({
    data: { refundId, type: 'requested', toState: 'requested', cause, createdAt: at },
  })
  const movement = { reference: transactionId, orderId: order.id, amountFen, at }
  await post(tx, { kind: 'second_payment', ...movement })
  await queue.enqueue(tx, 'follow_up_refund', { refundId, step: 0 }, at)
}
