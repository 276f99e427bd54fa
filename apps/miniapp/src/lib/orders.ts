import type { ApiAnswer } from '@dashang/shared/contracts/api'
import type { OrderView } from '@dashang/shared/contracts/orders'
import { call } from './api'

/** What I have tipped, newest first. */
export function listOrders(cursor: string | null): Promise<ApiAnswer<'GET /api/orders'>> {
  return call('GET /api/orders', { query: cursor === null ? {} : { cursor } })
}

export function getOrder(orderId: string): Promise<OrderView> {
  return call('GET /api/orders/:orderId', { params: { orderId } })
}
