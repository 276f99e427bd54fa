import type { OrderView } from '@dashang/shared/contracts/orders'
import { call } from './api'

export interface OrderPage {
  readonly orders: readonly OrderView[]
  readonly nextCursor: string | null
}

/** What I have tipped, newest first. */
export function listOrders(cursor: string | null): Promise<OrderPage> {
  return call('GET /api/orders', { query: cursor === null ? {} : { cursor } })
}
