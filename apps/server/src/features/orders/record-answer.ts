import type { PaymentStatus } from '@dashang/shared/contracts/orders'
import type { FastifyBaseLogger } from 'fastify'
import type { OrderEvent } from '../../domain/order.ts'
import type { Cause, Order } from '../../generated/prisma/client.ts'
import { moveOrder } from '../../settlement/move-order.ts'
import { settle, type Books } from '../../settlement/settle.ts'
import type { QueryResult } from '../../wechat/payment-channel.ts'

/** What WeChat says of an order, or that there is nothing there that anybody could ever pay. */
export type OrderAnswer = QueryResult | { readonly kind: 'absent' }

/** What an answer of WeChat came to. */
export interface Recorded {
  readonly status: PaymentStatus
  /** What somebody has to look at; for the log, once the transaction is committed. */
  readonly problem: ({ readonly event: string } & Readonly<Record<string, unknown>>) | null
}

/** The one way to write down what WeChat says of an order, whoever asked; in the caller's transaction. */
export async function recordAnswer(
  books: Books,
  order: Order,
  result: OrderAnswer,
  meta: { cause: Cause; at: Date },
): Promise<Recorded> {
  switch (result.kind) {
    case 'paid': {
      const settlement = await settle(books, result.fact, { orderId: order.id, ...meta })
      return settlement.kind === 'case'
        ? { status: 'unknown', problem: { event: 'case_opened', ...settlement } }
        : { status: 'paid', problem: null }
    }
    case 'closed':
      return close(books, order, { type: 'closed' }, meta)
    case 'absent':
      return close(books, order, { type: 'closed', because: 'not_found' }, meta)
    case 'not_paid':
      return { status: 'not_paid', problem: null }
    case 'refused':
      return { status: 'unknown', problem: { event: 'query_refused', reason: result.reason } }
    case 'not_found':
    case 'unknown':
      return { status: 'unknown', problem: null }
  }
}

async function close(
  { tx }: Books,
  order: Order,
  event: Extract<OrderEvent, { type: 'closed' }>,
  meta: { cause: Cause; at: Date },
): Promise<Recorded> {
  const decision = await moveOrder(tx, order, event, meta)
  return decision.kind === 'conflict'
    ? { status: 'paid', problem: { event: 'order_contradicted', reason: decision.reason } }
    : { status: 'not_paid', problem: null }
}

export function logRecorded(
  log: FastifyBaseLogger,
  asked: { orderId: string; cause: Cause; answer: OrderAnswer['kind'] },
  { status, problem }: Recorded,
): void {
  log.info({ event: 'order_queried', ...asked, status })
  if (problem !== null) log.error({ orderId: asked.orderId, ...problem })
}
