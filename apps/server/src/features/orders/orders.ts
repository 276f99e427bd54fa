import type { ConfirmAnswer, OrderView } from '@dashang/shared/contracts/orders'
import type { Payment } from '@dashang/shared/contracts/payment'
import { AppError } from '@dashang/shared/errors'
import type { FastifyBaseLogger } from 'fastify'
import type { JobData } from '../../queue/jobs.ts'
import { checkWords, type Recheck } from './check-words.ts'
import { confirmOrder } from './confirm.ts'
import type { OrderRequest } from './create-order.ts'
import { decodeCursor, encodeCursor } from './cursor.ts'
import type { OrderDependencies } from './dependencies.ts'
import { followUp } from './follow-up.ts'
import { prepay } from './prepay.ts'
import { sweep } from './sweep.ts'
import { viewOf, WITH_DETAILS } from './view.ts'

const PAGE_SIZE = 20

interface Whose {
  readonly userId: string
  readonly orderId: string
}

export interface Orders {
  prepay(
    request: OrderRequest,
    log: FastifyBaseLogger,
  ): Promise<{ orderId: string; payment: Payment }>
  find(whose: Whose): Promise<OrderView>
  confirm(whose: Whose, log: FastifyBaseLogger): Promise<ConfirmAnswer>
  /** For the job: asks about one order, and asks again later. */
  followUp(question: JobData['follow_up_order'], log: FastifyBaseLogger): Promise<void>
  /** For the job: asks again whether everybody may see what was written. */
  checkWords(recheck: Recheck, log: FastifyBaseLogger): Promise<void>
  /** For the job: finds orders that are followed up no more. */
  sweep(log: FastifyBaseLogger): Promise<void>
  list(
    userId: string,
    cursor: string | undefined,
  ): Promise<{ orders: OrderView[]; nextCursor: string | null }>
}

export function createOrders(dependencies: OrderDependencies): Orders {
  const { db, now } = dependencies

  async function findOrder({ userId, orderId }: Whose) {
    const where = { id: orderId, userId }
    const order = await db.order.findUnique({ where, include: WITH_DETAILS })
    if (order === null) throw new AppError('ORDER_NOT_FOUND', 'this user has no such order')
    return order
  }

  return {
    prepay: (request, log) => prepay(dependencies, request, log),
    followUp: (question, log) => followUp(dependencies, question, log),
    checkWords: (recheck, log) => checkWords(dependencies, recheck, log),
    sweep: (log) => sweep(dependencies, log),
    find: async (whose) => viewOf(await findOrder(whose), now()),

    async confirm(whose, log) {
      const order = await findOrder(whose)
      if (order.state === 'paid') return { payment: 'paid', order: viewOf(order, now()) }
      const payment = await confirmOrder(dependencies, order, log)
      return { payment, order: viewOf(await findOrder(whose), now()) }
    },

    async list(userId, cursor) {
      const rows = await db.order.findMany({
        where: { userId, ...(cursor !== undefined && after(cursor)) },
        include: WITH_DETAILS,
        orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
        take: PAGE_SIZE + 1,
      })
      const page = rows.slice(0, PAGE_SIZE)
      const last = rows.length > PAGE_SIZE ? page.at(-1) : undefined
      return {
        orders: page.map((order) => viewOf(order, now())),
        nextCursor: last ? encodeCursor({ createdAt: last.createdAt, orderId: last.id }) : null,
      }
    },
  }
}

function after(cursor: string) {
  const { createdAt, orderId } = decodeCursor(cursor)
  return { OR: [{ createdAt: { lt: createdAt } }, { createdAt, id: { lt: orderId } }] }
}
