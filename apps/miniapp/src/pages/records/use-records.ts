import { useDidShow, usePullDownRefresh, useReachBottom } from '@tarojs/taro'
import { useEffect } from 'react'
import { usePayment } from '../../flow/use-payment'
import { stopPullDown } from '../../lib/navigation'
import { tipServices } from '../../lib/tip-services'
import { useOrderList } from './use-order-list'

export function useRecords() {
  const { list, load } = useOrderList()
  const payment = usePayment(tipServices)
  const reload = () => void load(null).then(stopPullDown)

  useDidShow(reload)
  usePullDownRefresh(reload)
  useReachBottom(() => {
    if (list.nextCursor !== null) void load(list.nextCursor)
  })

  // Back from paying, the list is no longer what it was.
  const isListShown = payment.phase.kind === 'choosing'
  useEffect(() => {
    if (isListShown) void load(null)
  }, [isListShown, load])

  return { list, reload, ...payment }
}
