import { expect, it } from 'vitest'
import { describeOutcome } from './print.ts'
import type { Report } from './report.ts'

const report: Report = {
  day: '2026-01-31',
  state: 'different',
  bill: {
    paymentCount: 3,
    paymentFen: 1500,
    refundCount: 1,
    refundFen: 40,
    feeMilliFen: 9000,
    foreignRowCount: 7,
  },
  books: { paymentCount: 2, paymentFen: 1000, refundCount: 0, refundFen: 0 },
  differenceCount: 1002,
  differences: [
    {
      subject: 'payment',
      kind: 'settled',
      orderId: 'o1',
      transactionId: 't1',
      refundId: '',
      amountFen: 500,
      fields: [],
      case: null,
    },
    {
      subject: 'refund',
      kind: 'differs',
      orderId: 'o2',
      transactionId: 't2',
      refundId: 'r2',
      amountFen: 40,
      fields: ['amountFen'],
      case: { id: 'c2', state: 'open' },
    },
  ],
  finishedAt: null,
}

it('tells sums in yuan, each difference on a line, and what to do about it', () => {
  expect(describeOutcome({ kind: 'compared', report }, report.day)).toBe(`\
2026-01-31: 1002 differences

                              bill               our books
  payments       3          ¥15.00       2          ¥10.00
  refunds        1           ¥0.40       0           ¥0.00
  fees                    ¥0.09000

  7 rows of other mini-programs were not compared.

  paid at WeChat, unknown here until the bill told of it; paid here by now:
    payment ¥5.00  order o1  transaction t1
    Look in the log for why neither the notification nor a query came through.

  in both, but not the same:
    refund ¥0.40  refund r2  order o2  transaction t2  in amountFen  case c2 (open)
    The case holds what WeChat says; the merchant's console shows who is right.

  … and 1000 more, in reconciliation_difference.`)
})

it('says of a day without differences that books and bill agree', () => {
  const agreed: Report = { ...report, state: 'agreed', differenceCount: 0, differences: [] }
  const text = describeOutcome({ kind: 'compared', report: agreed }, report.day)
  expect(text).toMatch(/^2026-01-31: books and bill agree\n/)
})
