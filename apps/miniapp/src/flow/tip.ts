import type { ApiInput } from '@dashang/shared/contracts/api'
import type { ApiErrorCode } from './api-error'
import type { TipEnding } from './tip-ending'

/** One tip on its way, as it is sent. The order id stays with it through every retry. */
export type Tip = ApiInput<'POST /api/prepay'>['body']

/** What the person chose, before it has an order. */
export type TipContent = Omit<Tip, 'orderId'>

/** `submitted` is only the word of the phone: no outcome is a receipt. */
export type CashierOutcome = 'submitted' | 'cancelled' | 'unknown'

/** A tip that is not settled, as the phone remembers it after the app was killed. */
export interface PendingTip {
  readonly tip: Tip
  /** What the cashier said; `null` while nothing can have been paid. */
  readonly phone: CashierOutcome | null
  /** When the cashier opened, in milliseconds; `0` before. */
  readonly openedAt: number
}

export interface TipResult {
  readonly kind: TipEnding
  readonly tip: Tip
  /** Why the server refused, where it did. */
  readonly code?: ApiErrorCode
}
