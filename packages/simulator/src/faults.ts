import { Type, type Static } from 'typebox'
import { isKnownFault, type FaultName, type FaultTarget } from './fault-table.ts'

const MAX_COPIES = 50
const MAX_SECONDS = 366 * 24 * 60 * 60

const text = Type.String({ minLength: 1, maxLength: 128 })
const texts = Type.Array(text, { minItems: 1, maxItems: 1000 })
const count = Type.Integer({ minimum: 1 })

/** One rule: what goes wrong where, when and how often. The same as data and in code. */
export const FaultRuleBody = Type.Object(
  {
    on: text,
    fault: text,
    /** How many times from now; without it, until removed. */
    times: Type.Optional(count),
    /** How many occasions pass by first. */
    after: Type.Optional(Type.Integer({ minimum: 0 })),
    /** Each how manieth occasion after these; 1, the default, is each. */
    every: Type.Optional(count),
    /** Only what concerns one of these `out_trade_no`. */
    orders: Type.Optional(texts),
    /** Only a text that has one of these words. */
    words: Type.Optional(texts),
    /** How long something takes. */
    seconds: Type.Optional(Type.Number({ minimum: 0, maximum: MAX_SECONDS })),
    /** How many of it at once. */
    copies: Type.Optional(Type.Integer({ minimum: 2, maximum: MAX_COPIES })),
    /** Which field is changed. */
    field: Type.Optional(text),
  },
  { additionalProperties: false },
)

type Options = Omit<Static<typeof FaultRuleBody>, 'on' | 'fault'>

interface RuleOn<Target extends FaultTarget> extends Readonly<Options> {
  readonly on: Target
  readonly fault: FaultName<Target>
}

export type FaultRule = { [Target in FaultTarget]: RuleOn<Target> }[FaultTarget]

/** What a rule may look at before it strikes; `order` is asked for only when a rule names orders. */
export interface Occasion {
  readonly order?: () => string | null
  readonly text?: string
  /** Faults that cannot happen here: a rule of such a one waits for another occasion. */
  readonly unfit?: readonly string[]
}

/** A fault that struck, with what its rule said of it. */
export type Strike<Target extends FaultTarget> = Pick<
  RuleOn<Target>,
  'fault' | 'seconds' | 'copies' | 'field'
>

export interface Faults {
  list(): readonly FaultRule[]
  add(rule: FaultRule): void
  clear(): void
  /** The fault of this occasion, counted off. */
  strike<Target extends FaultTarget>(target: Target, occasion?: Occasion): Strike<Target> | null
  /** The same by its name alone. */
  take<Target extends FaultTarget>(target: Target, occasion?: Occasion): FaultName<Target> | null
  /** All faults of this occasion, each counted off once: a bill can be wrong in many places. */
  takeAll<Target extends FaultTarget>(target: Target): FaultName<Target>[]
}

/** What each of these says of; elsewhere it would be an option that nobody reads. */
const OPTIONS_OF = {
  words: ['risky', 'review'],
  seconds: ['delay', 'slow'],
  copies: ['parallel'],
  field: ['tampered'],
} as const satisfies Partial<Record<keyof Options, readonly string[]>>

/** Why this is no rule, or `null` when it is one. */
export function faultRuleProblem(rule: Static<typeof FaultRuleBody>): string | null {
  if (!isKnownFault(rule)) return 'unknown fault; GET /_sim/faults lists them'
  for (const [option, faults] of Object.entries(OPTIONS_OF)) {
    const isGiven = Object.hasOwn(rule, option)
    if (isGiven && !faults.some((fault) => fault === rule.fault)) {
      return `${option} belongs to ${faults.join(' and ')}`
    }
  }
  if (rule.on === 'notification' || rule.field === undefined) return null
  return 'field belongs to a payment’s notification'
}

export function isFaultRule(rule: { on: string; fault: string }): rule is FaultRule {
  return faultRuleProblem(rule) === null
}

interface Kept {
  readonly rule: FaultRule
  seen: number
  left: number
}

/** As it stands: `times` counts down. */
const listed = ({ rule, left }: Kept): FaultRule =>
  rule.times === undefined ? rule : { ...rule, times: left }

function fits({ orders, words }: FaultRule, { order, text = '' }: Occasion): boolean {
  if (words !== undefined && !words.some((word) => text.includes(word))) return false
  return orders === undefined || orders.includes(order?.() ?? '')
}

export function createFaults(): Faults {
  let kept: Kept[] = []

  function strikes(entry: Kept, occasion: Occasion): boolean {
    const { after = 0, every = 1, times } = entry.rule
    if (occasion.unfit?.includes(entry.rule.fault) || !fits(entry.rule, occasion)) return false
    entry.seen += 1
    const turn = entry.seen - after
    if (turn < 1 || (turn - 1) % every !== 0) return false
    if (times !== undefined && --entry.left === 0) kept = kept.filter((each) => each !== entry)
    return true
  }
  // `FaultRule` pairs each target with its own faults, which the compiler cannot follow.
  function rulesOn<Target extends FaultTarget>(target: Target) {
    return kept.filter(({ rule }) => rule.on === target) as (Kept & { rule: RuleOn<Target> })[]
  }
  function strike<Target extends FaultTarget>(target: Target, occasion: Occasion = {}) {
    return rulesOn(target).find((entry) => strikes(entry, occasion))?.rule ?? null
  }

  return {
    list: () => kept.map(listed),
    add(rule) {
      const problem = faultRuleProblem(rule)
      if (problem !== null) throw new Error(problem)
      kept = [...kept, { rule: { ...rule }, seen: 0, left: rule.times ?? Infinity }]
    },
    clear() {
      kept = []
    },
    strike,
    take: (target, occasion) => strike(target, occasion)?.fault ?? null,
    takeAll: (target) =>
      rulesOn(target)
        .filter((entry) => strikes(entry, {}))
        .map(({ rule }) => rule.fault),
  }
}
