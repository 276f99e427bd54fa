import type { OrderView } from '@dashang/shared/contracts/orders'
import { useDidShow, usePullDownRefresh, useReachBottom } from '@tarojs/taro'
import { useEffect } from 'react'
import { tipOfOrder } from '../../flow/tip-of-order'
import { usePaged } from '../../flow/use-paged'
import { isEnding, usePayment } from '../../flow/use-payment'
import { stopPullDown } from '../../lib/navigation'
import { listOrders } from '../../lib/orders'
import { tipServices } from '../../lib/tip-services'
import { useThanked } from '../../lib/use-thanked'

const fetchPage = async (cursor: string | null) => {
  const { orders, nextCursor } = await listOrders(cursor)
  return { items: orders, nextCursor }
}
const keyOf = ({ orderId }: OrderView) => orderId

export function useRecords() {
  const { list, load, more, retry } = usePaged(fetchPage, keyOf)
  const payment = usePayment(tipServices)
  const { phase } = payment
  const thanked = useThanked(phase)

  // Back from a detail or from paying, the first rows may read otherwise; the deeper ones stay.
  useDidShow(() => void load('merged'))
  useEffect(() => {
    if (isEnding(phase)) void load('merged')
  }, [phase, load])
  usePullDownRefresh(() => void load().then(stopPullDown))
  useReachBottom(more)

  return {
    list,
    payment,
    thanked,
    retry,
    pay: (order: OrderView) => {
      payment.pay(tipOfOrder(order))
    },
  }
}
