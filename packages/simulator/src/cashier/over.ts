import type { TradeState } from '../order.ts'
import type { Problem } from './payment-options.ts'

const PAID: Problem = ['该订单已支付', 'the order is paid']

/** Why an order in this state cannot be paid; `null` for one that can. */
export const OVER = {
  NOTPAY: null,
  SUCCESS: PAID,
  REFUND: PAID,
  CLOSED: ['该订单已关闭', 'the order is closed'],
} as const satisfies Record<TradeState, Problem | null>
