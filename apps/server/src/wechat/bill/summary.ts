import { yuanToFen, yuanToMilliFen } from '@dashang/shared/money'
import { BillError, type BillRow, type BillTotals } from '../../domain/bill.ts'
import { splitValues } from './columns.ts'
import type { Amounts, ReadRow } from './row.ts'

interface Sums extends Amounts {
  readonly rowCount: number
}

type Sum = keyof Sums

/** Which sum each header of the summary names; today's bill first, then that of before 2018. */
const HEADERS: ReadonlyMap<string, Sum> = new Map<string, Sum>([
  ['总交易单数', 'rowCount'],
  ['订单总金额', 'orderFen'],
  ['应结订单总金额', 'settlementFen'],
  ['退款总金额', 'refundFen'],
  ['充值券退款总金额', 'couponRefundFen'],
  ['申请退款总金额', 'requestedRefundFen'],
  ['手续费总金额', 'feeMilliFen'],
  ['总交易额', 'orderFen'],
  ['总退款金额', 'refundFen'],
  ['总代金券或立减优惠退款金额', 'couponRefundFen'],
  ['总企业红包退款金额', 'couponRefundFen'],
])

const READERS = {
  // The count may be written 45.0.
  rowCount: (text) => (/^[0-9]{1,15}(\.0+)?$/.test(text) ? Number(text) : null),
  orderFen: yuanToFen,
  settlementFen: yuanToFen,
  refundFen: yuanToFen,
  couponRefundFen: yuanToFen,
  requestedRefundFen: yuanToFen,
  feeMilliFen: yuanToMilliFen,
} as const satisfies Record<Sum, (text: string) => number | null>

const NAMES = Object.keys(READERS) as Sum[]

/** Adds up what passes, so that the bill's last line can be held against it. */
export function createSums() {
  const sums: Record<Sum, number> = {
    rowCount: 0,
    orderFen: 0,
    settlementFen: 0,
    refundFen: 0,
    couponRefundFen: 0,
    requestedRefundFen: 0,
    feeMilliFen: 0,
  }
  let paymentCount = 0
  return {
    add({ row, amounts }: ReadRow): BillRow {
      sums.rowCount += 1
      if (row.kind === 'payment') paymentCount += 1
      sums.orderFen += amounts.orderFen
      sums.settlementFen += amounts.settlementFen
      sums.refundFen += amounts.refundFen
      sums.couponRefundFen += amounts.couponRefundFen
      sums.requestedRefundFen += amounts.requestedRefundFen
      sums.feeMilliFen += amounts.feeMilliFen
      return row
    },
    /** Throws unless the summary says of each sum what the rows say. */
    check(header: string, line: string): BillTotals {
      const contradictions = contradictionsIn(readSummary(header, line), sums)
      if (contradictions.length > 0) {
        throw new BillError('inconsistent', `the summary differs in ${contradictions.join(', ')}`)
      }
      return {
        paymentCount,
        paymentFen: sums.orderFen,
        refundCount: sums.rowCount - paymentCount,
        refundFen: sums.requestedRefundFen,
        feeMilliFen: sums.feeMilliFen,
      }
    },
  }
}

function readSummary(header: string, line: string): ReadonlyMap<Sum, number> {
  const names = header.split(',')
  const values = splitValues(line)
  if (names.length !== values.length) {
    throw new BillError('unreadable', 'the summary has not one value for each header')
  }
  const summary = new Map<Sum, number>()
  names.forEach((name, index) => {
    const sum = HEADERS.get(name)
    if (sum === undefined) return
    const value = READERS[sum](values[index] ?? '')
    if (value === null) throw new BillError('unreadable', `the summary has no number as ${sum}`)
    summary.set(sum, value)
  })
  const isUseful =
    summary.has('rowCount') && (summary.has('orderFen') || summary.has('settlementFen'))
  if (!isUseful) throw new BillError('unreadable', 'the summary has neither a count nor a sum')
  return summary
}

function contradictionsIn(summary: ReadonlyMap<Sum, number>, sums: Record<Sum, number>): string[] {
  return NAMES.flatMap((name) => {
    const said = summary.get(name)
    return said === undefined || said === sums[name] ? [] : [`${name}: ${said} for ${sums[name]}`]
  })
}
