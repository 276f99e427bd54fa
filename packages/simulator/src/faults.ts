import { V3_CALL_FAULTS, V3_REFUND_FAULTS } from './pay-v3/faults.ts'

const CALL_FAULTS = {
  timeout_before: 'does nothing and never answers',
  timeout_after: 'does the work and never answers',
  http_500: 'does nothing and answers HTTP 500 with a page of HTML',
  garbage: 'does the work and answers what is not XML',
  unsigned: 'does the work and answers without a signature',
  wrong_signature: 'does the work and signs the answer with another key',
  system_error: 'does nothing and answers SYSTEMERROR',
  frequency_limited: 'does nothing and answers FREQUENCY_LIMITED',
} as const

const REFUND_FAULTS = {
  ...CALL_FAULTS,
  not_enough: 'does nothing and answers NOTENOUGH, the balance of the merchant is too low',
  need_retry: 'does nothing and answers BIZERR_NEED_RETRY',
  account_abnormal: 'does nothing and answers USER_ACCOUNT_ABNORMAL',
} as const

const DOWNLOAD_FAULTS = {
  timeout_before: 'never answers',
  http_500: 'answers HTTP 500 with a page of HTML',
  garbage: 'answers what is neither a bill nor XML',
  system_error: 'answers error_code 20100',
  cut: 'breaks the connection in the middle of the last row',
  short: 'ends in the middle of the last row as if it were the end',
} as const

const LOGIN_FAULTS = {
  timeout_before: 'never answers; the code stays good',
  http_500: 'answers HTTP 500; the code stays good',
  busy: 'answers -1; the code stays good',
  risk: 'answers 40226, high-risk user',
  too_often: 'answers 45011, too often',
} as const

const NOTIFICATION_FAULTS = {
  drop: 'the attempt gets lost on its way',
  duplicate: 'the attempt is made twice at once',
  tampered: 'total_fee is changed after signing',
  wrong_amount: 'total_fee is one fen more, with a good signature',
  wrong_appid: 'another appid, with a good signature',
  wrong_mchid: 'another mch_id, with a good signature',
  wrong_currency: 'another fee_type, with a good signature',
  wrong_payer: 'another openid, with a good signature',
  unknown_order: 'an out_trade_no nobody placed, with a good signature',
  payment_failed: 'result_code FAIL instead of a payment, with a good signature',
} as const

const SETTLEMENT_FAULTS = {
  change: 'ends as CHANGE instead of SUCCESS',
  close: 'ends as REFUNDCLOSE instead of SUCCESS',
  hold: 'stays PROCESSING until somebody settles it',
} as const

const REFUND_NOTIFICATION_FAULTS = {
  drop: 'the attempt gets lost on its way',
  duplicate: 'the attempt is made twice at once',
  tampered: 'req_info is changed and cannot be read',
  wrong_amount: 'refund_fee is one fen more, well encrypted',
  wrong_status: 'SUCCESS instead of another outcome, REFUNDCLOSE instead of SUCCESS',
  wrong_appid: 'another appid',
  wrong_mchid: 'another mch_id',
  unknown_order: 'an order nobody placed, well encrypted',
  unknown_refund: 'a refund nobody asked for, well encrypted',
} as const

const BILL_FAULTS = {
  omit_payment: 'lacks the first payment',
  extra_payment: 'has a payment that never was, after the first one',
  wrong_amount: 'the first payment is one fen more',
  omit_refund: 'lacks the first refund',
  extra_refund: 'has a refund that never was, after the first one',
  wrong_refund_amount: 'the first refund is one fen more',
  wrong_fee: 'the fee of the first row is one fen more',
  wrong_summary: 'the sum of the payments is one fen more than its rows',
  legacy_columns: 'has the columns of before 2018',
  no_bom_lf: 'has no byte order mark, and line feeds alone',
} as const

/** What can go wrong where. The README's table and `/_sim/faults` are this one. */
export const FAULTS = {
  jscode2session: LOGIN_FAULTS,
  unifiedorder: CALL_FAULTS,
  orderquery: CALL_FAULTS,
  closeorder: CALL_FAULTS,
  refund: REFUND_FAULTS,
  refundquery: CALL_FAULTS,
  downloadbill: DOWNLOAD_FAULTS,
  notification: NOTIFICATION_FAULTS,
  refund_settlement: SETTLEMENT_FAULTS,
  refund_notification: REFUND_NOTIFICATION_FAULTS,
  bill: BILL_FAULTS,
  v3_jsapi: V3_CALL_FAULTS,
  v3_query: V3_CALL_FAULTS,
  v3_close: V3_CALL_FAULTS,
  v3_refund: V3_REFUND_FAULTS,
  v3_refund_query: V3_CALL_FAULTS,
  v3_certificates: V3_CALL_FAULTS,
} as const

export type FaultTarget = keyof typeof FAULTS
export type CallFault = keyof typeof CALL_FAULTS
export type RefundFault = keyof typeof REFUND_FAULTS
export type DownloadFault = keyof typeof DOWNLOAD_FAULTS
export type LoginFault = keyof typeof LOGIN_FAULTS
export type NotificationFault = keyof typeof NOTIFICATION_FAULTS
export type SettlementFault = keyof typeof SETTLEMENT_FAULTS
export type RefundNotificationFault = keyof typeof REFUND_NOTIFICATION_FAULTS
export type BillFault = keyof typeof BILL_FAULTS
export type FaultName<Target extends FaultTarget> = keyof (typeof FAULTS)[Target]

interface RuleOn<Target extends FaultTarget> {
  readonly on: Target
  readonly fault: FaultName<Target>
  /** How many times from now; without it, until removed. */
  times?: number
}

export type FaultRule = { [Target in FaultTarget]: RuleOn<Target> }[FaultTarget]

export interface Faults {
  list(): readonly FaultRule[]
  add(rule: FaultRule): void
  clear(): void
  /** The fault of this moment, counted off. */
  take<Target extends FaultTarget>(target: Target): FaultName<Target> | null
  /** All faults of this moment, each counted off once: a bill can be wrong in many places. */
  takeAll<Target extends FaultTarget>(target: Target): FaultName<Target>[]
}

export function isFaultRule(rule: { on: string; fault: string }): rule is FaultRule {
  const { on, fault } = rule
  return Object.hasOwn(FAULTS, on) && Object.hasOwn(FAULTS[on as FaultTarget], fault)
}

export function createFaults(): Faults {
  let rules: FaultRule[] = []

  function countOff(rule: FaultRule): void {
    if (rule.times !== undefined && --rule.times === 0) rules = rules.filter((r) => r !== rule)
  }
  // `FaultRule` pairs each target with its own faults, which the compiler cannot follow.
  function rulesOn<Target extends FaultTarget>(target: Target) {
    return rules.filter(({ on }) => on === target) as (FaultRule & RuleOn<Target>)[]
  }

  return {
    list: () => rules,
    add(rule) {
      rules = [...rules, { ...rule }]
    },
    clear() {
      rules = []
    },
    take(target) {
      const [rule] = rulesOn(target)
      if (rule === undefined) return null
      countOff(rule)
      return rule.fault
    },
    takeAll(target) {
      return rulesOn(target).map((rule) => {
        countOff(rule)
        return rule.fault
      })
    },
  }
}
