import { beijingDayBefore } from '@dashang/shared/signing/beijing-time'
import type { FastifyBaseLogger } from 'fastify'
import { reconcile, type ReconciliationDependencies } from './reconcile.ts'

export interface Reconciliation {
  /** Compares yesterday. Throws where asking again may help, so that the job is tried again. */
  compareYesterday(log: FastifyBaseLogger): Promise<void>
}

export function createReconciliation(dependencies: ReconciliationDependencies): Reconciliation {
  return {
    async compareYesterday(log) {
      const day = beijingDayBefore(dependencies.now())
      const outcome = await reconcile(dependencies, day, log)
      if (outcome.kind === 'not_ready' || outcome.kind === 'unknown') {
        throw new Error(`the bill of ${day.name}: ${outcome.kind}`)
      }
      if (outcome.kind === 'refused') {
        log.error({ event: 'bill_refused', day: day.name, reason: outcome.reason })
      }
    },
  }
}
