import type { FastifyBaseLogger } from 'fastify'
import type { Database } from '../../src/db/database.ts'
import { JOB_NAMES } from '../../src/queue/jobs.ts'
import type { JobHandlers, Queue } from '../../src/queue/queue.ts'

/** A job that makes another at the same moment without end would keep a test for ever. */
const MAX_ROUNDS = 200

interface Workplace {
  readonly db: Database
  readonly queue: Queue
  readonly handlers: JobHandlers
  readonly logger: FastifyBaseLogger
  readonly now: () => Date
}

/**
 * Does the work of a worker by hand: every job that is due in the time of the test, and those that
 * become due by it, until none is left. Answers how many were done.
 */
export async function runDueJobs(workplace: Workplace): Promise<number> {
  let count = 0
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const done = await runOnce(workplace)
    if (done === 0) return count
    count += done
  }
  throw new Error(`jobs are still due after ${MAX_ROUNDS} rounds`)
}

async function runOnce({ db, queue, handlers, logger, now }: Workplace): Promise<number> {
  // The queue goes by the clock of the database, and the test by that of the simulator.
  await db.$executeRaw`UPDATE pgboss.job SET start_after = now() - interval '1 second'
    WHERE state IN ('created', 'retry') AND start_after <= ${now()}`
  let count = 0
  for (const name of JOB_NAMES) {
    const handle = handlers[name] as (data: unknown) => Promise<void>
    for (const job of await queue.boss.fetch(name, { batchSize: 100 })) {
      count += 1
      try {
        await handle(job.data)
        await queue.boss.complete(name, job.id)
      } catch (error) {
        logger.error({ event: 'job_failed', name, err: error })
        await queue.boss.fail(name, job.id)
      }
    }
  }
  return count
}
