import type { BillFault } from '../fault-table.ts'
import { STRANGERS } from '../ids.ts'
import type { BillRow } from './row.ts'

/** What becomes of a row; `null` when the fault does not fit it. */
type RowFault = (row: BillRow) => BillRow[] | null

const ROW_FAULTS: Partial<Record<BillFault, RowFault>> = {
  omit_payment: (row) => (row.kind === 'payment' ? [] : null),
  extra_payment: (row) => {
    const { transactionId, outTradeNo } = STRANGERS
    return row.kind === 'payment' ? [row, { ...row, transactionId, outTradeNo }] : null
  },
  wrong_amount: (row) => (row.kind === 'payment' ? [{ ...row, paidFen: row.paidFen + 1 }] : null),
  omit_refund: (row) => (row.kind === 'refund' ? [] : null),
  extra_refund: (row) => {
    const { refundId, outRefundNo } = STRANGERS
    return row.kind === 'refund' ? [row, { ...row, refundId, outRefundNo }] : null
  },
  wrong_refund_amount: (row) =>
    row.kind === 'refund' ? [{ ...row, refundFen: row.refundFen + 1 }] : null,
  wrong_fee: (row) => [{ ...row, feeFen: row.feeFen + 1 }],
}

/** The rows with all of these faults, each at the first row that it fits. */
export function withRowFaults(
  rows: Iterable<BillRow>,
  faults: readonly BillFault[],
): Iterable<BillRow> {
  return faults.reduce((planted, fault) => {
    const change = ROW_FAULTS[fault]
    return change === undefined ? planted : changeFirst(planted, change)
  }, rows)
}

function* changeFirst(rows: Iterable<BillRow>, change: RowFault): Generator<BillRow> {
  let isDone = false
  for (const row of rows) {
    const changed: BillRow[] | null = isDone ? null : change(row)
    isDone ||= changed !== null
    yield* changed ?? [row]
  }
}

// The two lines of the sums, which come after the last row.
const LINES_BEHIND = 2

/** All lines up to the middle of the last row. */
export function* brokenOff(lines: Iterable<string>): Generator<string> {
  const held: string[] = []
  for (const line of lines) {
    held.push(line)
    if (held.length > LINES_BEHIND + 1) yield held.shift() ?? ''
  }
  const last = held[0] ?? ''
  yield last.slice(0, last.length / 2)
}
