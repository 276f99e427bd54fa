import type { OrderState, OrderView, TipRefund } from '@dashang/shared/contracts/orders'
import type { RefundState } from '@dashang/shared/contracts/refunds'
import type { Prisma } from '../../generated/prisma/client.ts'

/** WeChat wants a deadline more than a minute ahead, and a person needs some time to pay. */
const LAST_CALL_MS = 90 * 1000

/** What belongs to an order wherever its payer sees it. */
export const WITH_REFUNDS = {
  refunds: { orderBy: [{ createdAt: 'asc' }, { id: 'asc' }] },
} as const satisfies Prisma.OrderInclude

interface StoredRefund {
  readonly amountFen: number
  readonly state: RefundState
  readonly reason: string
  readonly createdAt: Date
}

interface StoredOrder {
  readonly id: string
  readonly amountFen: number
  readonly state: OrderState
  readonly createdAt: Date
  readonly expiresAt: Date
  readonly paidAt: Date | null
  readonly refunds: readonly StoredRefund[]
}

export function isExpired(order: Pick<StoredOrder, 'expiresAt'>, now: Date): boolean {
  return order.expiresAt.getTime() - now.getTime() < LAST_CALL_MS
}

export function viewOf(order: StoredOrder, now: Date): OrderView {
  const isOpen = order.state === 'created' || order.state === 'prepaid'
  return {
    orderId: order.id,
    amountFen: order.amountFen,
    state: order.state,
    isPayable: isOpen && !isExpired(order, now),
    createdAt: order.createdAt.toISOString(),
    paidAt: order.paidAt?.toISOString() ?? null,
    refunds: order.refunds.map(refundViewOf),
  }
}

const SHOWN_STATES = {
  requested: 'processing',
  processing: 'processing',
  // A person looks for another way to send it.
  abnormal: 'processing',
  succeeded: 'succeeded',
  closed: 'failed',
} as const satisfies Record<RefundState, TipRefund['state']>

function refundViewOf({ amountFen, state, reason, createdAt }: StoredRefund): TipRefund {
  return { amountFen, state: SHOWN_STATES[state], reason, createdAt: createdAt.toISOString() }
}
