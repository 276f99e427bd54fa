import type { FastifyBaseLogger } from 'fastify'
import type { OrderDependencies } from './dependencies.ts'

const GRACE_SECONDS = 600
/** What one sweep takes up; the next one comes in ten minutes. */
const MAX_SWEPT = 1000

/**
 * Follows up orders that nobody follows up any more. A job is lost only when all its retries have
 * failed, or by a hand in the database; no order may stay open because of it.
 */
export async function sweep(
  { db, queue, followUpSeconds, now }: OrderDependencies,
  log: FastifyBaseLogger,
): Promise<void> {
  const at = now()
  const step = followUpSeconds.length - 1
  const ageSeconds = (followUpSeconds[step] ?? 0) + GRACE_SECONDS
  const madeBefore = new Date(at.getTime() - ageSeconds * 1000)
  const stuck = await db.$queryRaw<{ id: string }[]>`
    SELECT o."id" FROM "tip_order" o
    WHERE o."state" IN ('created', 'prepaid') AND o."created_at" < ${madeBefore} AND NOT EXISTS (
      SELECT FROM pgboss.job j WHERE j."name" = 'follow_up_order' AND j."singleton_key" = o."id"
        AND j."state" IN ('created', 'retry', 'active'))
    ORDER BY o."created_at" LIMIT ${MAX_SWEPT}`
  for (const { id: orderId } of stuck) {
    const job = { orderId, step, tries: 0 }
    await db.$transaction((tx) => queue.enqueue(tx, 'follow_up_order', job, at))
  }
  if (stuck.length > 0) log.warn({ event: 'orders_swept', orders: stuck.length })
}
