import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { billText, type BillEntry } from './support/bill.ts'
import { everything, openDesk, type Desk } from './support/books.ts'
import { ACCOUNT } from './support/world.ts'
import { CHANNELS } from './support/dialects.ts'

describe.each(CHANNELS)('by API %s:', (channel) => {
  const DAY = '2026-01-31'
  const NOON = new Date('2026-01-31T12:00:00+08:00')
  const NEXT_MORNING = new Date('2026-02-01T10:30:00+08:00')

  let desk: Desk
  let payment: BillEntry

  beforeAll(async () => {
    desk = await openDesk(channel)
  })
  beforeEach(async () => {
    await desk.begin(NEXT_MORNING)
    payment = await desk.books.addPaid(NOON)
  })
  afterAll(() => desk.close())

  async function told(...refunds: BillEntry[]) {
    desk.serve({ text: billText([payment, ...refunds], ACCOUNT) })
    const { differences } = await desk.compared(DAY)
    return differences.map(({ subject, kind, fields }) => ({ subject, kind, fields }))
  }

  const addRefund = (changes?: Parameters<Desk['books']['addRefund']>[2], at = NOON) =>
    desk.books.addRefund(payment, at, changes)

  describe('the refunds of a day', () => {
    it('that books and bill have alike are no difference, and their sums are kept', async () => {
      const refund = await addRefund({ amountFen: 150 })
      expect(await told(refund)).toEqual([])
      const { state, books, bill } = await desk.compared(DAY)
      expect({ state, books: books.refundFen, bill: bill.refundFen }).toEqual({
        state: 'agreed',
        books: 150,
        bill: 150,
      })
    })

    it('that nobody here asked for are a case', async () => {
      const foreign = { ...(await addRefund()), refundId: 'made-in-the-console' }
      const differences = await told(await addRefund(), foreign)
      expect(differences).toContainEqual({ subject: 'refund', kind: 'only_in_bill', fields: [] })
    })

    it('that the bill lacks are a case', async () => {
      await addRefund()
      expect(await told()).toEqual([{ subject: 'refund', kind: 'only_in_books', fields: [] }])
    })

    it.each<[field: string, change: Partial<BillEntry>]>([
      ['amountFen', { amountFen: 201 }],
      ['transactionId', { transactionId: '4200000000000000000000000009' }],
      ['wechatRefundId', { wechatRefundId: '50300000000000000000000000000' }],
      ['state', { refundState: 'FAIL' }],
    ])('that differ in %s are a case that names it', async (field, change) => {
      const refund = await addRefund()
      expect(await told({ ...refund, ...change })).toEqual([
        { subject: 'refund', kind: 'differs', fields: [field] },
      ])
    })

    it('are of either day when WeChat took them around midnight, and missed on none', async () => {
      const refund = await addRefund({}, new Date('2026-01-31T23:59:59.900+08:00'))
      await desk.db.$transaction([
        desk.db.$executeRaw`SET LOCAL session_replication_role = 'replica'`,
        desk.db.$executeRaw`UPDATE refund_event SET created_at = created_at + interval '1 second'`,
      ])
      expect(await told()).toEqual([])
      expect(await told(refund)).toEqual([])
    })

    it('that the bill calls done and we do not are asked about, and no money moves by the bill', async () => {
      const refund = await addRefund({ state: 'processing' })
      expect(await told({ ...refund, refundState: 'SUCCESS' })).toEqual([])
      const jobs = await desk.db.$queryRaw<{ data: unknown }[]>`
      SELECT data FROM pgboss.job WHERE name = 'follow_up_refund'
      AND data->>'refundId' = ${refund.refundId ?? ''}`
      expect(jobs).toEqual([{ data: { refundId: refund.refundId, step: null } }])
      expect(await desk.db.ledgerTransaction.count({ where: { kind: 'refund' } })).toBe(0)
    })

    it('are compared a second time without a trace', async () => {
      await addRefund()
      await told({ ...(await addRefund()), amountFen: 300 })
      const before = await everything(desk.db)
      await desk.compared(DAY)
      expect(await everything(desk.db)).toEqual(before)
    })
  })
})
