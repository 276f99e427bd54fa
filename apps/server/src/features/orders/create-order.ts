import { AppError } from '@dashang/shared/errors'
import type { FastifyBaseLogger } from 'fastify'
import { isWithin, limitsOf } from '../../domain/creator.ts'
import type { MessageState, Prisma } from '../../generated/prisma/client.ts'
import { firstCheckAt } from './check-words.ts'
import type { OrderDependencies } from './dependencies.ts'
import { firstQuestion } from './follow-up-plan.ts'
import { judge, readWords, textOf, type Words, type WordsRequest } from './words.ts'

/** A `prepay_id` lives two hours from when it is issued, so it lives at least as long as this. */
const LIFETIME_MS = 2 * 60 * 60 * 1000

export interface OrderRequest extends WordsRequest {
  readonly userId: string
  readonly orderId: string
  readonly amountFen: number
  readonly clientIp: string
  /** The slug; without it, the one creator of the settings. */
  readonly creator?: string
}

export type OrderWithUser = Prisma.OrderGetPayload<{ include: { user: true } }>

/** What an order is about, checked; a repeat has to say the same. */
interface Content extends Words {
  readonly creatorId: string
  readonly amountFen: number
}

/**
 * Makes the order's row, or finds the one that an earlier try of the same request has made. Nothing
 * is placed at WeChat without a row here.
 */
export async function createOrder(
  dependencies: OrderDependencies,
  request: OrderRequest,
  log: FastifyBaseLogger,
): Promise<OrderWithUser> {
  const { userId, orderId } = request
  const { content, isRetired } = await readContent(dependencies, request)
  // What was checked once is not checked again.
  const isAsked = isRetired || textOf(content) !== ''
  const known = isAsked ? await findOrder(dependencies, orderId) : null
  if (known === null) {
    if (isRetired) throw new AppError('CREATOR_RETIRED', 'this creator takes no new tips')
    const messageState = await judge(dependencies, { userId, orderId, words: content }, log)
    await insertOrder(dependencies, request, { ...content, messageState })
  }
  const order = known ?? (await findOrder(dependencies, orderId))
  if (order?.userId !== userId) throw new AppError('ORDER_NOT_FOUND', 'an order of another user')
  const names = Object.keys(content) as (keyof Content)[]
  const differing = names.filter((name) => order[name] !== content[name])
  if (differing.length > 0) {
    throw new AppError('ORDER_CONFLICT', `ordered before with another ${differing.join(', ')}`)
  }
  return order
}

function findOrder({ db }: OrderDependencies, id: string): Promise<OrderWithUser | null> {
  return db.order.findUnique({ where: { id }, include: { user: true } })
}

async function readContent(
  { db, offer }: OrderDependencies,
  { creator: creatorId = offer.creatorId, amountFen, ...request }: OrderRequest,
): Promise<{ content: Content; isRetired: boolean }> {
  // The creator of the settings has the limits of the settings, so nobody has to look.
  const isOfSettings = creatorId === offer.creatorId
  const creator = isOfSettings ? null : await db.creator.findUnique({ where: { id: creatorId } })
  if (!isOfSettings && creator === null) {
    throw new AppError('CREATOR_NOT_FOUND', 'no creator of this slug')
  }
  const limits = creator === null ? offer : limitsOf(creator, offer)
  if (!isWithin(amountFen, limits)) {
    throw new AppError('AMOUNT_NOT_ALLOWED', `outside ${limits.minFen} to ${limits.maxFen} fen`)
  }
  const content = { creatorId, amountFen, ...readWords(request) }
  return { content, isRetired: (creator?.retiredAt ?? null) !== null }
}

async function insertOrder(
  { db, queue, channels, offer, followUpSeconds, now }: OrderDependencies,
  { userId, orderId, clientIp }: OrderRequest,
  content: Content & { readonly messageState: MessageState },
): Promise<void> {
  const createdAt = now()
  const channel = channels.forNewOrders
  const order = {
    id: orderId,
    userId,
    ...content,
    merchantAccountId: offer.merchantAccountId,
    channel: channel.name,
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
    if (content.messageState !== 'pending') return
    await queue.enqueue(tx, 'check_words', { orderId, step: 0 }, firstCheckAt(createdAt))
  })
}
