import { settle } from '../../settlement/settle.ts'
import type { PaymentFact } from '../../domain/payment-fact.ts'
import { keepDifference, openDifference } from './differences.ts'
import { forEachFound, PAGE_SIZE, type OpenRun } from './run.ts'

/** Both sides of a day's payments, and what is only on one of them. */
export async function comparePayments(run: OpenRun): Promise<void> {
  await forEachFound(run, findUnlike, settleRow)
  await forEachFound(run, findRepeated, openRepeated)
  await forEachFound(run, findOddFees, openOddFee)
  await forEachFound(run, findOnlyInBooks, openOnlyInBooks)
}

interface PaymentRow {
  readonly line: number
  readonly appid: string
  readonly mchid: string
  readonly orderId: string
  readonly transactionId: string
  readonly currency: string
  readonly amountFen: bigint
  readonly openid: string
  readonly paidAt: Date
}

/**
 * What the bill says goes the way of a notification: it pays the order that fits, and becomes a case
 * where none does.
 */
async function settleRow(run: OpenRun, { line, ...row }: PaymentRow): Promise<void> {
  const fact: PaymentFact = { ...row, amountFen: Number(row.amountFen) }
  const { orderId, transactionId, amountFen } = fact
  const found = { subject: 'payment', orderId, transactionId, refundId: '', amountFen } as const
  const settlement = await run.db.$transaction(async (tx) => {
    const settlement = await settle({ tx, queue: run.queue }, fact, {
      orderId,
      cause: 'bill',
      at: run.at,
    })
    if (settlement.kind === 'applied') {
      await keepDifference(tx, run, { ...found, kind: 'settled', fields: [], caseId: null })
    }
    if (settlement.kind === 'case') {
      const { caseId, fields } = settlement
      const kind = settlement.case === 'unknown_order' ? 'only_in_bill' : 'differs'
      await keepDifference(tx, run, { ...found, kind, fields, caseId })
    }
    return settlement
  })
  if (settlement.kind === 'applied') run.log.warn({ event: 'payment_found_by_bill', orderId, line })
  if (settlement.kind === 'case') run.log.error({ event: 'case_opened', orderId, ...settlement })
}

type FlaggedRow = Pick<PaymentRow, 'line' | 'orderId' | 'transactionId' | 'amountFen'>

const openRepeated = (run: OpenRun, row: FlaggedRow) => openFlagged(run, row, 'repeated')
const openOddFee = (run: OpenRun, row: FlaggedRow) => openFlagged(run, row, 'fee')

function openFlagged(run: OpenRun, row: FlaggedRow, field: string): Promise<void> {
  const { orderId, transactionId } = row
  return openDifference(run, {
    subject: 'payment',
    kind: 'differs',
    orderId,
    transactionId,
    refundId: '',
    amountFen: Number(row.amountFen),
    fields: [field],
  })
}

function openOnlyInBooks(run: OpenRun, order: PaidOrder): Promise<void> {
  const found = { subject: 'payment', kind: 'only_in_books', refundId: '', fields: [] } as const
  return openDifference(run, { ...found, ...order })
}

/** Payments of the bill that are not in the books with the same order, payer and amount. */
function findUnlike({ db, id, account }: OpenRun, after: PaymentRow | null) {
  return db.$queryRaw<PaymentRow[]>`
    SELECT r.line, r.appid, r.mchid, r.order_id AS "orderId", r.transaction_id AS "transactionId",
      r.currency, r.amount_fen AS "amountFen", r.openid, r."at" AS "paidAt"
    FROM bill_row r
    LEFT JOIN (tip_order o JOIN user_account u ON u.id = o.user_id)
      ON o.id = r.order_id AND o.merchant_account_id = ${account.id}::uuid
      AND o.transaction_id = r.transaction_id AND o.amount_fen = r.amount_fen
      AND o.currency = r.currency AND u.openid = r.openid
    WHERE r.run_id = ${id}::uuid AND r.kind = 'payment' AND r.line > ${after?.line ?? 0}
      AND (o.id IS NULL OR r.appid <> ${account.appid} OR r.mchid <> ${account.mchid})
      AND (r.appid = ${account.appid} OR EXISTS (SELECT FROM tip_order own WHERE own.id = r.order_id))
    ORDER BY r.line LIMIT ${PAGE_SIZE}`
}

/** Payments of ours that the bill has more than once. */
function findRepeated({ db, id, account }: OpenRun, after: FlaggedRow | null) {
  return db.$queryRaw<FlaggedRow[]>`
    SELECT max(line)::int AS line, order_id AS "orderId", transaction_id AS "transactionId",
      max(amount_fen) AS "amountFen"
    FROM bill_row
    WHERE run_id = ${id}::uuid AND kind = 'payment' AND appid = ${account.appid}
    GROUP BY order_id, transaction_id
    HAVING count(*) > 1 AND max(line) > ${after?.line ?? 0}
    ORDER BY max(line) LIMIT ${PAGE_SIZE}`
}

/** Payments of ours whose fee is not what its rate makes of the amount. */
function findOddFees({ db, id, account }: OpenRun, after: FlaggedRow | null) {
  return db.$queryRaw<FlaggedRow[]>`
    SELECT line, order_id AS "orderId", transaction_id AS "transactionId", amount_fen AS "amountFen"
    FROM bill_row
    WHERE run_id = ${id}::uuid AND kind = 'payment' AND appid = ${account.appid}
      AND NOT is_fee_of_rate AND line > ${after?.line ?? 0}
    ORDER BY line LIMIT ${PAGE_SIZE}`
}

interface PaidOrder {
  readonly orderId: string
  readonly transactionId: string
  readonly amountFen: number
}

/** By the time of the payment that WeChat gave us, which is the bill's time too. */
function findOnlyInBooks({ db, id, account, day }: OpenRun, after: PaidOrder | null) {
  return db.$queryRaw<PaidOrder[]>`
    SELECT o.id AS "orderId", o.transaction_id AS "transactionId", o.amount_fen AS "amountFen"
    FROM tip_order o
    WHERE o.merchant_account_id = ${account.id}::uuid
      AND o.paid_at >= ${day.from} AND o.paid_at < ${day.to} AND o.id > ${after?.orderId ?? ''}
      AND NOT EXISTS (
        SELECT FROM bill_row r
        WHERE r.run_id = ${id}::uuid AND r.kind = 'payment' AND r.transaction_id = o.transaction_id
      )
    ORDER BY o.id LIMIT ${PAGE_SIZE}`
}
