import type { OrderView } from '@dashang/shared/contracts/orders'
import { useDidShow, usePullDownRefresh, useRouter } from '@tarojs/taro'
import { useEffect } from 'react'
import { usePayment } from '../../flow/payment-context'
import { tipOfOrder } from '../../flow/tip-of-order'
import { useLoaded } from '../../flow/use-loaded'
import { doubtOf, isEnding } from '../../flow/use-payment'
import { stopPullDown } from '../../lib/navigation'
import { getOrder } from '../../lib/orders'
import { useEnding } from '../../lib/use-ending'

export function useRecord() {
  const orderId = useRouter().params['orderId'] ?? ''
  const [order, reload] = useLoaded(orderId, getOrder)
  const payment = usePayment()
  const { phase } = payment
  const ending = useEnding(payment, { orderId })

  useDidShow(() => {
    if (order.kind !== 'loading') void reload()
  })
  usePullDownRefresh(() => void reload().then(stopPullDown))
  // Under the ending the order is fetched anew, so that what is said of it then is true.
  useEffect(() => {
    if (isEnding(phase)) void reload()
  }, [phase, reload])

  return {
    order,
    payment,
    ending,
    inDoubt: doubtOf(phase)?.tip.orderId ?? null,
    retry: () => void reload(),
    pay: (open: OrderView) => {
      payment.pay(tipOfOrder(open))
    },
  }
}
