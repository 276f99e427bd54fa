import type { Refund } from '../order.ts'

/** Where the money goes: the balance of the user. */
export const USER_BALANCE = '支付用户零钱'

/** Where the money comes from. */
export const refundAccountOf = ({ placed }: Refund): string =>
  placed['refund_account'] ?? 'REFUND_SOURCE_UNSETTLED_FUNDS'
