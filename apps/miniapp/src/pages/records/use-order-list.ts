import type { OrderView } from '@dashang/shared/contracts/orders'
import { useCallback, useRef, useState } from 'react'
import { ApiError } from '../../flow/api-error'
import { listOrders } from '../../lib/orders'

export interface OrderList {
  readonly state: 'loading' | 'ready' | 'failed'
  readonly orders: readonly OrderView[]
  readonly nextCursor: string | null
  /** What went wrong, where something did. */
  readonly message: string
}

const NOTHING: OrderList = { state: 'loading', orders: [], nextCursor: null, message: '' }

/** My orders, page after page. */
export function useOrderList() {
  const [list, setList] = useState(NOTHING)
  const isLoading = useRef(false)

  const load = useCallback(async (cursor: string | null): Promise<void> => {
    if (isLoading.current) return
    isLoading.current = true
    try {
      const page = await listOrders(cursor)
      setList((before) => {
        const orders = cursor === null ? page.orders : [...before.orders, ...page.orders]
        return { state: 'ready', orders, nextCursor: page.nextCursor, message: '' }
      })
    } catch (error) {
      const message = error instanceof ApiError ? error.message : '出了点问题，请稍后再试'
      setList((before) => ({ ...before, state: 'failed', message }))
    } finally {
      isLoading.current = false
    }
  }, [])

  return { list, load }
}
