import type { TipRefund } from '@dashang/shared/contracts/orders'
import type { KnownCode } from '../flow/api-error'
import type { TipEnding } from '../flow/tip-ending'

interface Ending {
  readonly title: string
  readonly text: (amount: string) => string
  readonly action: string
}

/** Every ending of a tip has words, in every language, or nothing compiles. */
export type ResultWords = Readonly<Record<TipEnding, Ending>>

export type ErrorWords = Readonly<Record<KnownCode, string>>

export type RefundStateWords = Readonly<Record<TipRefund['state'], string>>
