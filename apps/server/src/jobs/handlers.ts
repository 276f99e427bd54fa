import type { FastifyBaseLogger } from 'fastify'
import type { JobHandlers } from '../queue/queue.ts'
import type { Services } from '../services.ts'

interface Dependencies {
  readonly services: Services
  readonly logger: FastifyBaseLogger
}

/** Which use case each job runs. */
export function createHandlers({ services, logger }: Dependencies): JobHandlers {
  const { ledger, orders, reconciliation, refunds, retention } = services
  return {
    follow_up_order: (question) => orders.followUp(question, logger),
    check_words: (recheck) => orders.checkWords(recheck, logger),
    remove_old: () => retention.removeOld(logger),
    async sweep() {
      await orders.sweep(logger)
      await refunds.sweep(logger)
    },
    async check_ledger() {
      await ledger.check(logger)
    },
    follow_up_refund: (job) => refunds.followUp(job, logger),
    async reconcile_bill() {
      await reconciliation.compareYesterday(logger)
    },
  }
}
