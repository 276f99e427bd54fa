import type { Payment } from '@dashang/shared/contracts/payment'
import Taro from '@tarojs/taro'
import type { CashierOutcome } from '../flow/tip'
import { outcomeOf } from './cashier-outcome'

/** Opens WeChat's cashier. No outcome is a receipt: only the server knows what was paid. */
export function openCashier(payment: Payment): Promise<CashierOutcome> {
  // Taro hands requestPayment straight to WeChat. Without callbacks an old WeChat returns no
  // promise, and `await` would go on at once as if the payment had been made.
  return new Promise((resolve) => {
    const { timeStamp, nonceStr, package: prepay, signType, paySign } = payment
    void Taro.requestPayment({
      timeStamp,
      nonceStr,
      package: prepay,
      signType,
      paySign,
      success: ({ errMsg }) => {
        resolve(outcomeOf(errMsg))
      },
      fail: ({ errMsg }) => {
        resolve(outcomeOf(errMsg))
      },
    })
  })
}
