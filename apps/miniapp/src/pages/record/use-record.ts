import type { OrderView } from '@dashang/shared/contracts/orders'
import { useDidShow, usePullDownRefresh, useRouter } from '@tarojs/taro'
import { tipOfOrder } from '../../flow/tip-of-order'
import { useLoaded } from '../../flow/use-loaded'
import { usePayment } from '../../flow/use-payment'
import { getCreator } from '../../lib/creators'
import { stopPullDown } from '../../lib/navigation'
import { getOrder } from '../../lib/orders'
import { tipServices } from '../../lib/tip-services'

export function useRecord() {
  const [order, reload] = useLoaded(useRouter().params['orderId'] ?? '', getOrder)
  const payment = usePayment(tipServices)
  const isPaid = payment.phase.kind === 'done' && payment.phase.result.kind === 'paid'
  const slug = isPaid && order.kind === 'ready' ? order.value.creator.slug : null
  const [creator] = useLoaded(slug, getCreator)

  useDidShow(() => void reload())
  usePullDownRefresh(() => void reload().then(stopPullDown))

  return {
    order,
    payment,
    creator: creator.kind === 'ready' ? creator.value : null,
    retry: () => void reload(),
    pay: (open: OrderView) => {
      payment.pay(tipOfOrder(open))
    },
    proceed: () => {
      payment.proceed()
      void reload()
    },
  }
}
