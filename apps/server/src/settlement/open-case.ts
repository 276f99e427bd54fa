import type { Transaction } from '../db/database.ts'
import type { CaseKind, Cause, Prisma } from '../generated/prisma/client.ts'

export interface Contradiction {
  readonly kind: CaseKind
  readonly orderId: string
  readonly transactionId: string
  /** Tells apart what is about one order: a transaction or a refund. */
  readonly subject: string
  /** What differs. */
  readonly fields: readonly string[]
  /** What WeChat says. */
  readonly fact: Prisma.InputJsonObject
}

export interface OpenedCase {
  readonly kind: 'case'
  readonly caseId: string
  readonly case: CaseKind
  readonly fields: readonly string[]
}

const MAX_FINGERPRINT = 256

/** Keeps what does not fit for a person. WeChat repeats itself, and a repeat is not a second case. */
export async function openCase(
  tx: Transaction,
  contradiction: Contradiction,
  { cause, at }: { cause: Cause; at: Date },
): Promise<OpenedCase> {
  const { kind, orderId, transactionId, subject, fields, fact } = contradiction
  const fingerprint = [kind, orderId, subject, ...fields].join(':').slice(0, MAX_FINGERPRINT)
  const opened: Prisma.CaseCreateManyInput = {
    fingerprint,
    kind,
    state: 'open',
    cause,
    orderId,
    transactionId,
    fields: [...fields],
    fact,
    createdAt: at,
  }
  // WeChat repeats itself also at the same moment. An upsert that updates nothing would look first,
  // and lose to the other one.
  await tx.case.createMany({ data: [opened], skipDuplicates: true })
  const { id: caseId } = await tx.case.findUniqueOrThrow({ where: { fingerprint } })
  return { kind: 'case', caseId, case: kind, fields }
}
