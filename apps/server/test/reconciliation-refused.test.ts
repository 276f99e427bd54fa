import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { BillAnswer } from './support/bill-hosts.ts'
import { billText, type BillEntry, type BillStyle } from './support/bill.ts'
import { everything, openDesk, type Desk } from './support/books.ts'
import { ACCOUNT } from './support/world.ts'
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

  function serve(entries: BillEntry[], style: Partial<BillStyle> = {}): void {
    desk.serve({ text: billText(entries, { ...ACCOUNT, ...style }) })
  }

  const stateOf = async ({ orderId: id }: BillEntry) =>
    (await desk.db.order.findUniqueOrThrow({ where: { id } })).state

  describe('a bill that contradicts itself', () => {
    it('is not believed in anything, and becomes one case', async () => {
      const row = await desk.books.addUnpaid(NOON)
      serve([row], { summaryErrorFen: 1 })
      const outcomes = [await desk.run(DAY), await desk.run(DAY)]
      expect(outcomes).toMatchObject(
        Array(2).fill({
          kind: 'inconsistent',
          reason: /^the summary differs in orderFen: 501 for 500/,
        }),
      )
      expect(await stateOf(row)).toBe('prepaid')
      expect(await desk.db.case.findMany()).toMatchObject([{ kind: 'bill_inconsistent' }])
      const { reconciliations, differences, billRows } = await everything(desk.db)
      expect(reconciliations).toMatchObject([{ state: 'inconsistent' }])
      expect({ differences, billRows }).toEqual({ differences: [], billRows: 0 })
    })

    it('is compared as ever when WeChat has mended it', async () => {
      const row = await desk.books.addPaid(NOON)
      serve([row], { summaryErrorFen: 1 })
      await desk.run(DAY)
      serve([row])
      expect((await desk.compared(DAY)).state).toBe('agreed')
    })
  })

  describe('a day without a bill', () => {
    beforeEach(() => {
      desk.serve('none')
    })

    it('is a normal empty day', async () => {
      expect(await desk.compared(DAY)).toMatchObject({ state: 'agreed', differences: [] })
    })

    it('is not believed to be empty before WeChat can have made the bill', async () => {
      desk.now = new Date('2026-02-01T09:59:59+08:00')
      expect(await desk.run(DAY)).toEqual({ kind: 'not_ready' })
      expect(await desk.db.reconciliation.count()).toBe(0)
    })

    it('on which we were paid is first asked for again, and then a case for each payment', async () => {
      const { orderId } = await desk.books.addPaid(NOON)
      expect(await desk.run(DAY)).toEqual({ kind: 'not_ready' })
      desk.now = new Date('2026-02-02T00:00:00+08:00')
      const { differences } = await desk.compared(DAY)
      expect(differences).toMatchObject([{ kind: 'only_in_books', orderId }])
    })
  })

  it.each<[what: string, answer: BillAnswer, outcome: object]>([
    ['WeChat is still making it', 'creating', { kind: 'not_ready' }],
    [
      'WeChat refuses',
      'refused',
      { kind: 'refused', reason: expect.stringContaining('closed') as string },
    ],
    ['WeChat is busy', 'busy', { kind: 'unknown', why: 'busy' }],
  ])('nothing is written when %s', async (_, reply, outcome) => {
    await desk.books.addPaid(NOON)
    desk.serve(reply)
    const before = await everything(desk.db)
    expect(await desk.run(DAY)).toEqual(outcome)
    expect(await everything(desk.db)).toEqual(before)
  })

  it('nothing is believed of a bill that is cut, whatever of it has come', async () => {
    const row = await desk.books.addUnpaid(NOON)
    const text = billText([row], ACCOUNT)
    desk.serve({ text: text.slice(0, text.lastIndexOf('总交易单数')) })
    expect(await desk.run(DAY)).toEqual({ kind: 'unknown', why: 'cut' })
    expect(await stateOf(row)).toBe('prepaid')
    expect(await desk.db.billRow.count()).toBe(0)
  })
})
