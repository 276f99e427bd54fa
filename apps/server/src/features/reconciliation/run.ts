import type { BeijingDay } from '@dashang/shared/signing/beijing-time'
import type { FastifyBaseLogger } from 'fastify'
import type { Database } from '../../db/database.ts'
import type { Queue } from '../../queue/queue.ts'

/** Whose money is compared: a merchant number, as one mini-program uses it. */
export interface Account {
  readonly id: string
  readonly appid: string
  readonly mchid: string
}

/** One comparison of one day. Its staged rows carry its id, so that no other run sees them. */
export interface Run {
  readonly id: string
  readonly db: Database
  readonly queue: Queue
  readonly log: FastifyBaseLogger
  readonly account: Account
  readonly day: BeijingDay
  readonly at: Date
}

/** A run whose findings are written down under this reconciliation. */
export interface OpenRun extends Run {
  readonly reconciliationId: string
}

/** How much is read at once, of what differs. */
export const PAGE_SIZE = 500

/** Does the work for each row that is found, a page at a time. */
export async function forEachFound<Row>(
  run: OpenRun,
  find: (run: OpenRun, after: Row | null) => Promise<Row[]>,
  work: (run: OpenRun, row: Row) => Promise<void>,
): Promise<void> {
  let page = await find(run, null)
  while (page.length > 0) {
    for (const row of page) await work(run, row)
    page = page.length < PAGE_SIZE ? [] : await find(run, page.at(-1) ?? null)
  }
}
