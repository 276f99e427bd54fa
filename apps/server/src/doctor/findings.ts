import type { FindingText } from './finding.ts'
import { ACCOUNT_FINDINGS } from './findings/account.ts'
import { ADDRESS_FINDINGS } from './findings/addresses.ts'
import { KEY_FINDINGS } from './findings/keys.ts'
import { OPERATION_FINDINGS } from './findings/operation.ts'
import { PAIR_FINDINGS } from './findings/pair.ts'
import { PAYMENT_FINDINGS } from './findings/payment.ts'
import { PLATFORM_FINDINGS } from './findings/platform.ts'
import { REACH_FINDINGS } from './findings/reach.ts'
import type { Found } from './finding.ts'

/** All that the doctor may find. */
export const FINDINGS = {
  ...ACCOUNT_FINDINGS,
  ...KEY_FINDINGS,
  ...PAIR_FINDINGS,
  ...PLATFORM_FINDINGS,
  ...ADDRESS_FINDINGS,
  ...OPERATION_FINDINGS,
  ...REACH_FINDINGS,
  ...PAYMENT_FINDINGS,
} as const satisfies Readonly<Record<string, FindingText>>

export type FindingCode = keyof typeof FINDINGS

export type Finding = Found & { readonly code: FindingCode }

/** What was asked and how it stands; what does not arise counts on neither side. */
export interface Diagnosis {
  readonly right: number
  readonly findings: readonly Finding[]
}
