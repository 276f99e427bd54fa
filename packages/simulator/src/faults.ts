import type { FaultName, FaultTarget } from './fault-table.ts'
import { faultRuleProblem, type FaultRule, type RuleOn } from './fault-rule.ts'

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

/** A rule as it stands now. */
export type ListedRule = FaultRule & {
  readonly id: string
  /** On how many occasions it could have struck, whether it was its turn or not. */
  readonly seen: number
  /** How often it struck. */
  readonly fired: number
  /** How often it will yet; `null` where only its removal ends it. */
  readonly left: number | null
}

export interface Faults {
  list(): readonly ListedRule[]
  /** Answers the id of the rule, which no other one ever has. */
  add(rule: FaultRule): string
  /** Answers the rule that is gone; `null` when no such rule was left. */
  remove(id: string): FaultRule | null
  clear(): void
  /** The fault of this occasion, counted off. */
  strike<Target extends FaultTarget>(target: Target, occasion?: Occasion): Strike<Target> | null
  /** The same by its name alone. */
  take<Target extends FaultTarget>(target: Target, occasion?: Occasion): FaultName<Target> | null
  /** All faults of this occasion, each counted off once: a bill can be wrong in many places. */
  takeAll<Target extends FaultTarget>(target: Target): FaultName<Target>[]
  /** What a saved state has of them. */
  keep(): KeptFaults
  /** Takes what was kept, in place of all that is there. */
  restore(kept: KeptFaults): void
}

export interface KeptFaults {
  /** How many rules there ever were, so that no id is given twice. */
  readonly added: number
  readonly rules: readonly Kept[]
}

interface Kept {
  readonly id: string
  readonly rule: FaultRule
  seen: number
  fired: number
}

const leftOf = ({ rule: { times }, fired }: Kept) => (times === undefined ? null : times - fired)

const listed = (entry: Kept): ListedRule => {
  const { id, rule, seen, fired } = entry
  return { id, ...rule, seen, fired, left: leftOf(entry) }
}

function fits({ orders, words }: FaultRule, { order, text = '' }: Occasion): boolean {
  if (words !== undefined && !words.some((word) => text.includes(word))) return false
  return orders === undefined || orders.includes(order?.() ?? '')
}

/** Whether it is the turn of this rule, which counts an occasion that it fits. */
function isTurnOf(entry: Kept, occasion: Occasion): boolean {
  const { after = 0, every = 1 } = entry.rule
  if (occasion.unfit?.includes(entry.rule.fault) || !fits(entry.rule, occasion)) return false
  entry.seen += 1
  const turn = entry.seen - after
  return turn >= 1 && (turn - 1) % every === 0
}

function assertRule(rule: FaultRule): void {
  const problem = faultRuleProblem(rule)
  if (problem !== null) throw new Error(problem)
}

export function createFaults(): Faults {
  const { entries, ...rules } = createRules()

  function strikes(entry: Kept, occasion: Occasion): boolean {
    if (!isTurnOf(entry, occasion)) return false
    entry.fired += 1
    if (leftOf(entry) === 0) rules.remove(entry.id)
    return true
  }
  // `FaultRule` pairs each target with its own faults, which the compiler cannot follow.
  function rulesOn<Target extends FaultTarget>(target: Target) {
    return entries().filter(({ rule }) => rule.on === target) as (Kept & { rule: RuleOn<Target> })[]
  }
  function strike<Target extends FaultTarget>(target: Target, occasion: Occasion = {}) {
    return rulesOn(target).find((entry) => strikes(entry, occasion))?.rule ?? null
  }

  return {
    ...rules,
    strike,
    take: (target, occasion) => strike(target, occasion)?.fault ?? null,
    takeAll: (target) =>
      rulesOn(target)
        .filter((entry) => strikes(entry, {}))
        .map(({ rule }) => rule.fault),
  }
}

type Rules = Omit<Faults, 'strike' | 'take' | 'takeAll'> & { entries(): readonly Kept[] }

function createRules(): Rules {
  let kept: readonly Kept[] = []
  let added = 0
  return {
    entries: () => kept,
    list: () => kept.map(listed),
    add(rule) {
      assertRule(rule)
      added += 1
      const id = `rule-${added}`
      kept = [...kept, { id, rule: { ...rule }, seen: 0, fired: 0 }]
      return id
    },
    remove(id) {
      const found = kept.find((entry) => entry.id === id)
      kept = kept.filter((entry) => entry !== found)
      return found?.rule ?? null
    },
    clear() {
      kept = []
    },
    keep: () => ({ added, rules: kept }),
    restore(before) {
      added = before.added
      kept = before.rules
    },
  }
}
