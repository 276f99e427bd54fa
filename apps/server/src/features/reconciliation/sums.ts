import type { BeijingDay } from '@dashang/shared/signing/beijing-time'
import type { BillTotals } from '../../domain/bill.ts'
import { Prisma } from '../../generated/prisma/client.ts'
import type { Run } from './run.ts'

/** What a day comes to, on both sides, as `reconciliation` keeps it. */
export interface Sums {
  readonly billPaymentCount: number
  readonly billPaymentFen: bigint
  readonly billRefundCount: number
  readonly billRefundFen: bigint
  readonly billFeeMilliFen: bigint
  readonly foreignRowCount: number
  readonly booksPaymentCount: number
  readonly booksPaymentFen: bigint
  readonly booksRefundCount: number
  readonly booksRefundFen: bigint
}

export async function sumUp(run: Run, totals: BillTotals): Promise<Sums> {
  const payments = await sumPayments(run)
  const refunds = await sumRefunds(run)
  return {
    billPaymentCount: totals.paymentCount,
    billPaymentFen: BigInt(totals.paymentFen),
    billRefundCount: totals.refundCount,
    billRefundFen: BigInt(totals.refundFen),
    billFeeMilliFen: BigInt(totals.feeMilliFen),
    foreignRowCount: await countForeignRows(run),
    booksPaymentCount: payments.count,
    booksPaymentFen: payments.sumFen,
    booksRefundCount: refunds.count,
    booksRefundFen: refunds.sumFen,
  }
}

/** What our books say was paid on the day. */
export async function sumPayments({ db, account, day }: Run) {
  const { _count: count, _sum: sum } = await db.order.aggregate({
    where: { merchantAccountId: account.id, paidAt: { gte: day.from, lt: day.to } },
    _count: true,
    _sum: { amountFen: true },
  })
  return { count, sumFen: BigInt(sum.amountFen ?? 0) }
}

/** Our refunds that the bill has, and those that it should have. */
async function sumRefunds({ db, id, account, day }: Run) {
  const [sums] = await db.$queryRaw<{ count: number; sumFen: bigint | null }[]>`
    SELECT count(*)::int AS count, sum(r.amount_fen)::bigint AS "sumFen"
    FROM refund r JOIN tip_order o ON o.id = r.order_id
    WHERE o.merchant_account_id = ${account.id}::uuid AND (
      EXISTS (
        SELECT FROM bill_row b
        WHERE b.run_id = ${id}::uuid AND b.kind = 'refund' AND b.refund_id = r.id)
      OR (${isOfTheDay(day)}))`
  return { count: sums?.count ?? 0, sumFen: sums?.sumFen ?? 0n }
}

/**
 * Whether WeChat took a refund `r` on the day. It did so after we made it and before it told us, so
 * one with midnight in between is of either day, and not expected.
 */
export function isOfTheDay({ from, to }: BeijingDay): Prisma.Sql {
  return Prisma.sql`r.created_at >= ${from} AND r.created_at < ${to} AND EXISTS (
    SELECT FROM refund_event told WHERE told.refund_id = r.id AND told.created_at < ${to}
      AND told.to_state IN ('processing', 'succeeded', 'abnormal'))`
}

/** Rows of other mini-programs of the merchant: a bill holds them all. */
async function countForeignRows({ db, id, account }: Run): Promise<number> {
  const [found] = await db.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM bill_row r
    WHERE r.run_id = ${id}::uuid AND r.appid <> ${account.appid}
      AND NOT EXISTS (SELECT FROM tip_order own WHERE own.id = r.order_id)`
  return found?.count ?? 0
}
