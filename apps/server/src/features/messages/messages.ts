import type { MessageList, MessageListQuery, MessageView } from '@dashang/shared/contracts/messages'
import { AppError } from '@dashang/shared/errors'
import { recordAudit } from '../../audit/record-audit.ts'
import type { Database } from '../../db/database.ts'
import type { Order } from '../../generated/prisma/client.ts'
import { moveWords } from '../../settlement/move-words.ts'

const PAGE_SIZE = 50

export interface Moderation {
  readonly orderId: string
  readonly operator: string
  readonly reason: string
}

/** What is written with tips, in the hands of operators. */
export interface Messages {
  list(query: MessageListQuery): Promise<MessageList>
  /** Takes the words out of everything public; again changes nothing. */
  hide(moderation: Moderation): Promise<MessageView>
  show(moderation: Moderation): Promise<MessageView>
}

const DEEDS = {
  hidden: { action: 'message_hidden', from: ['shown', 'pending'] },
  shown: { action: 'message_shown', from: ['hidden', 'pending'] },
} as const

export function createMessages({ db, now }: { db: Database; now: () => Date }): Messages {
  async function moderate(
    { orderId, operator, reason }: Moderation,
    to: keyof typeof DEEDS,
  ): Promise<MessageView> {
    const { action, from } = DEEDS[to]
    const at = now()
    return db.$transaction(async (tx) => {
      const isMoved = await moveWords(tx, { orderId, from, to, at })
      if (isMoved) {
        const deed = { operator, action, target: orderId, details: { reason }, at }
        await recordAudit(tx, deed)
      }
      const order = await tx.order.findUnique({ where: { id: orderId } })
      if (order === null) throw new AppError('ORDER_NOT_FOUND', 'the words of no order')
      if (order.messageState === 'none') throw new AppError('MESSAGE_NOT_FOUND', 'no words')
      return viewOf(order)
    })
  }

  return {
    list: (query) => list(db, query),
    hide: (moderation) => moderate(moderation, 'hidden'),
    show: (moderation) => moderate(moderation, 'shown'),
  }
}

/** The tips with words, by their numbers: that is the order in which the wall has them. */
async function list(db: Database, { creator, cursor }: MessageListQuery): Promise<MessageList> {
  const known = await db.creator.count({ where: { id: creator } })
  if (known === 0) throw new AppError('CREATOR_NOT_FOUND', 'no creator of this slug')
  const rows = await db.tipAlert.findMany({
    where: {
      creatorId: creator,
      kind: 'tip',
      order: { messageState: { not: 'none' } },
      ...(cursor !== undefined && { number: { lt: decodeCursor(cursor) } }),
    },
    include: { order: true },
    orderBy: { number: 'desc' },
    take: PAGE_SIZE + 1,
  })
  const page = rows.slice(0, PAGE_SIZE)
  const last = rows.length > PAGE_SIZE ? page.at(-1) : undefined
  return {
    messages: page.map(({ order }) => viewOf(order)),
    nextCursor: last ? String(last.number) : null,
  }
}

function decodeCursor(cursor: string): bigint {
  if (/^[1-9][0-9]{0,17}$/.test(cursor)) return BigInt(cursor)
  throw new AppError('INVALID_REQUEST', 'the cursor is not one of ours')
}

function viewOf(order: Order): MessageView {
  const { id: orderId, creatorId: creator, message, displayName, messageState: state } = order
  const paidAt = order.paidAt?.toISOString() ?? null
  return { orderId, creator, message, displayName, state, paidAt }
}
