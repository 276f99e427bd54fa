/** What each kind of job has to know. A job may run twice, so it names what to look at, not what to do. */
export interface JobData {
  /** `step` counts the questions of a plan, `tries` the repeats of this one that came to nothing. */
  readonly follow_up_order: {
    readonly orderId: string
    readonly step: number
    readonly tries: number
  }
  readonly sweep: Record<string, never>
  readonly remove_old: Record<string, never>
  readonly check_ledger: Record<string, never>
  /** `step` counts the questions of a plan; `null` asks once, because a notice told of the refund. */
  readonly follow_up_refund: { readonly refundId: string; readonly step: number | null }
  readonly reconcile_bill: Record<string, never>
  /** `step` counts the questions about the words of one order. */
  readonly check_words: { readonly orderId: string; readonly step: number }
}

export type JobName = keyof JobData

export interface JobDescription {
  /** A run that takes longer is taken for dead, and the job is given to another worker. */
  readonly expiresAfterSeconds: number
  /** In Beijing time; without it the job is asked for by others. */
  readonly cron?: string
  /** What at most one waiting job may be about: asking for a second one changes nothing. */
  readonly key?: string
}

export const JOBS = {
  follow_up_order: { expiresAfterSeconds: 120, key: 'orderId' },
  remove_old: { expiresAfterSeconds: 3600, cron: '30 4 * * *' },
  sweep: { expiresAfterSeconds: 300, cron: '*/10 * * * *' },
  check_ledger: { expiresAfterSeconds: 300, cron: '5 * * * *' },
  follow_up_refund: { expiresAfterSeconds: 120 },
  // WeChat makes the bill of a day from 9:00 of the next on, and advises to wait until 10:00.
  reconcile_bill: { expiresAfterSeconds: 3600, cron: '30 10 * * *' },
  check_words: { expiresAfterSeconds: 120 },
} as const satisfies Record<JobName, JobDescription>

export const JOB_NAMES = Object.keys(JOBS) as JobName[]
