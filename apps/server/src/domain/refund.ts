import type { RefundState } from '@dashang/shared/contracts/refunds'

/** What WeChat says of a refund that it has: `accepted` is not yet money, `abnormal` waits. */
export type ToldEvent = 'accepted' | 'succeeded' | 'closed' | 'abnormal'
/** `refused`: it did not take the refund, and never will. */
export type RefundEvent = ToldEvent | 'refused'

export type RefundDecision =
  /** Save `next`. */
  | { readonly kind: 'apply'; readonly next: RefundState }
  /** Already true, or no longer of interest: change nothing. */
  | { readonly kind: 'replay' }
  /** Money and state disagree: keep it as a case. */
  | { readonly kind: 'conflict'; readonly reason: string }

type Outcome = RefundState | 'replay' | 'conflict'

/** One row for each state, one column for each event; the compiler refuses a missing cell. */
const OUTCOMES = {
  requested: {
    accepted: 'processing',
    succeeded: 'succeeded',
    closed: 'closed',
    abnormal: 'abnormal',
    refused: 'closed',
  },
  // What WeChat has, no refusal of a repeat takes away.
  processing: {
    accepted: 'replay',
    succeeded: 'succeeded',
    closed: 'closed',
    abnormal: 'abnormal',
    refused: 'replay',
  },
  // Somebody sends it another way in the merchant's console, or gives it up there.
  abnormal: {
    accepted: 'replay',
    succeeded: 'succeeded',
    closed: 'closed',
    abnormal: 'replay',
    refused: 'replay',
  },
  // The answer that it was accepted may be slower than the money.
  succeeded: {
    accepted: 'replay',
    succeeded: 'replay',
    closed: 'conflict',
    abnormal: 'conflict',
    refused: 'replay',
  },
  // Its money was given back to the order: whatever moves now was not counted.
  closed: {
    accepted: 'conflict',
    succeeded: 'conflict',
    closed: 'replay',
    abnormal: 'conflict',
    refused: 'replay',
  },
} as const satisfies Record<RefundState, Record<RefundEvent, Outcome>>

/** Says what a word of WeChat means for a refund. */
export function decide(state: RefundState, event: RefundEvent): RefundDecision {
  const outcome: Outcome = OUTCOMES[state][event]
  if (outcome === 'conflict') return { kind: 'conflict', reason: `${event} while ${state}` }
  return outcome === 'replay' ? { kind: 'replay' } : { kind: 'apply', next: outcome }
}

const IS_FINAL = {
  requested: false,
  processing: false,
  abnormal: false,
  succeeded: true,
  closed: true,
} as const satisfies Record<RefundState, boolean>

export const isFinal = (state: RefundState): boolean => IS_FINAL[state]
