import { Type, type Static } from 'typebox'
import { FAULTS, isKnownFault, type FaultName, type FaultTarget } from './fault-table.ts'

const MAX_COPIES = 50
const MAX_SECONDS = 366 * 24 * 60 * 60

const text = Type.String({ minLength: 1, maxLength: 128 })
const texts = Type.Array(text, { minItems: 1, maxItems: 1000 })
const count = Type.Integer({ minimum: 1 })

const OPTIONS = {
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
} as const

/** One rule: what goes wrong where, when and how often. The same as data and in code. */
export const FaultRuleBody = Type.Object(
  { on: text, fault: text, ...OPTIONS },
  { additionalProperties: false },
)

type Options = Omit<Static<typeof FaultRuleBody>, 'on' | 'fault'>
export type FaultOption = keyof Options

export interface RuleOn<Target extends FaultTarget> extends Readonly<Options> {
  readonly on: Target
  readonly fault: FaultName<Target>
}

export type FaultRule = { [Target in FaultTarget]: RuleOn<Target> }[FaultTarget]

/** The options of a rule, each with the values that it takes, as JSON Schema. */
export const FAULT_OPTIONS: Readonly<Record<FaultOption, object>> = OPTIONS

/** Both of these have to fit, where both stand. */
interface Readers {
  readonly on?: readonly FaultTarget[]
  readonly faults?: readonly string[]
}

/** Who reads an option that not everybody reads; elsewhere it would be one that nobody reads. */
const READERS: Readonly<Partial<Record<FaultOption, Readers>>> = {
  orders: {
    on: [
      'unifiedorder',
      'orderquery',
      'closeorder',
      'refund',
      'refundquery',
      'v3_jsapi',
      'v3_query',
      'v3_close',
      'v3_refund',
      'v3_refund_query',
      'cashier',
      'notification',
      'refund_notification',
    ],
  },
  words: { faults: ['risky', 'review'] },
  seconds: { faults: ['delay', 'slow'] },
  copies: { faults: ['parallel'] },
  field: { on: ['notification'], faults: ['tampered'] },
}

interface Named {
  readonly on: string
  readonly fault: string
}

function isRead(option: FaultOption, { on, fault }: Named): boolean {
  const { on: targets, faults } = READERS[option] ?? {}
  return (targets?.some((target) => target === on) ?? true) && (faults?.includes(fault) ?? true)
}

const OPTION_NAMES = Object.keys(FAULT_OPTIONS) as FaultOption[]

/** Which options each fault of a place understands, for who offers them. */
export const UNDERSTOOD: Readonly<
  Record<string, Readonly<Record<string, readonly FaultOption[]>>>
> = Object.fromEntries(
  Object.entries(FAULTS).map(([on, faults]) => [
    on,
    Object.fromEntries(
      Object.keys(faults).map((fault) => [
        fault,
        OPTION_NAMES.filter((option) => isRead(option, { on, fault })),
      ]),
    ),
  ]),
)

/** Why this is no rule, or `null` when it is one. */
export function faultRuleProblem(rule: Static<typeof FaultRuleBody>): string | null {
  if (!isKnownFault(rule)) return 'unknown fault; GET /_sim/faults lists them'
  const unread = OPTION_NAMES.find((option) => Object.hasOwn(rule, option) && !isRead(option, rule))
  return unread === undefined ? null : `${unread} belongs to ${whereRead(unread)}`
}

function whereRead(option: FaultOption): string {
  const { on = [], faults = [] } = READERS[option] ?? {}
  return [faults.join(' and '), on.join(', ')].filter((words) => words !== '').join(' of ')
}

export function isFaultRule(rule: Named): rule is FaultRule {
  return faultRuleProblem(rule) === null
}
