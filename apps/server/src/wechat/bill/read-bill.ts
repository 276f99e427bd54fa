import { BillError, type BillPart, type BillRow } from '../../domain/bill.ts'
import { createLines } from './lines.ts'
import { createBillParser, type BillParser } from './parser.ts'

/** The rows of a bill as its bytes come in; nothing but the piece at hand is kept. */
export async function* readBill(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<BillPart> {
  const decode = createDecoder()
  const lines = createLines()
  const parser = createBillParser()
  for await (const piece of bytes) {
    const rows = lines.push(decode(piece)).flatMap((line) => parser.take(line) ?? [])
    if (rows.length > 0) yield { kind: 'rows', rows }
  }
  lines.push(decode(null))
  const row = takeUnfinished(parser, lines.rest())
  if (row !== null) yield { kind: 'rows', rows: [row] }
  yield { kind: 'totals', totals: parser.end() }
}

/** UTF-8, without the byte order mark where there is one; `null` ends it. */
function createDecoder(): (piece: Uint8Array | null) => string {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  return (piece) => {
    try {
      return piece === null ? decoder.decode() : decoder.decode(piece, { stream: true })
    } catch (cause) {
      throw new BillError(piece ? 'unreadable' : 'cut', 'the bill is not UTF-8', { cause })
    }
  }
}

/** The last line may go without its end, or be the half of one. */
function takeUnfinished(parser: BillParser, line: string): BillRow | null {
  try {
    return parser.take(line)
  } catch (cause) {
    const isHalf = cause instanceof BillError && cause.fault === 'unreadable'
    throw isHalf ? new BillError('cut', 'the bill ends within a line', { cause }) : cause
  }
}
