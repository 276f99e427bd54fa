import type { OrderView } from '@dashang/shared/contracts/orders'
import type { Tip } from './tip'

/** An order as it was sent, word for word: the same id with another content would be refused. */
export function tipOfOrder(order: OrderView): Tip {
  const { orderId, amountFen, creator, message, displayName, isAnonymous } = order
  return {
    orderId,
    amountFen,
    creator: creator.slug,
    isAnonymous,
    ...(message !== null && { message }),
    ...(displayName !== null && { displayName }),
  }
}
