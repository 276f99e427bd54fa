import type { Transaction } from '../../db/database.ts'
import type { DifferenceKind } from '../../generated/prisma/client.ts'
import { openCase, type Contradiction } from '../../settlement/open-case.ts'
import type { OpenRun } from './run.ts'

export interface FoundDifference {
  readonly subject: 'payment' | 'refund'
  readonly kind: DifferenceKind
  readonly orderId: string
  readonly transactionId: string
  readonly refundId: string
  readonly amountFen: number
  readonly fields: readonly string[]
  /** `null`: settled by now, so nobody has to look at it. */
  readonly caseId: string | null
}

/** Our own numbers are shorter; a bill may say what it likes. */
const MAX_NUMBER_LENGTH = 64

/** Keeps a difference with the day. One that an earlier run has found is kept once. */
export async function keepDifference(
  tx: Transaction,
  { reconciliationId, at }: OpenRun,
  found: FoundDifference,
): Promise<void> {
  const short = (text: string) => text.slice(0, MAX_NUMBER_LENGTH)
  const difference = {
    ...found,
    orderId: short(found.orderId),
    transactionId: short(found.transactionId),
    refundId: short(found.refundId),
    fields: [...found.fields],
    reconciliationId,
    createdAt: at,
  }
  await tx.difference.createMany({ data: [difference], skipDuplicates: true })
}

/** The names of the cases that a comparison opens by itself, by what it has found. */
const CASES = {
  only_in_bill: 'only_in_bill',
  only_in_books: 'only_in_books',
  differs: 'bill_differs',
} as const satisfies Record<Exclude<DifferenceKind, 'settled'>, Contradiction['kind']>

/** Opens a case for what was found, and keeps both in one step. */
export async function openDifference(
  run: OpenRun,
  found: Omit<FoundDifference, 'caseId'> & { readonly kind: keyof typeof CASES },
): Promise<void> {
  const { subject, orderId, transactionId, refundId, amountFen, fields } = found
  const caseId = await run.db.$transaction(async (tx) => {
    const { caseId } = await openCase(
      tx,
      {
        kind: CASES[found.kind],
        orderId: orderId.slice(0, MAX_NUMBER_LENGTH),
        transactionId: transactionId.slice(0, MAX_NUMBER_LENGTH),
        subject: refundId || transactionId,
        fields,
        fact: { day: run.day.name, subject, orderId, transactionId, refundId, amountFen },
      },
      { cause: 'bill', at: run.at },
    )
    await keepDifference(tx, run, { ...found, caseId })
    return caseId
  })
  run.log.error({ event: 'case_opened', orderId, caseId, case: CASES[found.kind], fields })
}
