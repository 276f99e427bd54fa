import type { Fields, SignType } from '@dashang/shared/signing/v2'

export type TradeState = 'NOTPAY' | 'SUCCESS' | 'REFUND' | 'CLOSED'

/** Both speak of the same orders, transactions and refunds. */
export type Api = 'v2' | 'v3'

export interface Order {
  /** By which it was placed, so by which the merchant is told of its payment. */
  readonly api: Api
  readonly outTradeNo: string
  readonly openid: string
  readonly totalFee: number
  /** How the second signature is made; RSA in v3. */
  readonly signType: SignType | 'RSA'
  /** The request that first placed it, in the words of v2 whichever it came by. */
  readonly placed: Fields
  readonly createdAt: Date
  /** `time_expire`, or a week without one: no payment after it. */
  readonly expiresAt: Date
  state: TradeState
  /** The first payment, which is all that WeChat tells of an order. */
  transactionId: string | null
  paidAt: Date | null
  /** All payments: one, unless something went wrong. */
  readonly transactions: Transaction[]
}

/** One payment of an order. */
export interface Transaction {
  readonly transactionId: string
  readonly order: Order
  readonly paidAt: Date
  readonly refunds: Refund[]
}

export const REFUND_OUTCOMES = ['SUCCESS', 'CHANGE', 'REFUNDCLOSE'] as const
export type RefundOutcome = (typeof REFUND_OUTCOMES)[number]

export interface Settlement {
  readonly outcome: RefundOutcome
  readonly settledAt: Date
}

export interface Refund {
  readonly api: Api
  readonly outRefundNo: string
  readonly refundId: string
  readonly transaction: Transaction
  readonly refundFee: number
  /** The request that asked for it, in the words of v2. */
  readonly placed: Fields
  readonly createdAt: Date
  status: 'PROCESSING' | RefundOutcome
  /** When it settles by itself; `null` when somebody else has to settle it, or did. */
  settlesAt: Date | null
  settledAt: Date | null
}

/** How long an order without `time_expire` can be paid. */
export const STANDARD_LIFETIME_MS = 7 * 24 * 60 * 60 * 1000

/** Like a merchant's console: an order past its time reads as closed though nobody closed it. */
export const tradeStateOf = ({ state, expiresAt }: Order, now: Date): TradeState =>
  state === 'NOTPAY' && expiresAt <= now ? 'CLOSED' : state
