import type { FaultRule } from '@dashang/simulator'
import { beijingDayBefore } from '@dashang/shared/signing/beijing-time'
import { pino } from 'pino'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { newOrderId, startWorld, type Client, type World } from './support/world.ts'
import { CHANNELS, DIALECTS } from './support/dialects.ts'

const BILL_FAULTS = {
  v2: ['cut', 'short', 'http_500', 'garbage', 'system_error'],
  v3: ['cut', 'wrong_hash', 'http_500', 'garbage', 'system_error', 'unsigned', 'wrong_signature'],
} as const satisfies Record<(typeof CHANNELS)[number], readonly string[]>

describe.each(CHANNELS)('by API %s:', (channel) => {
  const { api } = DIALECTS[channel]
  const HOUR_MS = 3_600_000
  const silent = pino({ level: 'silent' })

  let world: World
  let alice: Client

  beforeAll(async () => {
    world = await startWorld({ WECHAT_PAY_CHANNEL: channel })
  })
  beforeEach(async () => {
    alice = await world.signIn('alice')
  })
  afterEach(() => {
    world.simulator.faults.clear()
  })
  afterAll(() => world.close())

  async function placeOrder(): Promise<string> {
    const orderId = newOrderId()
    await alice.call('POST /api/prepay', { body: { orderId, amountFen: 600 } })
    return orderId
  }

  async function payOrder(): Promise<string> {
    const orderId = await placeOrder()
    world.simulator.pay(orderId)
    await vi.waitFor(async () => {
      expect(await stateOf(orderId)).toBe('paid')
    })
    return orderId
  }

  const stateOf = async (id: string) =>
    (await world.db.order.findUniqueOrThrow({ where: { id } })).state

  /** Waits until 10:30 of the next day in Beijing, and compares the day before as the job does. */
  async function compareNextMorning() {
    const { clock } = world.simulator
    const endOfYesterday = beijingDayBefore(clock.now()).to
    await clock.advance(endOfYesterday.getTime() + 34.5 * HOUR_MS - clock.now().getTime())
    await world.services.reconciliation.compareYesterday(silent)
    return readDay()
  }

  const readDay = () =>
    world.db.reconciliation.findFirst({
      where: { day: beijingDayBefore(world.simulator.clock.now()).name },
      include: { differences: { include: { case: true } } },
    })

  describe('the bill of the simulator', () => {
    it.each<FaultRule | null>([
      null,
      { on: 'bill', fault: 'legacy_columns' },
      { on: 'bill', fault: 'no_bom_lf' },
    ])('agrees with the books, whatever it looks like (%o)', async (rule) => {
      await payOrder()
      await payOrder()
      if (rule) world.simulator.faults.add(rule)
      expect(await compareNextMorning()).toMatchObject({
        state: 'agreed',
        billPaymentCount: 2,
        billPaymentFen: 1200n,
        booksPaymentFen: 1200n,
        billFeeMilliFen: 8000n,
        differences: [],
      })
    })

    it('tells of a payment that no notification told of, and pays it', async () => {
      world.simulator.faults.add({ on: 'notification', fault: 'drop' })
      const orderId = await placeOrder()
      world.simulator.pay(orderId)
      expect(await compareNextMorning()).toMatchObject({
        differences: [{ kind: 'settled', orderId }],
      })
      expect(await stateOf(orderId)).toBe('paid')
    })

    it.each<[rule: FaultRule, kind: string, fields: string[]]>([
      [{ on: 'bill', fault: 'omit_payment' }, 'only_in_books', []],
      [{ on: 'bill', fault: 'extra_payment' }, 'only_in_bill', ['orderId']],
      [{ on: 'bill', fault: 'wrong_amount' }, 'differs', ['amountFen']],
      [{ on: 'bill', fault: 'wrong_fee' }, 'differs', ['fee']],
    ])('with %o is found to be wrong there, and nowhere else', async (rule, kind, fields) => {
      await payOrder()
      await payOrder()
      world.simulator.faults.add(rule)
      expect(await compareNextMorning()).toMatchObject({
        state: 'different',
        differences: [{ kind, fields, case: { state: 'open', cause: 'bill' } }],
      })
    })

    it('with a wrong sum is not believed', async () => {
      await payOrder()
      world.simulator.faults.add({ on: 'bill', fault: 'wrong_summary' })
      expect(await compareNextMorning()).toMatchObject({ state: 'inconsistent', differences: [] })
    })

    it.each(BILL_FAULTS[channel])('that does not come (%s) is asked for again', async (fault) => {
      await payOrder()
      world.simulator.faults.add({ on: api.bill, fault, times: 1 } as FaultRule)
      await expect(compareNextMorning()).rejects.toThrow(/unknown$/)
      expect(await readDay()).toBeNull()
      await world.services.reconciliation.compareYesterday(silent)
      expect(await readDay()).toMatchObject({ state: 'agreed' })
    })

    it('of a day without trade is an empty day', async () => {
      expect(await compareNextMorning()).toMatchObject({ state: 'agreed', billPaymentCount: 0 })
    })
  })

  it('the fees of a day are in the ledger once, and it still balances', async () => {
    await payOrder()
    await compareNextMorning()
    await world.services.reconciliation.compareYesterday(silent)
    const { name } = beijingDayBefore(world.simulator.clock.now())
    const posted = await world.db.ledgerTransaction.findMany({
      where: { kind: 'fees', reference: { endsWith: name } },
      include: { entries: { orderBy: { id: 'asc' } } },
    })
    expect(posted).toMatchObject([
      {
        entries: [
          { account: 'fees', amountFen: 4 },
          { account: 'wechat_clearing', amountFen: -4 },
        ],
      },
    ])
    expect(await world.services.ledger.check(silent)).toMatchObject({ isRight: true })
  })

  it('the job of the morning is known to the queue', async () => {
    await world.db.$transaction((tx) =>
      world.queue.enqueue(tx, 'reconcile_bill', {}, world.simulator.clock.now()),
    )
    expect(await world.runDueJobs()).toBeGreaterThan(0)
    expect(await readDay()).toMatchObject({ state: 'agreed' })
  })
})
