import type { Transaction } from '../db/database.ts'
import { refundMismatches, type RefundFact, type RefundNews } from '../domain/refund-fact.ts'
import type { ToldEvent } from '../domain/refund.ts'
import type { CaseKind, Cause, Refund, RefundOrigin } from '../generated/prisma/client.ts'
import { post } from '../ledger/post.ts'
import { moveRefund } from './move-refund.ts'
import { openCase, type OpenedCase } from './open-case.ts'

export type RefundSettlement =
  { readonly kind: 'applied' } | { readonly kind: 'replay' } | OpenedCase

interface Source {
  readonly cause: Cause
  readonly at: Date
}

/**
 * What a word of WeChat does to a refund, whoever heard it: state, event, ledger, reservation and case
 * together. Runs in the caller's transaction.
 */
export async function settleRefund(
  tx: Transaction,
  refund: Refund,
  news: RefundNews,
  source: Source,
): Promise<RefundSettlement> {
  switch (news.kind) {
    case 'told':
      return hear(tx, refund, news.fact, source)
    case 'blocked':
      return keep(tx, refund, { kind: 'refund_blocked', fields: [news.code], fact: news }, source)
    case 'refused': {
      const move = { event: 'refused', wechatRefundId: null, reference: news.code } as const
      const { kind } = await moveRefund(tx, refund, move, source)
      if (kind !== 'apply') return { kind: 'replay' }
      await giveBack(tx, refund)
      return keep(tx, refund, { kind: 'refund_closed', fields: [news.code], fact: news }, source)
    }
  }
}

/** What a person has to know about although the table had an answer. */
const CASES: Readonly<Partial<Record<ToldEvent, CaseKind>>> = {
  closed: 'refund_closed',
  abnormal: 'refund_abnormal',
}

async function hear(
  tx: Transaction,
  refund: Refund,
  fact: RefundFact,
  source: Source,
): Promise<RefundSettlement> {
  const fields = refundMismatches({ ...refund, refundId: refund.id }, fact)
  if (fields.length > 0) {
    return keep(tx, refund, { kind: 'refund_mismatch', fields, fact: { ...fact } }, source)
  }
  const { event, wechatRefundId } = fact
  const move = { event, wechatRefundId, reference: wechatRefundId }
  const decision = await moveRefund(tx, refund, move, source)
  if (decision.kind === 'replay') return decision
  if (decision.kind === 'conflict') {
    const kind = 'refund_conflict'
    return keep(tx, refund, { kind, fields: [event], fact: { ...fact } }, source)
  }
  if (event === 'succeeded') await postRefund(tx, refund, source.at)
  if (event === 'closed') await giveBack(tx, refund)
  const { [event]: kind } = CASES
  if (kind === undefined) return { kind: 'applied' }
  return keep(tx, refund, { kind, fields: [event], fact: { ...fact } }, source)
}

const POSTED_AS = {
  operator: 'refund',
  second_transaction: 'second_refund',
} as const satisfies Record<RefundOrigin, 'refund' | 'second_refund'>

async function postRefund(tx: Transaction, refund: Refund, at: Date): Promise<void> {
  const { id: reference, orderId, amountFen, origin } = refund
  await post(tx, { kind: POSTED_AS[origin], reference, orderId, amountFen, at })
}

/** A closed refund moves no money, so another one may. A second transaction reserved nothing. */
async function giveBack(tx: Transaction, { orderId, amountFen, origin }: Refund): Promise<void> {
  if (origin !== 'operator') return
  const data = { refundReservedFen: { decrement: amountFen } }
  await tx.order.update({ where: { id: orderId }, data, select: { id: true } })
}

/** Opens a case and ties the refund to it. */
export async function keep(
  tx: Transaction,
  { id: refundId, orderId, transactionId }: Refund,
  found: Pick<Parameters<typeof openCase>[1], 'kind' | 'fields' | 'fact'>,
  source: Source,
): Promise<OpenedCase> {
  const about = { orderId, transactionId, subject: refundId }
  const fact = { refundId, ...found.fact }
  const opened = await openCase(tx, { ...found, ...about, fact }, source)
  const data = { caseId: opened.caseId }
  await tx.refund.update({ where: { id: refundId }, data, select: { id: true } })
  return opened
}
