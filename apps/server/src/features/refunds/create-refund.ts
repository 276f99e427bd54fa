import { MAX_REASON_BYTES } from '@dashang/shared/contracts/refunds'
import { AppError } from '@dashang/shared/errors'
import { recordAudit } from '../../audit/record-audit.ts'
import type { Transaction } from '../../db/database.ts'
import type { Order, Refund } from '../../generated/prisma/client.ts'
import type { RefundDependencies } from './dependencies.ts'
import { firstQuestionAt } from './follow-up-plan.ts'

/** WeChat's limit for one order. */
const MAX_REFUNDS = 50

export interface RefundRequest {
  readonly orderId: string
  readonly refundId: string
  readonly amountFen: number
  readonly reason: string
  readonly operator: string
}

/**
 * Writes down a refund with all that follows from it, or finds the one that an earlier try of the same
 * request has made.
 */
export async function createRefund(
  { db, queue, channels, now }: RefundDependencies,
  request: RefundRequest,
): Promise<{ refund: Refund; isNew: boolean }> {
  const { refundId, reason } = request
  if (Buffer.byteLength(reason) > MAX_REASON_BYTES) {
    throw new AppError('REFUND_REASON_TOO_LONG', `${Buffer.byteLength(reason)} bytes of reason`)
  }
  const at = now()
  return db.$transaction(async (tx) => {
    const order = await tx.order.findUnique({ where: { id: request.orderId } })
    if (order === null) throw new AppError('ORDER_NOT_FOUND', 'a refund of no order')
    if (!channels.of(order.channel).canRefund) {
      throw new AppError('REFUND_NOT_CONFIGURED', `API ${order.channel} has no certificate or key`)
    }
    const isNew = await insert(tx, order, request, at)
    const refund = await tx.refund.findUniqueOrThrow({ where: { id: refundId } })
    if (!isNew) return { refund: refuseUnlessSame(refund, request), isNew }

    await reserve(tx, request)
    await tx.refundEvent.create({
      data: { refundId, type: 'requested', toState: 'requested', cause: 'operator', createdAt: at },
    })
    const { operator, orderId, amountFen } = request
    const details = { orderId, amountFen, reason }
    await recordAudit(tx, { operator, action: 'refund', target: refundId, details, at })
    await queue.enqueue(tx, 'follow_up_refund', { refundId, step: 0 }, firstQuestionAt(at))
    return { refund, isNew }
  })
}

/** False where the id is taken, also by somebody who is just about to take it. */
async function insert(
  tx: Transaction,
  order: Order,
  { refundId, amountFen, reason, operator }: RefundRequest,
  at: Date,
): Promise<boolean> {
  const { id: orderId, channel, amountFen: totalFen, transactionId } = order
  if (transactionId === null) throw new AppError('ORDER_NOT_PAID', `the order is ${order.state}`)
  if (amountFen > totalFen) throw new AppError('REFUND_TOO_MUCH', `more than the ${totalFen} fen`)
  const refund = {
    id: refundId,
    orderId,
    channel,
    transactionId,
    amountFen,
    totalFen,
    reason,
    origin: 'operator',
    requestedBy: operator,
    state: 'requested',
    createdAt: at,
  } as const
  const { count } = await tx.refund.createMany({ data: [refund], skipDuplicates: true })
  return count === 1
}

function refuseUnlessSame(known: Refund, request: RefundRequest): Refund {
  const { orderId, amountFen, reason } = request
  const isSame =
    known.orderId === orderId && known.amountFen === amountFen && known.reason === reason
  if (isSame && known.origin === 'operator') return known
  throw new AppError('REFUND_CONFLICT', 'asked for with another content before')
}

/** Takes the amount out of what can still be refunded; whoever else asks waits for this transaction. */
async function reserve(tx: Transaction, { orderId, amountFen }: RefundRequest): Promise<void> {
  const count = await tx.$executeRaw`
    UPDATE "tip_order" SET "refund_reserved_fen" = "refund_reserved_fen" + ${amountFen},
      "refund_count" = "refund_count" + 1
    WHERE "id" = ${orderId} AND "state" = 'paid' AND "refund_count" < ${MAX_REFUNDS}
      AND "refund_reserved_fen" + ${amountFen} <= "amount_fen"`
  if (count === 1) return
  const order = await tx.order.findUniqueOrThrow({ where: { id: orderId } })
  if (order.refundCount >= MAX_REFUNDS) {
    throw new AppError('REFUND_TOO_MANY', `${order.refundCount} refunds were asked for`)
  }
  const leftFen = order.amountFen - order.refundReservedFen
  throw new AppError('REFUND_TOO_MUCH', `${leftFen} fen are left`)
}
