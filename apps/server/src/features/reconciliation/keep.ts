import type { Channel } from '../../generated/prisma/client.ts'
import { openCase } from '../../settlement/open-case.ts'
import { postFees, sumFees } from './fees.ts'
import type { OpenRun, Run } from './run.ts'
import type { Sums } from './sums.ts'

const NO_SUMS: Sums = {
  billPaymentCount: 0,
  billPaymentFen: 0n,
  billRefundCount: 0,
  billRefundFen: 0n,
  billFeeMilliFen: 0n,
  foreignRowCount: 0,
  booksPaymentCount: 0,
  booksPaymentFen: 0n,
  booksRefundCount: 0,
  booksRefundFen: 0n,
}

/** The row of the day, of this run or of an earlier one: what that one has found stays found. */
export async function openReconciliation(run: Run, channel: Channel): Promise<string> {
  const { db, account, day, at } = run
  const key = { merchantAccountId: account.id, channel, day: day.name }
  const row = { ...key, ...NO_SUMS, state: 'unfinished', startedAt: at } as const
  await db.reconciliation.createMany({ data: [row], skipDuplicates: true })
  const { id } = await db.reconciliation.findUniqueOrThrow({
    where: { merchantAccountId_channel_day: key },
  })
  return id
}

/** Writes down what the day came to, with its fees, unless it stands there already. */
export async function closeReconciliation(run: OpenRun, sums: Sums): Promise<void> {
  const { db, reconciliationId: id, at } = run
  const feeMilliFen = await sumFees(run)
  await db.$transaction(async (tx) => {
    // Two runs of one day close it one after the other.
    await tx.$executeRaw`SELECT FROM reconciliation WHERE id = ${id}::uuid FOR UPDATE`
    const differenceCount = await tx.difference.count({ where: { reconciliationId: id } })
    const state = differenceCount === 0 ? 'agreed' : 'different'
    await tx.reconciliation.updateMany({
      where: { id, NOT: { state, ...sums } },
      data: { ...sums, state, finishedAt: at },
    })
    await postFees(tx, run, feeMilliFen)
  })
}

/** Opens a case about the bill itself. An earlier comparison that was possible stays as it is. */
export async function recordInconsistency(
  run: Run,
  channel: Channel,
  reason: string,
): Promise<string> {
  const { db, account, day, at, log } = run
  const id = await openReconciliation(run, channel)
  const { caseId } = await db.$transaction(async (tx) => {
    await tx.reconciliation.updateMany({
      where: { id, state: 'unfinished' },
      data: { state: 'inconsistent', finishedAt: at },
    })
    const fact = { day: day.name, channel, mchid: account.mchid, reason }
    const subject = `${account.mchid}:${day.name}`
    const about = { orderId: '', transactionId: '', subject, fields: [], fact }
    return openCase(tx, { kind: 'bill_inconsistent', ...about }, { cause: 'bill', at })
  })
  log.error({ event: 'bill_inconsistent', day: day.name, caseId, reason })
  return caseId
}
