import type { FastifyBaseLogger } from 'fastify'
import type { Database } from '../db/database.ts'
import type { Channel } from '../generated/prisma/client.ts'

/** Says how much is still open of a channel that is not configured any more: nobody can ask about it. */
export async function reportAbsent(
  db: Database,
  absent: readonly Channel[],
  log: FastifyBaseLogger,
): Promise<void> {
  for (const channel of absent) {
    const orders = await db.order.count({
      where: { channel, state: { in: ['created', 'prepaid'] } },
    })
    const refunds = await db.refund.count({
      where: { channel, state: { in: ['requested', 'processing', 'abnormal'] } },
    })
    if (orders + refunds > 0) log.error({ event: 'channel_absent', channel, orders, refunds })
  }
}
