import { isFaultRule, type FaultRule, type Outcome } from '@dashang/simulator'
import fc from 'fast-check'

/** What may happen in a simulated world, as plain data, so that a world can be told again. */
export type Step =
  | { readonly do: 'tap' | 'tap_twice' | 'confirm'; readonly tip: number; readonly at: number }
  | { readonly do: 'tip'; readonly tip: number; readonly at: number; readonly outcome: Outcome }
  | { readonly do: 'cashier'; readonly tip: number; readonly outcome: Outcome }
  | { readonly do: 'fault'; readonly rule: FaultRule }
  | { readonly do: 'clock'; readonly seconds: number }
  | { readonly do: 'jobs'; readonly at: number }
  | { readonly do: 'forge'; readonly tip: number; readonly how: Forgery }
  | { readonly do: 'refund'; readonly tip: number; readonly percent: number }
  | { readonly do: 'restart'; readonly at: number }

export const FORGERIES = ['wrong_key', 'changed_amount', 'no_signature', 'not_xml'] as const
export type Forgery = (typeof FORGERIES)[number]

export interface Script {
  /** Each tip's user and amount, by its number. */
  readonly tips: readonly { readonly user: string; readonly amountFen: number }[]
  readonly steps: readonly Step[]
}

const TIPS = 4
const SERVERS = 2
const tip = fc.nat(TIPS - 1)
const at = fc.nat(SERVERS - 1)

const OUTCOMES: readonly Outcome[] = [
  'pay',
  'pay',
  'cancel',
  'fail',
  'vanish',
  'pay_and_report_fail',
  'pay_and_vanish',
  'pay_again',
]

const CALL_FAULTS = [
  'timeout_before',
  'timeout_after',
  'http_500',
  'garbage',
  'unsigned',
  'wrong_signature',
  'system_error',
  'frequency_limited',
] as const
const CALLS = ['unifiedorder', 'orderquery', 'closeorder', 'refund', 'refundquery'] as const
const NOTIFICATION_FAULTS = [
  'drop',
  'duplicate',
  'tampered',
  'wrong_amount',
  'wrong_appid',
  'wrong_mchid',
  'wrong_currency',
  'wrong_payer',
  'unknown_order',
  'payment_failed',
] as const

const times = fc.integer({ min: 1, max: 3 })
interface Drawn {
  readonly on: string
  readonly fault: string
  readonly times: number
}

const fault: fc.Arbitrary<FaultRule> = fc
  .oneof<fc.Arbitrary<Drawn>[]>(
    fc.record({ on: fc.constantFrom(...CALLS), fault: fc.constantFrom(...CALL_FAULTS), times }),
    fc.record({
      on: fc.constant('notification'),
      fault: fc.constantFrom(...NOTIFICATION_FAULTS),
      times,
    }),
    fc.record({
      on: fc.constant('refund_settlement'),
      fault: fc.constantFrom('change', 'close', 'hold'),
      times,
    }),
  )
  .filter((rule): rule is Drawn & FaultRule => isFaultRule(rule))

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      do: fc.constant('tip' as const),
      tip,
      at,
      outcome: fc.constantFrom(...OUTCOMES),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('tap' as const), tip, at }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('tap_twice' as const), tip, at }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('confirm' as const), tip, at }) },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('cashier' as const),
      tip,
      outcome: fc.constantFrom(...OUTCOMES),
    }),
  },
  { weight: 6, arbitrary: fc.record({ do: fc.constant('fault' as const), rule: fault }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('clock' as const),
      seconds: fc.constantFrom(1, 5, 15, 40, 90, 400, 2000, 8000),
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('jobs' as const), at }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('forge' as const),
      tip,
      how: fc.constantFrom(...FORGERIES),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('refund' as const),
      tip,
      percent: fc.integer({ min: 1, max: 110 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('restart' as const), at }) },
)

/** A few tips of a few people and whatever comes between. */
export const script: fc.Arbitrary<Script> = fc.record({
  tips: fc.array(
    fc.record({
      user: fc.constantFrom('alice', 'bob'),
      amountFen: fc.integer({ min: 1, max: 50_000 }),
    }),
    { minLength: TIPS, maxLength: TIPS },
  ),
  steps: fc.array(step, { minLength: 12, maxLength: 40, size: 'max' }),
})
