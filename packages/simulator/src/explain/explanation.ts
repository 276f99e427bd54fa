import type { Difference } from './difference.ts'
import type { Rule, Unchecked, Words } from './rules.ts'

/** A refusal as WeChat writes it; `code` is `null` where there is none, as of API v2 at the door. */
export interface RefusalAnswer {
  readonly status: number
  readonly code: string | null
  readonly message: string
}

/** What was found out about one message. */
export interface Explanation {
  /** Such as «API v2, request»; `null` for what is no message. */
  readonly kind: string | null
  /** `unknown` when a key is missing that would decide it. */
  readonly verdict: 'accepted' | 'refused' | 'unknown'
  readonly rule: Rule | null
  /** What exactly broke the rule, or what is missing to know. */
  readonly detail: string | null
  /** What it would be answered where it is refused. */
  readonly answer: RefusalAnswer | null
  /** What a request by itself does not tell. */
  readonly unchecked: readonly Unchecked[]
  /** What has to be signed, byte for byte, but for the key. */
  readonly toSign: string | null
  readonly expected: string | null
  readonly given: string | null
  readonly difference: Difference | null
  /** A usual mistake that would give exactly this signature. */
  readonly mistake: Words | null
  /** What was encrypted in it. */
  readonly opened: string | null
}

const NOTHING = {
  rule: null,
  detail: null,
  answer: null,
  unchecked: [],
  toSign: null,
  expected: null,
  given: null,
  difference: null,
  mistake: null,
  opened: null,
} as const

type Facts = Partial<Omit<Explanation, 'kind' | 'verdict' | 'rule'>>

export const accepted = (kind: string, facts: Facts = {}): Explanation => ({
  ...NOTHING,
  ...facts,
  kind,
  verdict: 'accepted',
})

export const refused = (kind: string | null, rule: Rule, facts: Facts = {}): Explanation => ({
  ...NOTHING,
  ...facts,
  kind,
  verdict: 'refused',
  rule,
})

/** Cannot be decided: `detail` says what is missing. */
export const undecided = (kind: string, detail: string, facts: Facts = {}): Explanation => ({
  ...NOTHING,
  ...facts,
  kind,
  verdict: 'unknown',
  detail,
})
