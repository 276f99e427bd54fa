import { yuanToFen, yuanToMilliFen } from '@dashang/shared/money'
import { parseBeijingTime } from '@dashang/shared/signing/beijing-time'
import { BillError, type BillRow, type Fee } from '../../domain/bill.ts'
import type { Column, Layout } from './columns.ts'

/** The amounts that the summary adds up, in fen; fees in thousandths of one. */
export interface Amounts {
  readonly orderFen: number
  readonly settlementFen: number
  readonly refundFen: number
  readonly couponRefundFen: number
  readonly requestedRefundFen: number
  readonly feeMilliFen: number
}

export interface ReadRow {
  readonly row: BillRow
  readonly amounts: Amounts
}

/** A payment that was taken back at the counter (`REVOKED`) is money that went back. */
const KINDS: ReadonlyMap<string, BillRow['kind']> = new Map([
  ['SUCCESS', 'payment'],
  ['REFUND', 'refund'],
  ['REVOKED', 'refund'],
])

type Texts = (column: Column) => string

export function readRow(values: readonly string[], layout: Layout, line: number): ReadRow {
  if (values.length !== layout.width) {
    throw unreadable(line, `has ${values.length} values under ${layout.width} headers`)
  }
  const text: Texts = (column) => values[layout[column] ?? -1] ?? ''
  const kind = KINDS.get(text('tradeState'))
  if (kind === undefined) throw unreadable(line, 'has a trade state that nobody has described')
  const amounts = readAmounts(text, line)
  const fee = readFee(text, amounts)
  const shared = {
    appid: text('appid'),
    mchid: text('mchid'),
    orderId: text('orderId'),
    transactionId: text('transactionId'),
    currency: text('currency'),
  }
  const at = readTime(text, line)
  if (kind === 'payment') {
    const fact = { ...shared, amountFen: amounts.orderFen, openid: text('openid'), paidAt: at }
    return { row: { kind, fact, fee }, amounts }
  }
  const fact = {
    ...shared,
    refundId: text('refundId'),
    wechatRefundId: text('wechatRefundId'),
    amountFen: amounts.requestedRefundFen,
    state: text('refundState'),
    requestedAt: at,
  }
  return { row: { kind, fact, fee: { ...fee, baseFen: amounts.refundFen } }, amounts }
}

function readAmounts(text: Texts, line: number): Amounts {
  const fen = (column: Column): number => {
    // A bill of payments alone has no columns for refunds.
    const amountFen = yuanToFen(text(column) || '0')
    if (amountFen === null) throw unreadable(line, `has no amount as ${column}`)
    return amountFen
  }
  const feeMilliFen = yuanToMilliFen(text('fee') || '0')
  if (feeMilliFen === null) throw unreadable(line, 'has no amount as fee')
  return {
    orderFen: fen('orderAmount'),
    settlementFen: fen('settlementAmount'),
    refundFen: fen('refundAmount'),
    couponRefundFen: fen('couponRefundAmount'),
    requestedRefundFen: fen('requestedRefundAmount'),
    feeMilliFen,
  }
}

// The five places that `yuanToMilliFen` moves the point by, and two for the hundredth: ten million.
function readFee(text: Texts, { feeMilliFen, settlementFen }: Amounts): Fee {
  const rate = text('rate')
  const rateTenMillionths = rate.endsWith('%') ? yuanToMilliFen(rate.slice(0, -1)) : null
  return { feeMilliFen, baseFen: settlementFen, rateTenMillionths }
}

/** `2019-07-25 08:35:41`; very old bills have full-width colons. */
function readTime(text: Texts, line: number): Date {
  const at = parseBeijingTime(text('time').replace(/[-: ：]/g, ''))
  if (at === null) throw unreadable(line, 'has no time')
  return at
}

function unreadable(line: number, why: string): BillError {
  return new BillError('unreadable', `line ${line} ${why}`)
}
