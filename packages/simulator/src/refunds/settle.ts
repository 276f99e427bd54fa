import type { SettlementFault } from '../fault-table.ts'
import { notifyOfRefund } from '../notify/engine.ts'
import type { Refund, RefundOutcome } from '../order.ts'
import type { Platform } from '../platform.ts'

/** How long a refund is PROCESSING when nothing goes wrong. */
export const SETTLES_AFTER_MS = 3000

const FAULTY_OUTCOMES = {
  change: 'CHANGE',
  close: 'REFUNDCLOSE',
  hold: null,
} as const satisfies Record<SettlementFault, RefundOutcome | null>

/** Settles a refund when its time has come, unless somebody was faster. */
export function scheduleSettlement(platform: Platform, refund: Refund): void {
  if (refund.settlesAt === null) return
  platform.clock.schedule(refund.settlesAt, async () => {
    if (refund.settlesAt === null) return
    refund.settlesAt = null
    const fault = platform.faults.take('refund_settlement')
    const outcome = fault === null ? 'SUCCESS' : FAULTY_OUTCOMES[fault]
    if (outcome !== null) settleRefund(platform, refund, outcome)
  })
}

/** Goes on with what was not settled yet when the platform was stopped. */
export function resumeSettlements(platform: Platform): void {
  for (const refund of platform.refunds.values()) scheduleSettlement(platform, refund)
}

/** False when the refund is over. After CHANGE the merchant may still bring it to an end. */
export function settleRefund(
  platform: Platform,
  refund: Refund,
  outcome: RefundOutcome,
): { isSettled: boolean } {
  const isOver = refund.status === 'SUCCESS' || refund.status === 'REFUNDCLOSE'
  if (isOver || refund.status === outcome) return { isSettled: false }
  refund.status = outcome
  refund.settlesAt = null
  const settledAt = platform.clock.now()
  refund.settledAt = settledAt
  platform.log.add(settledAt, 'refund_settled', { outRefundNo: refund.outRefundNo, outcome })
  notifyOfRefund(platform, refund, { outcome, settledAt })
  return { isSettled: true }
}
