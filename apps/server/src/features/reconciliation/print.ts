import { formatFee, formatYuan } from '@dashang/shared/money'
import type { DifferenceKind } from '../../generated/prisma/client.ts'
import type { Outcome } from './reconcile.ts'
import type { Report, Side, ToldDifference } from './report.ts'

/** What each kind of difference means, and what a person does about it. */
const MEANINGS = {
  settled: {
    title: 'paid at WeChat, unknown here until the bill told of it; paid here by now',
    advice: 'Look in the log for why neither the notification nor a query came through.',
  },
  only_in_bill: {
    title: 'in the bill only',
    advice: "Look the number up in the merchant's console; refund what nobody here has ordered.",
  },
  only_in_books: {
    title: 'in our books only',
    advice: "Ask WeChat for the order, and look at the next day's bill before settling the case.",
  },
  differs: {
    title: 'in both, but not the same',
    advice: "The case holds what WeChat says; the merchant's console shows who is right.",
  },
} as const satisfies Record<DifferenceKind, { title: string; advice: string }>

const KINDS = Object.keys(MEANINGS) as DifferenceKind[]

/** What a person at a terminal is told. */
export function describeOutcome(outcome: Outcome, day: string): string {
  switch (outcome.kind) {
    case 'compared':
      return describeReport(outcome.report)
    case 'inconsistent':
      return (
        `The bill of ${day} cannot be believed: ${outcome.reason}.\n` +
        `Nothing was compared. Case ${outcome.caseId}; ask WeChat for a right bill.`
      )
    case 'not_ready':
      return `WeChat has no bill of ${day} yet; it is there from 10:00 on the next day.`
    case 'refused':
      return `WeChat refuses the bill of ${day}: ${outcome.reason}. Mend the configuration.`
    case 'unknown':
      return `The bill of ${day} did not come (${outcome.why}). Nothing was compared; run it again.`
  }
}

function describeReport(report: Report): string {
  const { day, bill, books, differenceCount, differences } = report
  const verdict = differenceCount === 0 ? 'books and bill agree' : `${differenceCount} differences`
  const untold = differenceCount - differences.length
  return [
    `${day}: ${verdict}`,
    '',
    lineOf('', ['', 'bill', '', 'our books']),
    sideBySide('payments', bill, books, 'payment'),
    sideBySide('refunds', bill, books, 'refund'),
    lineOf('fees', ['', formatFee(bill.feeMilliFen)]),
    ...(bill.foreignRowCount > 0
      ? ['', `  ${bill.foreignRowCount} rows of other mini-programs were not compared.`]
      : []),
    ...KINDS.flatMap((kind) => describeKind(kind, differences)),
    ...(untold > 0 ? ['', `  … and ${untold} more, in reconciliation_difference.`] : []),
  ].join('\n')
}

function sideBySide(title: string, bill: Side, books: Side, of: 'payment' | 'refund'): string {
  const cells = [bill, books].flatMap((side) => [
    String(side[`${of}Count`]),
    formatYuan(side[`${of}Fen`]),
  ])
  return lineOf(title, cells)
}

/** A count and an amount of the bill, then the same of the books, each against the right. */
function lineOf(title: string, cells: readonly string[]): string {
  const widths = [8, 16]
  const aligned = cells.map((cell, i) => cell.padStart(widths[i % widths.length] ?? 0))
  return `  ${title.padEnd(8)}${aligned.join('')}`
}

function describeKind(kind: DifferenceKind, differences: readonly ToldDifference[]): string[] {
  const ofKind = differences.filter((difference) => difference.kind === kind)
  const { title, advice } = MEANINGS[kind]
  return ofKind.length === 0 ? [] : ['', `  ${title}:`, ...ofKind.map(describe), `    ${advice}`]
}

function describe(difference: ToldDifference): string {
  const { subject, orderId, transactionId, refundId, amountFen, fields } = difference
  return [
    `    ${subject} ${formatYuan(amountFen)}`,
    ...(refundId === '' ? [] : [`refund ${refundId}`]),
    `order ${orderId}`,
    `transaction ${transactionId}`,
    ...(fields.length === 0 ? [] : [`in ${fields.join(', ')}`]),
    ...(difference.case ? [`case ${difference.case.id} (${difference.case.state})`] : []),
  ].join('  ')
}
