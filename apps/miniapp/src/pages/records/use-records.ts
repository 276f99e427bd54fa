import type { OrderView } from '@dashang/shared/contracts/orders'
import { useDidShow, usePullDownRefresh, useReachBottom } from '@tarojs/taro'
import { useEffect } from 'react'
import { tipOfOrder } from '../../flow/tip-of-order'
import { usePaged } from '../../flow/use-paged'
import { usePayment } from '../../flow/use-payment'
import { stopPullDown } from '../../lib/navigation'
import { listOrders } from '../../lib/orders'
import { tipServices } from '../../lib/tip-services'

const fetchPage = async (cursor: string | null) => {
  const { orders, nextCursor } = await listOrders(cursor)
  return { items: orders, nextCursor }
}
const keyOf = ({ orderId }: OrderView) => orderId

export function useRecords() {
  const { list, load, more } = usePaged(fetchPage, keyOf)
  const payment = usePayment(tipServices)

  // Back from a detail or from paying, the first rows may read otherwise; the deeper ones stay.
  useDidShow(() => void load(null, 'merged'))
  usePullDownRefresh(() => void load(null).then(stopPullDown))
  useReachBottom(more)
  const isListShown = payment.phase.kind === 'choosing'
  useEffect(() => {
    if (isListShown) void load(null, 'merged')
  }, [isListShown, load])

  return {
    list,
    payment,
    retry: () => void load(list.nextCursor),
    pay: (order: OrderView) => {
      payment.pay(tipOfOrder(order))
    },
  }
}
