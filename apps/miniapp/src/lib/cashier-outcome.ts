import type { CashierOutcome } from '../flow/tip'

/** WeChat tells a cancel from a failure only by this text, and has no code for either. */
const OUTCOMES: ReadonlyMap<string, CashierOutcome> = new Map([
  ['requestPayment:ok', 'submitted'],
  ['requestPayment:fail cancel', 'cancelled'],
  ['requestPayment:cancel', 'cancelled'],
])

/** `null` is a cashier that never said anything. */
export function outcomeOf(errMsg: string | null): CashierOutcome {
  return OUTCOMES.get(errMsg ?? '') ?? 'unknown'
}
