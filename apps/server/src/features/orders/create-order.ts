import { AppError } from '@dashang/shared/errors'
import type { Prisma } from '../../generated/prisma/client.ts'
import type { OrderDependencies } from './dependencies.ts'
import { firstQuestion } from './follow-up-plan.ts'

/** A `prepay_id` lives two hours from when it is issued, so it lives at least as long as this. */
const LIFETIME_MS = 2 * 60 * 60 * 1000

export interface OrderRequest {
  readonly userId: string
  readonly orderId: string
  readonly amountFen: number
  readonly clientIp: string
}

export type OrderWithUser = Prisma.OrderGetPayload<{ include: { user: true } }>

/**
 * Makes the order's row, or finds the one that an earlier try of the same request has made. Nothing
 * is placed at WeChat without a row here.
 */
export async function createOrder(
  dependencies: OrderDependencies,
  request: OrderRequest,
): Promise<OrderWithUser> {
  const { db, offer } = dependencies
  const { userId, orderId, amountFen } = request
  if (amountFen < offer.minFen || amountFen > offer.maxFen) {
    throw new AppError('AMOUNT_NOT_ALLOWED', `outside ${offer.minFen} to ${offer.maxFen} fen`)
  }
  await insertOrder(dependencies, request)
  const order = await db.order.findUnique({ where: { id: orderId }, include: { user: true } })
  if (order?.userId !== userId) throw new AppError('ORDER_NOT_FOUND', 'an order of another user')
  if (order.amountFen !== amountFen) {
    throw new AppError('ORDER_CONFLICT', `ordered with ${order.amountFen} fen before`)
  }
  return order
}

async function insertOrder(
  { db, queue, channels, offer, followUpSeconds, now }: OrderDependencies,
  { userId, orderId, amountFen, clientIp }: OrderRequest,
): Promise<void> {
  const createdAt = now()
  const channel = channels.forNewOrders
  const order = {
    id: orderId,
    userId,
    creatorId: offer.creatorId,
    merchantAccountId: offer.merchantAccountId,
    channel: channel.name,
    amountFen,
    currency: 'CNY',
    state: 'created',
    description: offer.description,
    clientIp,
    notifyUrl: new URL(channel.notifyPath, offer.publicUrl).href,
    createdAt,
    expiresAt: new Date(createdAt.getTime() + LIFETIME_MS),
  } as const
  await db.$transaction(async (tx) => {
    const { count } = await tx.order.createMany({ data: [order], skipDuplicates: true })
    if (count === 0) return
    await tx.orderEvent.create({
      data: { orderId, type: 'created', toState: 'created', cause: 'user', createdAt },
    })
    // In the same transaction: an order that nobody follows up cannot exist.
    const { at, ...job } = firstQuestion(order, followUpSeconds)
    await queue.enqueue(tx, 'follow_up_order', job, at)
  })
}
