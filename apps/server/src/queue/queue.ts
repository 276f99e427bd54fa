import { fromPrisma, PgBoss, type ConstructorOptions, type Job, type JobResult } from 'pg-boss'
import type { Transaction } from '../db/database.ts'
import { JOB_NAMES, JOBS, type JobData, type JobDescription, type JobName } from './jobs.ts'

const TIME_ZONE = 'Asia/Shanghai'
const FIRST_RETRY_SECONDS = 5
const LONGEST_RETRY_SECONDS = 600
/** Some three hours of failing; then the sweep finds what was left. */
const RETRIES = 25

const DESCRIPTIONS: Readonly<Record<JobName, JobDescription>> = JOBS

/** Work for later, kept in the database beside what it is about. */
export interface Queue {
  /** Part of the caller's transaction: one that is rolled back leaves no job. */
  enqueue<Name extends JobName>(
    tx: Transaction,
    name: Name,
    data: JobData[Name],
    at: Date,
  ): Promise<void>
  readonly boss: PgBoss
  close(): Promise<void>
}

export interface QueueOptions {
  readonly boss: ConstructorOptions
  readonly onError: (error: Error) => void
}

/** Opens the queue and makes its tables; whoever does the work comes later, or is another process. */
export async function openQueue({ boss: options, onError }: QueueOptions): Promise<Queue> {
  const boss = new PgBoss({ ...options, clockMonitorIntervalSeconds: 600 })
  boss.on('error', onError)
  await boss.start()
  for (const name of JOB_NAMES) {
    const { expiresAfterSeconds, key } = DESCRIPTIONS[name]
    await boss.createQueue(name, {
      policy: key === undefined ? 'standard' : 'short',
      expireInSeconds: expiresAfterSeconds,
      retryLimit: RETRIES,
      retryDelay: FIRST_RETRY_SECONDS,
      retryBackoff: true,
      retryDelayMax: LONGEST_RETRY_SECONDS,
    })
  }
  return {
    boss,
    async enqueue(tx, name, data, at) {
      const { key } = DESCRIPTIONS[name]
      const singletonKey = key === undefined ? undefined : String(Reflect.get(data, key))
      await boss.send(name, data, {
        startAfter: at,
        db: fromPrisma(tx),
        ...(singletonKey !== undefined && { singletonKey }),
      })
    },
    close: () => boss.stop({ graceful: true, close: true }),
  }
}

/** What each job does when its time has come. */
export type JobHandlers = { readonly [Name in JobName]: (data: JobData[Name]) => Promise<void> }

const POLL_SECONDS = 1
const WORKERS = 2
/** Of one worker; a full batch is followed by the next without waiting for the poll. */
const AT_ONCE = 5

const WORK_OPTIONS = {
  pollingIntervalSeconds: POLL_SECONDS,
  localConcurrency: WORKERS,
  batchSize: AT_ONCE,
  burstWhenBatchFull: true,
  perJobResults: true,
} as const

export interface Work {
  readonly handlers: JobHandlers
  readonly onFailure: (failure: { job: JobName; error: unknown }) => void
}

/** Takes jobs, also those that other processes have left, until the queue is closed. */
export async function startWorkers({ boss }: Queue, { handlers, onFailure }: Work): Promise<void> {
  for (const name of JOB_NAMES) {
    const handle = handlers[name] as (data: unknown) => Promise<void>
    const settle = async ({ id, data }: Job<unknown>): Promise<JobResult> => {
      try {
        await handle(data)
        return { id, status: 'completed' }
      } catch (error) {
        onFailure({ job: name, error })
        return { id, status: 'failed' }
      }
    }
    await boss.work(name, WORK_OPTIONS, (jobs) => Promise.all(jobs.map(settle)))
    const { cron } = DESCRIPTIONS[name]
    if (cron !== undefined) await boss.schedule(name, cron, {}, { tz: TIME_ZONE })
  }
}
