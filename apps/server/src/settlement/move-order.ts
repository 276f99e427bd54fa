import { decide, type Decision, type OrderEvent } from '../domain/order.ts'
import type { Transaction } from '../db/database.ts'
import type { Cause, Order, Prisma } from '../generated/prisma/client.ts'

/** Each lost race means that another process moved the order, which happens a few times at most. */
const MAX_RACES = 5

/** The order as the caller has read it; it may have moved since. */
type Seen = Pick<Order, 'id' | 'state' | 'transactionId'>

/** Decides what an event means for an order, saves it, and writes it down as an event of the order. */
export async function moveOrder(
  tx: Transaction,
  seen: Seen,
  event: OrderEvent,
  meta: { cause: Cause; at: Date },
): Promise<Decision> {
  const { id: orderId } = seen
  let order = seen
  for (let race = 0; race < MAX_RACES; race += 1) {
    const { state } = order
    const decision = decide(order, event)
    if (decision.kind !== 'apply') return decision

    const { count } = await tx.order.updateMany({
      where: { id: orderId, state },
      data: { state: decision.next, ...columnsOf(event, { from: state, at: meta.at }) },
    })
    if (count === 0) {
      order = await tx.order.findUniqueOrThrow({ where: { id: orderId } })
      continue
    }
    await tx.orderEvent.create({
      data: {
        orderId,
        type: event.type,
        fromState: state,
        toState: decision.next,
        cause: meta.cause,
        reference: referenceOf(event),
        createdAt: meta.at,
      },
    })
    return decision
  }
  throw new Error(`order ${orderId} moved ${MAX_RACES} times while one event was decided`)
}

function columnsOf(
  event: OrderEvent,
  { from, at }: { from: Order['state']; at: Date },
): Prisma.OrderUpdateManyMutationInput {
  switch (event.type) {
    case 'prepay_issued':
      return { prepayId: event.prepayId }
    case 'payment_confirmed':
      return {
        transactionId: event.transactionId,
        paidAt: event.paidAt,
        isPaidLate: from === 'closed',
      }
    case 'closed':
      return { closedAt: at }
  }
}

function referenceOf(event: OrderEvent): string | null {
  switch (event.type) {
    case 'prepay_issued':
      return event.prepayId
    case 'payment_confirmed':
      return event.transactionId
    case 'closed':
      return event.because ?? null
  }
}
