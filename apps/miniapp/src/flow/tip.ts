/** One tip on its way. The order id stays with it through every retry. */
export interface Tip {
  readonly orderId: string
  readonly amountFen: number
}

/** A tip that is not settled, as the phone remembers it after the app was killed. */
export interface PendingTip extends Tip {
  /** The cashier was opened for it and nobody has said since that nothing was paid. */
  readonly mayBePaid: boolean
}

/**
 * How a tip ended. `cancelled` and `failed` promise that nothing was charged; `unconfirmed` says
 * that money may have moved.
 */
export interface TipResult {
  readonly kind: 'paid' | 'cancelled' | 'failed' | 'unconfirmed'
  readonly tip: Tip
  /** What the server said, in words for the person; where it said something. */
  readonly message?: string
  /** This order can never be paid any more; another try is another order. */
  readonly isOver?: boolean
}
