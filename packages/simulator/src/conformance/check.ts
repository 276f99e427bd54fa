import type { Stage } from './stage.ts'

/** By which version of the API a server places its orders. */
export type Channel = 'v2' | 'v3'

/** One promise that a server keeps or does not. */
export interface Check {
  readonly title: string
  /** What happens to a merchant that does not keep it. */
  readonly why: string
  readonly fix: string
  /** Only there; without it everywhere. */
  readonly channel?: Channel
  /** Waits more than it works, so it runs beside the others. */
  readonly isSlow?: true
  /** Runs when all others have: it adds up what they saw, or changes what they go by. */
  readonly isLast?: true
  /** Answers what was seen, or throws `Failed` or `Skipped`. */
  readonly run: (stage: Stage) => Promise<string>
}

export type CheckTable = Readonly<Record<string, Check>>
