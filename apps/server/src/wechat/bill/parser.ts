import { BillError, type BillRow, type BillTotals } from '../../domain/bill.ts'
import { readHeader, splitValues, type Layout } from './columns.ts'
import { readRow } from './row.ts'
import { createSums } from './summary.ts'

export interface BillParser {
  /** The row on this line, if it holds one. */
  take(line: string): BillRow | null
  /** After the last line: the totals, if the bill agrees with itself. */
  end(): BillTotals
}

type Line = (line: string) => BillRow | null

/**
 * Reads a bill line by line: headers, rows with a backtick before each value, headers of the summary,
 * its values. https://pay.weixin.qq.com/doc/v2/merchant/4011985905
 */
export function createBillParser(): BillParser {
  const sums = createSums()
  let lineNumber = 0
  let totals: BillTotals | null = null
  let read: Line = header

  function header(line: string): null {
    const layout = readHeader(line)
    if (layout === null) throw new BillError('unreadable', 'the first line is no header of a bill')
    read = (next) => row(next, layout)
    return null
  }

  function row(line: string, layout: Layout): BillRow | null {
    if (line.startsWith('`')) return sums.add(readRow(splitValues(line), layout, lineNumber))
    read = (next) => summary(line, next)
    return null
  }

  function summary(names: string, line: string): null {
    totals = sums.check(names, line)
    read = nothing
    return null
  }

  return {
    take(line) {
      lineNumber += 1
      return line === '' ? null : read(line)
    },
    end() {
      if (totals === null) throw new BillError('cut', 'the bill ends before its summary')
      return totals
    },
  }
}

function nothing(): never {
  throw new BillError('unreadable', 'something follows the summary')
}
