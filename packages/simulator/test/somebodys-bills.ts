import type { Dialect } from './somebodys-dialect.ts'
import type { Flaw } from './somebodys-flaws.ts'

interface Booked {
  readonly outTradeNo: string
  readonly amount: string
}

interface Context {
  readonly dialect: Dialect
  readonly has: (flaw: Flaw) => boolean
}

/** What somebody's server finds on a day; it throws where there is nothing to compare. */
export async function compareBill(
  { dialect, has }: Context,
  day: string,
  booked: readonly Booked[],
): Promise<'agreed' | 'different'> {
  if (has('never looks at a bill')) return 'agreed'
  const text = await dialect.bill(day)
  if (text === null && has('falls over a day without trade')) throw new Error('no bill')
  const bill = text === null ? [] : rowsOf(text, has)
  const inBooks = keysOf(booked, has)
  const inBill = keysOf(bill, has)
  const isThere = [...inBill].every((key) => inBooks.has(key))
  const isHere = [...inBooks].every((key) => inBill.has(key))
  const agrees =
    (isThere || has('looks for its own orders only')) &&
    (isHere || has('looks for the payments of the bill only'))
  return agrees ? 'agreed' : 'different'
}

const keysOf = (rows: readonly Booked[], has: (flaw: Flaw) => boolean) =>
  new Set(
    rows.map(({ outTradeNo, amount }) =>
      has('compares no amounts') ? outTradeNo : `${outTradeNo} ${amount}`,
    ),
  )

/** The payments of a bill, unless its last line does not fit them. */
function rowsOf(text: string, has: (flaw: Flaw) => boolean): Booked[] {
  const [head = '', ...lines] = text.replace('\ufeff', '').trimEnd().split('\r\n')
  const columns = head.split(',')
  const rows = lines.filter((line) => line.startsWith('`')).map((line) => line.slice(1).split(',`'))
  const whole = rows.filter((row) => row.length === columns.length)
  const sums = rows.at(-1) ?? []
  if (!has('believes every bill') && Number(sums[0]) !== whole.length) throw new Error('cut off')
  const cell = (row: readonly string[], name: string) => row[columns.indexOf(name)] ?? ''
  return whole
    .filter((row) => cell(row, '交易状态') === 'SUCCESS')
    .map((row) => ({
      outTradeNo: cell(row, '商户订单号'),
      amount: String(Number(cell(row, '订单金额').replace('.', ''))),
    }))
}
