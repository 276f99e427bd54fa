import { openDifference } from './differences.ts'
import { forEachFound, PAGE_SIZE, type OpenRun } from './run.ts'
import { isOfTheDay } from './sums.ts'

/** Both sides of a day's refunds, and what is only on one of them. */
export async function compareRefunds(run: OpenRun): Promise<void> {
  await forEachFound(run, findUnlike, openUnlike)
  await forEachFound(run, findUnfinished, askAgain)
  await forEachFound(run, findOnlyInBooks, openOnlyInBooks)
}

interface Refund {
  readonly orderId: string
  readonly transactionId: string
  readonly refundId: string
  readonly amountFen: bigint | number
}

interface RefundRow extends Refund {
  readonly line: number
  /** What differs from ours; `null` where we have no such refund. */
  readonly fields: string[] | null
}

/**
 * Refunds of the bill that are not ours, or other than ours. The bill's state is that of the morning
 * after, so only one that can no longer become ours differs.
 */
function findUnlike({ db, id, account }: OpenRun, after: RefundRow | null) {
  return db.$queryRaw<RefundRow[]>`
    SELECT * FROM (
      SELECT b.line, b.order_id AS "orderId", b.transaction_id AS "transactionId",
        b.refund_id AS "refundId", b.amount_fen AS "amountFen",
        CASE WHEN r.id IS NOT NULL THEN array_remove(ARRAY[
          CASE WHEN r.order_id <> b.order_id THEN 'orderId' END,
          CASE WHEN r.transaction_id <> b.transaction_id THEN 'transactionId' END,
          CASE WHEN r.amount_fen <> b.amount_fen THEN 'amountFen' END,
          CASE WHEN r.wechat_refund_id <> b.wechat_refund_id THEN 'wechatRefundId' END,
          CASE WHEN r.state = 'closed' AND b.refund_state = 'SUCCESS'
            OR r.state = 'succeeded' AND b.refund_state = 'FAIL' THEN 'state' END
        ], NULL) END AS fields
      FROM bill_row b LEFT JOIN refund r ON r.id = b.refund_id
      WHERE b.run_id = ${id}::uuid AND b.kind = 'refund' AND b.line > ${after?.line ?? 0}
        AND (b.appid = ${account.appid} OR EXISTS (SELECT FROM tip_order own WHERE own.id = b.order_id))
    ) compared
    WHERE fields IS NULL OR fields <> '{}'
    ORDER BY line LIMIT ${PAGE_SIZE}`
}

function openUnlike(run: OpenRun, row: RefundRow): Promise<void> {
  const { orderId, transactionId, refundId, amountFen, fields } = row
  return openDifference(run, {
    orderId,
    transactionId,
    refundId,
    subject: 'refund',
    kind: fields === null ? 'only_in_bill' : 'differs',
    amountFen: Number(amountFen),
    fields: fields ?? [],
  })
}

interface Unfinished {
  readonly line: number
  readonly refundId: string
}

/** Refunds that the bill calls done and we do not: WeChat is asked once more, and answers signed. */
function findUnfinished({ db, id }: OpenRun, after: Unfinished | null) {
  return db.$queryRaw<Unfinished[]>`
    SELECT b.line, b.refund_id AS "refundId"
    FROM bill_row b JOIN refund r ON r.id = b.refund_id
    WHERE b.run_id = ${id}::uuid AND b.kind = 'refund' AND b.refund_state = 'SUCCESS'
      AND r.state IN ('requested', 'processing', 'abnormal') AND b.line > ${after?.line ?? 0}
    ORDER BY b.line LIMIT ${PAGE_SIZE}`
}

async function askAgain({ db, queue, at }: OpenRun, { refundId }: Unfinished): Promise<void> {
  await db.$transaction((tx) => queue.enqueue(tx, 'follow_up_refund', { refundId, step: null }, at))
}

function findOnlyInBooks({ db, id, account, day }: OpenRun, after: Refund | null) {
  return db.$queryRaw<Refund[]>`
    SELECT r.id AS "refundId", r.order_id AS "orderId", r.transaction_id AS "transactionId",
      r.amount_fen AS "amountFen"
    FROM refund r JOIN tip_order o ON o.id = r.order_id
    WHERE o.merchant_account_id = ${account.id}::uuid AND r.id > ${after?.refundId ?? ''}
      AND ${isOfTheDay(day)}
      AND NOT EXISTS (
        SELECT FROM bill_row b
        WHERE b.run_id = ${id}::uuid AND b.kind = 'refund' AND b.refund_id = r.id
      )
    ORDER BY r.id LIMIT ${PAGE_SIZE}`
}

function openOnlyInBooks(run: OpenRun, refund: Refund): Promise<void> {
  return openDifference(run, {
    ...refund,
    subject: 'refund',
    kind: 'only_in_books',
    amountFen: Number(refund.amountFen),
    fields: [],
  })
}
