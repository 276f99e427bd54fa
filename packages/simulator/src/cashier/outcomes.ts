interface OutcomeDescription {
  readonly charges: boolean
  /** What the client is told; `null` when it never hears anything. */
  readonly errMsg: string | null
}

/** What a person, or a script, can do at the cashier. */
export const OUTCOMES = {
  pay: { charges: true, errMsg: 'requestPayment:ok' },
  cancel: { charges: false, errMsg: 'requestPayment:fail cancel' },
  fail: { charges: false, errMsg: 'requestPayment:fail 系统繁忙，请稍后再试' },
  vanish: { charges: false, errMsg: null },
  pay_and_report_fail: { charges: true, errMsg: 'requestPayment:fail 系统繁忙，请稍后再试' },
  pay_and_vanish: { charges: true, errMsg: null },
  /** Also when it is paid: a second transaction for one order, which must not be, and happens. */
  pay_again: { charges: true, errMsg: 'requestPayment:ok' },
} as const satisfies Record<string, OutcomeDescription>

export type Outcome = keyof typeof OUTCOMES
