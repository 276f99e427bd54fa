import type { PaymentStatus } from '@dashang/shared/contracts/orders'
import type { FastifyBaseLogger } from 'fastify'
import type { Order } from '../../generated/prisma/client.ts'
import type { OrderDependencies } from './dependencies.ts'
import { logRecorded, recordAnswer } from './record-answer.ts'

/** Asks WeChat once, and writes down what it says. */
export async function confirmOrder(
  { db, queue, channels, now }: OrderDependencies,
  order: Order,
  log: FastifyBaseLogger,
): Promise<PaymentStatus> {
  const result = await channels.of(order.channel).query(order.id)
  const meta = { cause: 'query', at: now() } as const
  const recorded = await db.$transaction((tx) => recordAnswer({ tx, queue }, order, result, meta))
  logRecorded(log, { orderId: order.id, cause: meta.cause, answer: result.kind }, recorded)
  return recorded.status
}
