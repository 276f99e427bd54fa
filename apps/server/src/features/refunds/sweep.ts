import type { FastifyBaseLogger } from 'fastify'
import type { RefundDependencies } from './dependencies.ts'
import { HOURLY_STEP, PATIENCE_SECONDS } from './follow-up-plan.ts'

/** The longest wait of the plan is an hour, so a refund of this age has a job or has lost it. */
const AGE_SECONDS = 2 * 3600
const MAX_SWEPT = 1000

/** Follows up refunds that nobody follows up any more, unless their time of patience is over. */
export async function sweep(
  { db, queue, now }: RefundDependencies,
  log: FastifyBaseLogger,
): Promise<void> {
  const at = now()
  const before = (seconds: number) => new Date(at.getTime() - seconds * 1000)
  const lost = await db.$queryRaw<{ id: string }[]>`
    SELECT r.id FROM refund r
    WHERE r.state IN ('requested', 'processing', 'abnormal')
      AND r.created_at < ${before(AGE_SECONDS)} AND r.created_at > ${before(PATIENCE_SECONDS)}
      AND NOT EXISTS (
        SELECT FROM pgboss.job j WHERE j.name = 'follow_up_refund' AND j.data->>'refundId' = r.id
          AND j.data->>'step' IS NOT NULL AND j.state IN ('created', 'retry', 'active'))
    ORDER BY r.created_at LIMIT ${MAX_SWEPT}`
  for (const { id: refundId } of lost) {
    const job = { refundId, step: HOURLY_STEP }
    await db.$transaction((tx) => queue.enqueue(tx, 'follow_up_refund', job, at))
  }
  if (lost.length > 0) log.warn({ event: 'refunds_swept', refunds: lost.length })
}
