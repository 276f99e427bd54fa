import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { billText, type BillEntry } from './support/bill.ts'
import { everything, openDesk, type Desk } from './support/books.ts'
import { ACCOUNT, newOrderId } from './support/world.ts'
import { CHANNELS } from './support/dialects.ts'

describe.each(CHANNELS)('by API %s:', (channel) => {
  const DAY = '2026-01-31'
  const NOON = new Date('2026-01-31T12:00:00+08:00')
  const NEXT_MORNING = new Date('2026-02-01T10:30:00+08:00')

  let desk: Desk

  beforeAll(async () => {
    desk = await openDesk(channel)
  })
  beforeEach(() => desk.begin(NEXT_MORNING))
  afterAll(() => desk.close())

  function serve(entries: BillEntry[]): void {
    desk.serve({ text: billText(entries, ACCOUNT) })
  }

  const stranger = (): BillEntry => ({
    kind: 'payment',
    at: NOON,
    orderId: newOrderId(),
    transactionId: '4200000000000000000000000001',
    amountFen: 700,
    openid: 'oStranger',
  })

  /** Each field of a payment, singly, as nobody ordered it. */
  const OTHER_THAN_ORDERED: [field: string, change: Partial<BillEntry>][] = [
    ['amountFen', { amountFen: 501 }],
    ['currency', { currency: 'USD' }],
    ['openid', { openid: 'oSomebodyElse' }],
    ['appid', { appid: 'wx1111111111111111' }],
    ['mchid', { mchid: '1999999999' }],
  ]
  const ODD_FEES: typeof OTHER_THAN_ORDERED = [
    ['fee', { feeMilliFen: 4000 }],
    ['fee', { feeMilliFen: -3000 }],
  ]

  const stored = (id: string) => desk.db.order.findUniqueOrThrow({ where: { id } })
  const cases = () => desk.db.case.findMany({ orderBy: { id: 'asc' } })

  /** What a difference comes down to. */
  const told = async () => {
    const { differences } = await desk.compared(DAY)
    return differences.map(({ kind, orderId, fields }) => ({ kind, orderId, fields }))
  }

  describe('a day', () => {
    it('on which books and bill agree has no differences, and its sums are kept', async () => {
      const rows = [await desk.books.addPaid(NOON, 600), await desk.books.addPaid(NOON, 1)]
      serve(rows)
      expect(await desk.compared(DAY)).toEqual({
        day: DAY,
        state: 'agreed',
        bill: {
          paymentCount: 2,
          paymentFen: 601,
          refundCount: 0,
          refundFen: 0,
          feeMilliFen: 4000,
          foreignRowCount: 0,
        },
        books: { paymentCount: 2, paymentFen: 601, refundCount: 0, refundFen: 0 },
        differenceCount: 0,
        differences: [],
        finishedAt: NEXT_MORNING.toISOString(),
      })
      expect(await cases()).toEqual([])
    })

    it('takes a payment for the day in which WeChat says it was paid, to the second', async () => {
      const rows = [
        await desk.books.addPaid(new Date('2026-01-31T00:00:00+08:00')),
        await desk.books.addPaid(new Date('2026-01-31T23:59:59+08:00')),
      ]
      await desk.books.addPaid(new Date('2026-01-30T23:59:59+08:00'))
      await desk.books.addPaid(new Date('2026-02-01T00:00:00+08:00'))
      serve(rows)
      const { state, books: side } = await desk.compared(DAY)
      expect({ state, count: side.paymentCount }).toEqual({ state: 'agreed', count: 2 })
    })

    it('longer than one statement is compared whole', async () => {
      const rows: BillEntry[] = []
      for (let i = 0; i < 1201; i += 1)
        rows.push({ ...stranger(), appid: 'wxOther', orderId: `o${i}` })
      rows.push(await desk.books.addPaid(NOON))
      serve(rows)
      const { state, bill } = await desk.compared(DAY)
      expect(state).toBe('agreed')
      expect(bill).toMatchObject({ paymentCount: 1202, foreignRowCount: 1201 })
    })
  })

  describe('a payment', () => {
    it('that only the bill knows is paid by it, and reported', async () => {
      const row = await desk.books.addUnpaid(NOON)
      serve([row])
      expect(await told()).toEqual([{ kind: 'settled', orderId: row.orderId, fields: [] }])
      const { transactionId } = row
      expect(await stored(row.orderId)).toMatchObject({
        state: 'paid',
        transactionId,
        paidAt: NOON,
      })
      const events = await desk.db.orderEvent.findMany({ where: { orderId: row.orderId } })
      expect(events).toMatchObject([{ type: 'payment_confirmed', cause: 'bill' }])
      expect(await cases()).toEqual([])
    })

    it('of an order that nobody knows becomes a case', async () => {
      const row = stranger()
      serve([row])
      expect(await told()).toEqual([
        { kind: 'only_in_bill', orderId: row.orderId, fields: ['orderId'] },
      ])
      expect(await cases()).toMatchObject([{ kind: 'unknown_order', orderId: row.orderId }])
    })

    it('that the bill does not know becomes a case', async () => {
      const { orderId, transactionId } = await desk.books.addPaid(NOON)
      serve([await desk.books.addPaid(NOON)])
      expect(await told()).toEqual([{ kind: 'only_in_books', orderId, fields: [] }])
      expect(await cases()).toMatchObject([{ kind: 'only_in_books', orderId, transactionId }])
      expect((await stored(orderId)).state).toBe('paid')
    })

    it.each<[field: string, change: Partial<BillEntry>]>([...OTHER_THAN_ORDERED, ...ODD_FEES])(
      'whose %s differs becomes a case',
      async (field, change) => {
        const row = await desk.books.addPaid(NOON)
        serve([{ ...row, ...change }])
        expect(await told()).toEqual([{ kind: 'differs', orderId: row.orderId, fields: [field] }])
        expect(await cases()).toMatchObject([{ orderId: row.orderId, fields: [field] }])
      },
    )

    it.each(OTHER_THAN_ORDERED)(
      'whose %s differs does not pay an order that waits, and becomes a case',
      async (field, change) => {
        const row = await desk.books.addUnpaid(NOON)
        serve([{ ...row, ...change }])
        expect(await told()).toEqual([{ kind: 'differs', orderId: row.orderId, fields: [field] }])
        expect(await cases()).toMatchObject([{ kind: 'mismatch', fields: [field] }])
        expect((await stored(row.orderId)).state).toBe('prepaid')
      },
    )

    it('that the bill has twice becomes one case', async () => {
      const row = await desk.books.addPaid(NOON)
      serve([row, row])
      expect(await told()).toEqual([
        { kind: 'differs', orderId: row.orderId, fields: ['repeated'] },
      ])
    })

    it('by a second transaction for a paid order becomes a case', async () => {
      const row = await desk.books.addPaid(NOON)
      serve([row, { ...row, transactionId: '4200000000000000000000000002' }])
      expect(await told()).toMatchObject([{ kind: 'differs', fields: ['transactionId'] }])
      expect(await cases()).toMatchObject([{ kind: 'second_transaction' }])
    })

    it('to another mini-program of the merchant is counted and left alone', async () => {
      serve([await desk.books.addPaid(NOON), { ...stranger(), appid: 'wx1111111111111111' }])
      const { state, bill } = await desk.compared(DAY)
      expect({ state, foreign: bill.foreignRowCount }).toEqual({ state: 'agreed', foreign: 1 })
    })
  })

  describe('a second run', () => {
    it('of the same day changes nothing at all', async () => {
      const paid = await desk.books.addPaid(NOON)
      await desk.books.addPaid(NOON)
      const refund = {
        ...stranger(),
        kind: 'refund',
        refundId: 'r1',
        wechatRefundId: '50',
      } as const
      serve([
        paid,
        paid,
        await desk.books.addUnpaid(NOON),
        { ...(await desk.books.addPaid(NOON)), amountFen: 900, feeMilliFen: 0 },
        stranger(),
        refund,
      ])
      const first = await desk.compared(DAY)
      const before = await everything(desk.db)
      expect(first.differences.map(({ kind }) => kind).sort()).toEqual([
        'differs',
        'differs',
        'differs',
        'only_in_bill',
        'only_in_bill',
        'only_in_books',
        'settled',
      ])
      desk.now = new Date(NEXT_MORNING.getTime() + 3_600_000)
      expect(await desk.compared(DAY)).toEqual(first)
      expect(await everything(desk.db)).toEqual(before)
    })

    it('at the same moment finds the same', async () => {
      await desk.books.addPaid(NOON)
      serve([await desk.books.addUnpaid(NOON), stranger()])
      const outcomes = await Promise.all(Array.from({ length: 3 }, () => desk.run(DAY)))
      expect(outcomes.map(({ kind }) => kind)).toEqual(Array(3).fill('compared'))
      const { differences, billRows } = await everything(desk.db)
      expect(differences.map(({ kind }) => kind).sort()).toEqual([
        'only_in_bill',
        'only_in_books',
        'settled',
      ])
      expect(billRows).toBe(0)
    })
  })
})
