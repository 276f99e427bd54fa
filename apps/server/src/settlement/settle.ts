import type { Transaction } from '../db/database.ts'
import { mismatches, type Ordered, type PaymentFact } from '../domain/payment-fact.ts'
import type { CaseKind, Cause } from '../generated/prisma/client.ts'
import { post } from '../ledger/post.ts'
import type { Queue } from '../queue/queue.ts'
import { moveOrder } from './move-order.ts'
import { openCase, type OpenedCase } from './open-case.ts'
import { raiseAlert } from './raise-alert.ts'
import { refundSecond } from './refund-second.ts'

export type Settlement =
  | { readonly kind: 'applied' }
  | { readonly kind: 'replay' }
  /** The money does not fit the books; nothing was paid by it. */
  | OpenedCase

/** What a settlement writes to, all in one transaction. */
export interface Books {
  readonly tx: Transaction
  readonly queue: Queue
}

interface Source {
  /** The order that the payment is said to be of. */
  readonly orderId: string
  readonly cause: Cause
  readonly at: Date
}

/**
 * What a payment does to an order, whoever told of it: it pays the order if every field is as
 * ordered, and else becomes a case. Runs in the caller's transaction, with whatever belongs to it.
 */
export async function settle(books: Books, fact: PaymentFact, source: Source): Promise<Settlement> {
  const { tx } = books
  const order = await tx.order.findUnique({
    where: { id: source.orderId },
    include: { user: true, merchantAccount: true },
  })
  if (order === null) return keep(tx, 'unknown_order', fact, source, ['orderId'])

  const { appid, mchid } = order.merchantAccount
  const { id: orderId, amountFen, currency } = order
  const ordered: Ordered = { appid, mchid, orderId, amountFen, currency, openid: order.user.openid }
  const fields = mismatches(ordered, fact)
  if (fields.length > 0) return keep(tx, 'mismatch', fact, source, fields)

  const { merchantAccountId } = order
  const { transactionId, paidAt } = fact
  const isReused = await tx.order.count({
    where: { merchantAccountId, transactionId, id: { not: orderId } },
  })
  if (isReused > 0) return keep(tx, 'transaction_reused', fact, source, ['transactionId'])

  const event = { type: 'payment_confirmed', transactionId, paidAt } as const
  const decision = await moveOrder(tx, order, event, source)
  if (decision.kind === 'replay') return { kind: 'replay' }
  const movement = { reference: transactionId, orderId, amountFen, at: source.at }
  if (decision.kind === 'apply') {
    await post(tx, { kind: 'payment', ...movement })
    await raiseAlert(tx, { creatorId: order.creatorId, orderId, kind: 'tip', at: source.at })
    return { kind: 'applied' }
  }
  const opened = await keep(tx, 'second_transaction', fact, source, ['transactionId'])
  await refundSecond(books, order, fact, { ...source, caseId: opened.caseId })
  return opened
}

function keep(
  tx: Transaction,
  kind: CaseKind,
  fact: PaymentFact,
  source: Source,
  fields: string[],
): Promise<OpenedCase> {
  const { orderId } = source
  const { transactionId } = fact
  const told = { ...fact, paidAt: fact.paidAt.toISOString() }
  const about = { orderId, transactionId, subject: transactionId }
  return openCase(tx, { kind, ...about, fields, fact: told }, source)
}
