import type { OrderView } from '@dashang/shared/contracts/orders'
import { useDidShow, usePullDownRefresh, useRouter } from '@tarojs/taro'
import { useEffect } from 'react'
import { tipOfOrder } from '../../flow/tip-of-order'
import { useLoaded } from '../../flow/use-loaded'
import { isEnding, usePayment } from '../../flow/use-payment'
import { stopPullDown } from '../../lib/navigation'
import { getOrder } from '../../lib/orders'
import { tipServices } from '../../lib/tip-services'
import { useThanked } from '../../lib/use-thanked'

export function useRecord() {
  const [order, reload] = useLoaded(useRouter().params['orderId'] ?? '', getOrder)
  const payment = usePayment(tipServices)
  const { phase } = payment
  const thanked = useThanked(phase)

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
    thanked,
    retry: () => void reload(),
    pay: (open: OrderView) => {
      payment.pay(tipOfOrder(open))
    },
  }
}
