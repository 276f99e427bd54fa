import { isFeeOfRate, type BillPart, type BillRow, type BillTotals } from '../../domain/bill.ts'
import type { Database } from '../../db/database.ts'
import type { Run } from './run.ts'

const ROWS_IN_ONE_STATEMENT = 1000
/** No run takes as long, so what is older is what a crash has left. */
const LEFT_OVER_AFTER_MS = 24 * 60 * 60 * 1000

/**
 * Puts the rows of a bill where the database can compare them with the books. Nothing is believed of
 * them before the totals at the bill's end are here.
 */
export async function stageBill(run: Run, parts: AsyncIterable<BillPart>): Promise<BillTotals> {
  await removeLeftOvers(run)
  let totals: BillTotals | null = null
  let waiting: BillRow[] = []
  let staged = 0
  for await (const part of parts) {
    if (part.kind === 'totals') totals = part.totals
    else waiting.push(...part.rows)
    while (waiting.length >= (totals ? 1 : ROWS_IN_ONE_STATEMENT)) {
      const rows = waiting.slice(0, ROWS_IN_ONE_STATEMENT)
      waiting = waiting.slice(ROWS_IN_ONE_STATEMENT)
      await insert(run, rows, staged)
      staged += rows.length
    }
  }
  if (totals === null) throw new Error('a channel ended a bill without its totals')
  // Fresh rows have no statistics, and without them a join may take hours.
  await run.db.$executeRaw`ANALYZE bill_row`
  return totals
}

export async function unstageBill({ db, id }: Run): Promise<void> {
  await db.$executeRaw`DELETE FROM bill_row WHERE run_id = ${id}::uuid`
}

async function removeLeftOvers({ db, at }: { db: Database; at: Date }): Promise<void> {
  const before = new Date(at.getTime() - LEFT_OVER_AFTER_MS)
  await db.$executeRaw`DELETE FROM bill_row WHERE staged_at < ${before}`
}

async function insert({ db, id, at }: Run, rows: readonly BillRow[], staged: number) {
  const texts = (read: (row: BillRow) => string | number | bigint) =>
    rows.map((row) => String(read(row)))
  const refunds = (name: 'refundId' | 'wechatRefundId' | 'state') =>
    rows.map((row) => (row.kind === 'refund' ? row.fact[name] : ''))
  await db.$executeRaw`
    INSERT INTO bill_row (run_id, staged_at, line, kind, appid, mchid, order_id, transaction_id,
      currency, amount_fen, "at", openid, refund_id, wechat_refund_id, refund_state, fee_milli_fen,
      is_fee_of_rate)
    SELECT ${id}::uuid, ${at}, ${staged} + number, kind::"BillSubject", appid, mchid, order_id,
      transaction_id, currency, amount_fen::bigint, "at"::timestamptz, openid, refund_id,
      wechat_refund_id, refund_state, fee_milli_fen::bigint, is_fee_of_rate::boolean
    FROM unnest(
      ${texts(({ kind }) => kind)}::text[],
      ${texts(({ fact }) => fact.appid)}::text[],
      ${texts(({ fact }) => fact.mchid)}::text[],
      ${texts(({ fact }) => fact.orderId)}::text[],
      ${texts(({ fact }) => fact.transactionId)}::text[],
      ${texts(({ fact }) => fact.currency)}::text[],
      ${texts(({ fact }) => fact.amountFen)}::text[],
      ${rows.map(timeOf)}::text[],
      ${rows.map((row) => (row.kind === 'payment' ? row.fact.openid : ''))}::text[],
      ${refunds('refundId')}::text[],
      ${refunds('wechatRefundId')}::text[],
      ${refunds('state')}::text[],
      ${texts(({ fee }) => fee.feeMilliFen)}::text[],
      ${rows.map((row) => String(isFeeOfRate(row)))}::text[]
    ) WITH ORDINALITY AS bill (kind, appid, mchid, order_id, transaction_id, currency, amount_fen,
      "at", openid, refund_id, wechat_refund_id, refund_state, fee_milli_fen, is_fee_of_rate, number)`
}

function timeOf(row: BillRow): string {
  return (row.kind === 'payment' ? row.fact.paidAt : row.fact.requestedAt).toISOString()
}
