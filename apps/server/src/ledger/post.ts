import type { Transaction } from '../db/database.ts'
import type { LedgerAccount, LedgerKind } from '../generated/prisma/client.ts'

interface Posting {
  readonly debit: LedgerAccount
  readonly credit: LedgerAccount
}

/** Which accounts each movement of money touches. `wechat_clearing` is what WeChat holds for us. */
const POSTINGS = {
  payment: { debit: 'wechat_clearing', credit: 'user_payments' },
  refund: { debit: 'refunds', credit: 'wechat_clearing' },
  // Paid twice for one order: not ours to keep, so it waits for its refund.
  second_payment: { debit: 'wechat_clearing', credit: 'suspense' },
  second_refund: { debit: 'suspense', credit: 'wechat_clearing' },
  fees: { debit: 'fees', credit: 'wechat_clearing' },
} as const satisfies Record<LedgerKind, Posting>

export interface Movement {
  readonly kind: LedgerKind
  /** What moved; the same reference cannot move twice. */
  readonly reference: string
  readonly orderId: string | null
  readonly amountFen: number
  readonly at: Date
}

/** Writes one movement of money with both its sides, in the transaction of what it is about. */
export async function post(tx: Transaction, movement: Movement): Promise<void> {
  const { kind, reference, orderId, amountFen, at } = movement
  const { debit, credit } = POSTINGS[kind]
  await tx.ledgerTransaction.create({
    data: {
      kind,
      reference,
      orderId,
      createdAt: at,
      entries: {
        createMany: {
          data: [
            { account: debit, amountFen },
            { account: credit, amountFen: -amountFen },
          ],
        },
      },
    },
    select: { id: true },
  })
}
