import { useLoad } from '@tarojs/taro'
import { tipOf } from '../../flow/pay-tip'
import { usePayment } from '../../flow/use-payment'
import { tipServices } from '../../lib/tip-services'

export function useTip() {
  const payment = usePayment(tipServices)
  const choose = (amountFen: number) => {
    payment.pay(tipOf(tipServices, amountFen))
  }
  // An app that was killed at the cashier comes back here.
  useLoad(payment.resume)
  return { ...payment, choose }
}
