import type { OrderView } from '@dashang/shared/contracts/orders'
import { useDidShow, usePullDownRefresh, useReachBottom } from '@tarojs/taro'
import { useEffect } from 'react'
import { usePayment } from '../../flow/payment-context'
import { tipOfOrder } from '../../flow/tip-of-order'
import { usePaged } from '../../flow/use-paged'
import { doubtOf, isEnding } from '../../flow/use-payment'
import { stopPullDown } from '../../lib/navigation'
import { listOrders } from '../../lib/orders'
import { useEnding } from '../../lib/use-ending'

const fetchPage = async (cursor: string | null) => {
  const { orders, nextCursor } = await listOrders(cursor)
  return { items: orders, nextCursor }
}
const keyOf = ({ orderId }: OrderView) => orderId

export function useRecords() {
  const { list, load, more, retry } = usePaged(fetchPage, keyOf)
  const payment = usePayment()
  const { phase } = payment
  const ending = useEnding(payment)

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
    ending,
    inDoubt: doubtOf(phase)?.tip.orderId ?? null,
    more,
    retry,
    pay: (order: OrderView) => {
      payment.pay(tipOfOrder(order))
    },
  }
}
