import { randomUUID } from 'node:crypto'
import type { BeijingDay } from '@dashang/shared/signing/beijing-time'
import type { FastifyBaseLogger } from 'fastify'
import { BillError, EMPTY_BILL, isDayWithoutTrade, type BillTotals } from '../../domain/bill.ts'
import type { Database } from '../../db/database.ts'
import type { Queue } from '../../queue/queue.ts'
import type { BillResult, PaymentChannel, Unclear } from '../../wechat/payment-channel.ts'
import { closeReconciliation, openReconciliation, recordInconsistency } from './keep.ts'
import { comparePayments } from './payments.ts'
import { compareRefunds } from './refunds.ts'
import { readReport, type Report } from './report.ts'
import type { Account, Run } from './run.ts'
import { stageBill, unstageBill } from './stage.ts'
import { sumPayments, sumUp } from './sums.ts'

export interface ReconciliationDependencies {
  readonly db: Database
  readonly queue: Queue
  readonly channel: PaymentChannel
  readonly account: Account
  readonly now: () => Date
}

export type Outcome =
  | { readonly kind: 'compared'; readonly report: Report }
  /** The bill contradicts itself or is none; there is a case, and asking again will not help. */
  | { readonly kind: 'inconsistent'; readonly reason: string; readonly caseId: string }
  /** Ask again later. */
  | { readonly kind: 'not_ready' }
  | { readonly kind: 'unknown'; readonly why: Unclear | 'cut' }
  | { readonly kind: 'refused'; readonly reason: string }

/**
 * Compares our books with WeChat's bill of one day. What the bill alone knows to be paid is paid; what
 * does not fit becomes a case. A second run of the same day changes nothing.
 */
export async function reconcile(
  { db, queue, channel, account, now }: ReconciliationDependencies,
  day: BeijingDay,
  log: FastifyBaseLogger,
): Promise<Outcome> {
  const run: Run = { id: randomUUID(), db, queue, log, account, day, at: now() }
  try {
    const outcome = await compare(run, await channel.downloadBill(day), channel.name)
    const state = outcome.kind === 'compared' ? outcome.report.state : outcome.kind
    log.info({ event: 'bill_reconciled', day: day.name, state })
    return outcome
  } finally {
    await unstageBill(run)
  }
}

async function compare(
  run: Run,
  result: BillResult,
  channel: PaymentChannel['name'],
): Promise<Outcome> {
  const read = await readTotals(run, result)
  if (read.kind === 'inconsistent') {
    const caseId = await recordInconsistency(run, channel, read.reason)
    return { ...read, caseId }
  }
  if (read.kind !== 'read') return read
  const reconciliationId = await openReconciliation(run, channel)
  const openRun = { ...run, reconciliationId }
  await comparePayments(openRun)
  await compareRefunds(openRun)
  await closeReconciliation(openRun, await sumUp(run, read.totals))
  return { kind: 'compared', report: await readReport(run.db, reconciliationId) }
}

type Reading =
  | { readonly kind: 'read'; readonly totals: BillTotals }
  | { readonly kind: 'inconsistent'; readonly reason: string }
  | Exclude<Outcome, { kind: 'compared' | 'inconsistent' }>

async function readTotals(run: Run, result: BillResult): Promise<Reading> {
  switch (result.kind) {
    case 'bill':
      return stage(run, result.parts)
    case 'empty': {
      const { count: booksPaymentCount } = await sumPayments(run)
      const facts = { dayEndedAt: run.day.to, now: run.at, booksPaymentCount }
      return isDayWithoutTrade(facts) ? { kind: 'read', totals: EMPTY_BILL } : { kind: 'not_ready' }
    }
    case 'not_ready':
    case 'refused':
    case 'unknown':
      return result
  }
}

async function stage(
  run: Run,
  parts: Extract<BillResult, { kind: 'bill' }>['parts'],
): Promise<Reading> {
  try {
    return { kind: 'read', totals: await stageBill(run, parts) }
  } catch (error) {
    if (!(error instanceof BillError)) throw error
    if (error.fault === 'cut') return { kind: 'unknown', why: 'cut' }
    return { kind: 'inconsistent', reason: error.message }
  }
}
