import type { OrderView } from '@dashang/shared/contracts/orders'

/** How a tip stands for the person who made it. */
export type RecordState = 'paid' | 'waiting' | 'open' | 'expired' | 'closed'

/** `inDoubt`: the id of the order that may have been paid, and of which WeChat has not spoken yet. */
export function recordState(
  { orderId, state, isPayable }: OrderView,
  inDoubt: string | null,
): RecordState {
  if (state === 'paid' || state === 'closed') return state
  if (orderId === inDoubt) return 'waiting'
  return isPayable ? 'open' : 'expired'
}

export interface Month {
  readonly year: number
  readonly month: number
  readonly orders: readonly OrderView[]
}

/** Orders as they come, newest first, under the months of the phone's own calendar. */
export function byMonth(orders: readonly OrderView[]): readonly Month[] {
  return orders.reduce<readonly Month[]>((months, order) => {
    const at = new Date(order.createdAt)
    const [year, month] = [at.getFullYear(), at.getMonth() + 1]
    const last = months[months.length - 1]
    if (last?.year !== year || last.month !== month) {
      return [...months, { year, month, orders: [order] }]
    }
    return [...months.slice(0, -1), { year, month, orders: [...last.orders, order] }]
  }, [])
}
