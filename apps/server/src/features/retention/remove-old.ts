import type { FastifyBaseLogger } from 'fastify'
import type { Database } from '../../db/database.ts'
import { Prisma } from '../../generated/prisma/client.ts'

const BATCH = 1000
const LEDGER_CHECK_DAYS = 90
const DAY_MS = 24 * 60 * 60 * 1000

export interface RetentionSettings {
  readonly notificationBodyDays: number
  readonly eventDays: number
}

export interface Retention {
  /** Keeps the database small: what nobody will ask for any more goes, orders and money never. */
  removeOld(log: FastifyBaseLogger): Promise<void>
}

interface Dependencies {
  readonly db: Database
  readonly settings: RetentionSettings
  readonly now: () => Date
}

/** One batch: how much it removed, and where the next one begins; `null` for the last. */
interface Batch {
  readonly removed: number
  readonly next: bigint | null
}

export function createRetention({ db, settings, now }: Dependencies): Retention {
  const before = (days: number) => new Date(now().getTime() - days * DAY_MS)

  async function inBatches(
    what: string,
    log: FastifyBaseLogger,
    remove: (after: bigint) => Promise<Batch>,
  ): Promise<void> {
    let after: bigint | null = 0n
    while (after !== null) {
      const { removed, next }: Batch = await remove(after)
      if (removed > 0) log.info({ event: 'old_removed', what, removed })
      after = next
    }
  }

  return {
    async removeOld(log) {
      const { notificationBodyDays, eventDays } = settings
      const bodies = before(notificationBodyDays)
      await inBatches('notification_bodies', log, () => emptyBodies(db, bodies))
      const events = before(eventDays)
      await inBatches('order_events', log, (after) => removeEvents(db, { after, before: events }))
      const checks = before(LEDGER_CHECK_DAYS)
      await inBatches('ledger_checks', log, () => removeChecks(db, checks))
    },
  }
}

const batchOf = (removed: number): Batch => ({ removed, next: removed === BATCH ? 0n : null })

async function emptyBodies(db: Database, before: Date): Promise<Batch> {
  return batchOf(
    await db.$executeRaw`UPDATE "notification" SET "body" = NULL WHERE "id" IN (
      SELECT "id" FROM "notification" WHERE "body" IS NOT NULL AND "received_at" < ${before}
      ORDER BY "received_at" LIMIT ${BATCH})`,
  )
}

async function removeChecks(db: Database, before: Date): Promise<Batch> {
  return batchOf(
    await db.$executeRaw`DELETE FROM "ledger_check" WHERE "id" IN (
      SELECT "id" FROM "ledger_check" WHERE "checked_at" < ${before} ORDER BY "id" LIMIT ${BATCH})`,
  )
}

/**
 * All events of an order or none, or the check of the ledger would miss the beginning. Events are
 * numbered in the order of time, so the first batch without an old one is the last to look at.
 */
async function removeEvents(
  db: Database,
  { after, before }: { after: bigint; before: Date },
): Promise<Batch> {
  const seen = await db.$queryRaw<{ id: bigint; orderId: string; isOld: boolean }[]>`
    SELECT "id", "order_id" AS "orderId", "created_at" < ${before} AS "isOld"
    FROM "order_event" WHERE "id" > ${after} ORDER BY "id" LIMIT ${BATCH}`
  const old = seen.filter(({ isOld }) => isOld)
  if (old.length === 0) return { removed: 0, next: null }
  const orderIds = [...new Set(old.map(({ orderId }) => orderId))]
  const [, removed] = await db.$transaction([
    db.$executeRaw`SET LOCAL dashang.retention = 'on'`,
    db.$executeRaw`DELETE FROM "order_event" WHERE "order_id" IN (
      SELECT o."id" FROM "tip_order" o WHERE o."id" IN (${Prisma.join(orderIds)})
        AND o."state" IN ('paid', 'closed') AND NOT EXISTS (
          SELECT FROM "order_event" e WHERE e."order_id" = o."id" AND e."created_at" >= ${before})
      FOR UPDATE)`,
  ])
  return { removed, next: seen.length === BATCH ? (seen.at(-1)?.id ?? null) : null }
}
