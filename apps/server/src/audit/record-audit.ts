import type { Transaction } from '../db/database.ts'
import type { Prisma } from '../generated/prisma/client.ts'

export interface Deed {
  /** The name that the operator's token belongs to. */
  readonly operator: string
  readonly action: string
  /** The id of the order, refund or case. */
  readonly target: string
  readonly details: Prisma.InputJsonObject
  readonly at: Date
}

/** Writes down who did what, in the transaction that does it. */
export async function recordAudit(tx: Transaction, deed: Deed): Promise<void> {
  const { operator, action, target, details, at: createdAt } = deed
  await tx.auditRecord.create({ data: { operator, action, target, details, createdAt } })
}
