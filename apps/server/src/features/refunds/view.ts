import type { RefundView } from '@dashang/shared/contracts/refunds'
import type { Prisma } from '../../generated/prisma/client.ts'

/** What belongs to a refund wherever one is shown. */
export const WITH_EVENTS = {
  events: { orderBy: { id: 'asc' } },
} as const satisfies Prisma.RefundInclude

type RefundWithEvents = Prisma.RefundGetPayload<{ include: typeof WITH_EVENTS }>

export function viewOf(refund: RefundWithEvents): RefundView {
  return {
    refundId: refund.id,
    orderId: refund.orderId,
    amountFen: refund.amountFen,
    reason: refund.reason,
    origin: refund.origin,
    requestedBy: refund.requestedBy,
    state: refund.state,
    wechatRefundId: refund.wechatRefundId,
    caseId: refund.caseId,
    createdAt: refund.createdAt.toISOString(),
    settledAt: refund.settledAt?.toISOString() ?? null,
    events: refund.events.map(({ type, toState: state, cause, createdAt }) => {
      return { type, state, cause, createdAt: createdAt.toISOString() }
    }),
  }
}
