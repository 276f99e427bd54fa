/**
 * How a tip ended. Only `paid` and `already_paid` say that money arrived, `unconfirmed` says that it
 * may have moved, and all others promise that nothing was charged.
 */
export type TipEnding =
  | 'paid'
  | 'already_paid'
  | 'cancelled'
  | 'failed'
  | 'unconfirmed'
  | 'closed'
  | 'offline'
  | 'busy'
  /** What the person entered has to be changed. */
  | 'refused'
  /** Nothing that they can change would help. */
  | 'unpayable'
