import type { OrderState, OrderView, TipRefund } from '@dashang/shared/contracts/orders'
import type { RefundState } from '@dashang/shared/contracts/refunds'
import { formatBeijingTime } from '@dashang/shared/signing/beijing-time'
import type { MessageState, Prisma } from '../../generated/prisma/client.ts'

/** WeChat wants a deadline more than a minute ahead, and a person needs some time to pay. */
const LAST_CALL_MS = 90 * 1000

/** What belongs to an order wherever its payer sees it. */
export const WITH_DETAILS = {
  creator: { select: { id: true, name: true } },
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
  readonly creator: { readonly id: string; readonly name: string }
  readonly message: string | null
  readonly displayName: string | null
  readonly isAnonymous: boolean
  readonly messageState: MessageState
  readonly createdAt: Date
  readonly expiresAt: Date
  readonly paidAt: Date | null
  readonly transactionId: string | null
  readonly refunds: readonly StoredRefund[]
}

export function isExpired(order: Pick<StoredOrder, 'expiresAt'>, now: Date): boolean {
  return order.expiresAt.getTime() - now.getTime() < LAST_CALL_MS
}

export function viewOf(order: StoredOrder, now: Date): OrderView {
  const { id: orderId, amountFen, state, creator, paidAt } = order
  const { message, displayName, isAnonymous, messageState, transactionId } = order
  const isOpen = state === 'created' || state === 'prepaid'
  return {
    orderId,
    amountFen,
    state,
    creator: { slug: creator.id, name: creator.name },
    message,
    displayName,
    isAnonymous,
    messageState,
    isPayable: isOpen && !isExpired(order, now),
    createdAt: order.createdAt.toISOString(),
    paidAt: paidAt?.toISOString() ?? null,
    receiptNumber: paidAt && receiptNumber(orderId, paidAt),
    transactionId,
    refunds: order.refunds.map(refundViewOf),
  }
}

/** Short enough to read aloud; day and beginning lead an operator to the order. */
function receiptNumber(orderId: string, paidAt: Date): string {
  return `${formatBeijingTime(paidAt).slice(0, 8)}-${orderId.slice(0, 8).toUpperCase()}`
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
