import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { newOrderId, startWorld, type Client, type World } from './support/world.ts'
import { CHANNELS, DIALECTS, tell, tellingOf } from './support/dialects.ts'

describe.each(CHANNELS)('by API %s:', (channel) => {
  const { api } = DIALECTS[channel]
  let world: World
  let alice: Client

  beforeAll(async () => {
    world = await startWorld({ WECHAT_PAY_CHANNEL: channel, WECHAT_TIMEOUT_MS: '1500' })
  })
  beforeEach(async () => {
    // A session lives two hours, and the time of the tests goes faster than that.
    alice = await world.signIn('alice')
    // Each test has its own orders; those of the one before are no longer followed up.
    await world.db.$executeRaw`DELETE FROM pgboss.job`
  })
  afterEach(() => {
    world.simulator.faults.clear()
  })
  afterAll(() => world.close())

  const stored = (id: string) => world.db.order.findUniqueOrThrow({ where: { id } })
  const callsOf = (orderId: string) =>
    world.simulator.platform.calls
      .filter(({ outTradeNo }) => outTradeNo === orderId)
      .map((call) => call.api.replace('/pay/', ''))
  const waiting = (orderId: string) =>
    world.db.$queryRaw<unknown[]>`SELECT 1 FROM pgboss.job
    WHERE singleton_key = ${orderId} AND state IN ('created', 'retry')`

  async function placeOrder(): Promise<string> {
    const orderId = newOrderId()
    await alice.call('POST /api/prepay', { body: { orderId, amountFen: 500 } })
    return orderId
  }

  /** Lets time pass in steps, and does what falls due on the way as a worker would. */
  async function live(seconds: number, step = 30): Promise<void> {
    for (let passed = 0; passed < seconds; passed += step) {
      await world.simulator.clock.advance(Math.min(step, seconds - passed) * 1000)
      await world.runDueJobs()
    }
  }

  describe('an order that nobody told of', () => {
    it('is asked about at 5 s, 30 s, 1, 3, 5, 10 and 30 minutes, and then closed on both sides', async () => {
      const orderId = await placeOrder()
      const asked: number[] = []
      for (const seconds of [5, 30, 60, 180, 300, 600, 1800]) {
        await live(seconds - (asked.at(-1) ?? 0), 3600)
        asked.push(seconds)
        expect(callsOf(orderId).filter((name) => name === api.query)).toHaveLength(asked.length)
      }
      expect(callsOf(orderId).at(-1)).toBe(api.close)
      expect(world.simulator.order(orderId)?.state).toBe('CLOSED')
      expect(await stored(orderId)).toMatchObject({ state: 'closed' })
      const [event] = await world.db.orderEvent.findMany({ where: { orderId, type: 'closed' } })
      expect(event).toMatchObject({ fromState: 'prepaid', cause: 'follow_up' })
      expect(await waiting(orderId)).toEqual([])
    })

    it('is paid at the next question when its notification gets lost', async () => {
      const orderId = await placeOrder()
      world.simulator.faults.add({ on: 'notification', fault: 'drop' })
      world.simulator.pay(orderId)
      await live(6, 6)
      expect(await stored(orderId)).toMatchObject({ state: 'paid', isPaidLate: false })
      const events = await world.db.orderEvent.findMany({ where: { orderId, toState: 'paid' } })
      expect(events).toMatchObject([{ cause: 'follow_up' }])
      expect(await world.db.ledgerTransaction.count({ where: { orderId } })).toBe(1)
      expect(await waiting(orderId)).toEqual([])
    })

    it('is not asked about once it is paid', async () => {
      const orderId = await placeOrder()
      world.simulator.pay(orderId)
      await alice.call('POST /api/orders/:orderId/confirm', { params: { orderId } })
      const before = callsOf(orderId).length
      await live(3600, 600)
      expect(callsOf(orderId)).toHaveLength(before)
      expect(await waiting(orderId)).toEqual([])
    })

    it('that never reached WeChat is closed here at the end', async () => {
      const orderId = newOrderId()
      world.simulator.faults.add({ on: api.place, fault: 'timeout_before', times: 1 })
      await alice.call('POST /api/prepay', { body: { orderId, amountFen: 500 } })
      await live(1700, 100)
      expect(await stored(orderId)).toMatchObject({ state: 'created' })
      await live(200, 100)
      expect(await stored(orderId)).toMatchObject({ state: 'closed' })
      expect(
        await alice.call('POST /api/prepay', { body: { orderId, amountFen: 500 } }),
      ).toMatchObject({ status: 409, body: { code: 'ORDER_CLOSED' } })
    })

    describe('that WeChat issued a prepay_id for and does not find any more', () => {
      const HOUR = 3600
      /** WeChat knows of no such order, a day and two hours after it was made. */
      async function loseOrder(): Promise<string> {
        alice = await world.signIn('alice')
        const orderId = await placeOrder()
        world.simulator.platform.orders.delete(orderId)
        await live(25 * HOUR, 5 * HOUR)
        expect(await stored(orderId)).toMatchObject({ state: 'prepaid' })
        expect(await waiting(orderId)).toHaveLength(1)
        await live(HOUR, HOUR)
        return orderId
      }

      it('is closed here alone, once a payment of the last moment would have been told', async () => {
        const orderId = await loseOrder()
        expect(callsOf(orderId).slice(-2)).toEqual([api.query, api.close])
        expect(await stored(orderId)).toMatchObject({ state: 'closed' })
        const [event] = await world.db.orderEvent.findMany({ where: { orderId, type: 'closed' } })
        expect(event).toMatchObject({ fromState: 'prepaid', reference: 'not_found' })
        expect(await waiting(orderId)).toEqual([])
      })

      it('is not closed while WeChat does not answer the closing', async () => {
        world.simulator.faults.add({ on: api.close, fault: 'system_error' })
        const orderId = await loseOrder()
        expect(await stored(orderId)).toMatchObject({ state: 'prepaid' })
        expect(await waiting(orderId)).toHaveLength(1)
      })

      it('is paid all the same when it is told of later, and by another amount is a case', async () => {
        const [paid, wrong] = [await loseOrder(), await loseOrder()]
        const telling = tellingOf(paid, alice.openid)
        expect((await tell(world, channel, telling)).ok).toBe(true)
        expect(await stored(paid)).toMatchObject({ state: 'paid', isPaidLate: true })
        const lie = { ...tellingOf(wrong, alice.openid), amountFen: 501 }
        expect((await tell(world, channel, lie)).ok).toBe(true)
        expect(await stored(wrong)).toMatchObject({ state: 'closed' })
        const cases = await world.db.case.findMany({ where: { orderId: wrong } })
        expect(cases).toMatchObject([{ kind: 'mismatch', fields: ['amountFen'] }])
      })
    })

    it('is paid, not closed, when the payment is faster than the closing', async () => {
      const orderId = await placeOrder()
      await live(1700, 100)
      world.simulator.faults.add({ on: 'notification', fault: 'drop' })
      const channel = world.services.channels.forNewOrders
      const { query } = channel
      // Between our question and our closing the person pays.
      let isFirst = true
      const spy: typeof query = async (id) => {
        const answer = await query(id)
        if (isFirst) world.simulator.pay(orderId)
        isFirst = false
        return answer
      }
      Object.assign(channel, { query: spy })
      await live(200, 200)
      Object.assign(channel, { query })
      expect(callsOf(orderId).slice(-3)).toEqual([api.query, api.close, api.query])
      expect(await stored(orderId)).toMatchObject({ state: 'paid', isPaidLate: false })
    })

    it('has one waiting question at most, even when a job runs twice', async () => {
      const orderId = await placeOrder()
      const question = { orderId, step: 0, tries: 0 }
      await world.services.orders.followUp(question, world.app.log)
      await world.services.orders.followUp(question, world.app.log)
      expect(await waiting(orderId)).toHaveLength(1)
    })
  })

  describe('an unclear answer', () => {
    const FAULTS = [
      'timeout_after',
      'http_500',
      'system_error',
      'garbage',
      'wrong_signature',
    ] as const

    it.each(FAULTS)('to a question (%s) changes nothing, and is asked for again', async (fault) => {
      const orderId = await placeOrder()
      world.simulator.faults.add({ on: 'notification', fault: 'drop' })
      world.simulator.pay(orderId)
      world.simulator.faults.add({ on: api.query, fault })
      await live(600, 100)
      expect(await stored(orderId)).toMatchObject({ state: 'prepaid' })
      expect(await waiting(orderId)).toHaveLength(1)
      world.simulator.faults.clear()
      await live(600, 600)
      expect(await stored(orderId)).toMatchObject({ state: 'paid' })
    })

    // An answer of 204 has no body that could be garbage.
    const ofClosing = FAULTS.map((fault) => (fault === 'garbage' ? 'unsigned' : fault))
    it.each(ofClosing)(
      'to a closing (%s) leaves the order open until it is clear',
      async (fault) => {
        const orderId = await placeOrder()
        world.simulator.faults.add({ on: api.close, fault, times: 2 })
        world.simulator.faults.add({ on: api.query, fault: 'system_error', times: 1 })
        await live(1805, 361)
        expect((await stored(orderId)).state).toBe('prepaid')
        await live(1200, 100)
        expect(await stored(orderId)).toMatchObject({ state: 'closed' })
        expect(world.simulator.order(orderId)?.state).toBe('CLOSED')
      },
    )
  })

  describe('money that arrives after the closing', () => {
    it('is kept, marked as late for us, and the same «paid» for the person', async () => {
      const orderId = await placeOrder()
      const closedAt = world.simulator.clock.now()
      await world.db.$transaction([
        world.db.order.update({ where: { id: orderId }, data: { state: 'closed', closedAt } }),
        world.db.orderEvent.create({
          data: {
            orderId,
            type: 'closed',
            fromState: 'prepaid',
            toState: 'closed',
            cause: 'follow_up',
            createdAt: closedAt,
          },
        }),
      ])
      world.simulator.pay(orderId)
      const { body } = await alice.call('POST /api/orders/:orderId/confirm', {
        params: { orderId },
      })
      expect(body).toMatchObject({ payment: 'paid', order: { state: 'paid' } })
      expect(JSON.stringify(body)).not.toMatch(/late/i)
      expect(await stored(orderId)).toMatchObject({ isPaidLate: true })
      const events = await world.db.orderEvent.findMany({ where: { orderId, toState: 'paid' } })
      expect(events).toMatchObject([{ fromState: 'closed', type: 'payment_confirmed' }])
    })
  })

  describe('the sweep', () => {
    const sweep = async () => {
      await world.queue.boss.send('sweep', {})
      await world.runDueJobs()
    }

    it('takes up an order whose job is lost, and brings it to its end', async () => {
      const [lost, paid] = [await placeOrder(), await placeOrder()]
      world.simulator.faults.add({ on: 'notification', fault: 'drop' })
      world.simulator.pay(paid)
      await world.db.$executeRaw`DELETE FROM pgboss.job`
      await world.simulator.clock.advance(2300_000)
      await sweep()
      expect(await stored(lost)).toMatchObject({ state: 'prepaid' })
      await world.simulator.clock.advance(200_000)
      await sweep()
      expect(await stored(lost)).toMatchObject({ state: 'closed' })
      expect(await stored(paid)).toMatchObject({ state: 'paid' })
    })

    it('leaves alone what is still being followed up', async () => {
      const orderId = await placeOrder()
      world.simulator.faults.add({ on: api.query, fault: 'system_error' })
      await live(3000, 600)
      expect(await waiting(orderId)).toHaveLength(1)
      const before = callsOf(orderId).length
      await world.services.orders.sweep(world.app.log)
      expect(await waiting(orderId)).toHaveLength(1)
      expect(callsOf(orderId)).toHaveLength(before)
    })
  })
})
