import type { FaultRule } from '@dashang/simulator'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { CHANNELS, tell, tellingOf, type Telling } from './support/dialects.ts'
import { newOrderId, startWorld, type Client, type World } from './support/world.ts'

/** What WeChat takes for «understood». */
const ACKNOWLEDGED = {
  v2: {
    status: 200,
    answer:
      '<xml><return_code><![CDATA[SUCCESS]]></return_code><return_msg><![CDATA[OK]]></return_msg></xml>',
  },
  v3: { status: 204, answer: '' },
} as const

describe.each(CHANNELS)('by API %s:', (channel) => {
  let world: World
  let alice: Client

  beforeAll(async () => {
    world = await startWorld({ WECHAT_PAY_CHANNEL: channel })
    alice = await world.signIn('alice')
  })
  afterEach(() => {
    world.simulator.faults.clear()
  })
  afterAll(() => world.close())

  async function placeOrder(): Promise<string> {
    const orderId = newOrderId()
    await alice.call('POST /api/prepay', { body: { orderId, amountFen: 500 } })
    return orderId
  }

  const stored = (id: string) => world.db.order.findUniqueOrThrow({ where: { id } })
  const inbox = (orderId: string) => world.db.notification.findMany({ where: { orderId } })
  const cases = (orderId: string) => world.db.case.findMany({ where: { orderId } })

  /** Pays at the cashier and waits until the simulator has told the server, however often. */
  async function payAndNotify(orderId: string, rule?: FaultRule) {
    if (rule) world.simulator.faults.add(rule)
    world.simulator.pay(orderId)
    return vi.waitFor(() => {
      const found = world.simulator.platform.notifications.find((n) => n.outTradeNo === orderId)
      const [first] = found?.attempts ?? []
      if (first === undefined) throw new Error('not notified yet')
      return first
    })
  }

  const telling = (orderId: string, changes: Partial<Telling> = {}): Telling => ({
    ...tellingOf(orderId, alice.openid),
    ...changes,
  })
  const send = (told: Telling) => tell(world, channel, told)

  describe('a payment notification', () => {
    it('pays the order, is stored as it came, and is acknowledged as WeChat expects', async () => {
      const orderId = await placeOrder()
      const attempt = await payAndNotify(orderId)
      expect(attempt).toMatchObject({ isAccepted: true, ...ACKNOWLEDGED[channel] })
      const { transactionId } = world.simulator.order(orderId) ?? {}
      expect(await stored(orderId)).toMatchObject({ state: 'paid', transactionId })
      const [kept] = await inbox(orderId)
      expect(kept).toMatchObject({ verdict: 'applied', channel })
      expect(Buffer.from(kept?.body ?? []).toString()).toBe(attempt.request.body)
    })

    it('pays once, however often and however parallel it comes', async () => {
      const orderId = await placeOrder()
      const told = telling(orderId)
      const responses = await Promise.all(Array.from({ length: 8 }, () => send(told)))
      expect(responses.map(({ ok }) => ok)).toEqual(Array(8).fill(true))
      const events = { orderId, type: 'payment_confirmed' } as const
      expect(await world.db.orderEvent.count({ where: events })).toBe(1)
      const verdicts = (await inbox(orderId)).map(({ verdict }) => verdict)
      expect(verdicts.sort()).toEqual(['applied', ...Array<string>(7).fill('replay')])
      expect(await cases(orderId)).toEqual([])
    })

    it('pays an order that was closed before: money that arrives late is still a tip', async () => {
      const orderId = await placeOrder()
      const closedAt = new Date()
      await world.db.order.update({ where: { id: orderId }, data: { state: 'closed', closedAt } })
      expect((await send(telling(orderId))).ok).toBe(true)
      expect(await stored(orderId)).toMatchObject({ state: 'paid', closedAt })
    })

    it('of a failed payment changes nothing and is kept', async () => {
      const orderId = await placeOrder()
      const rule = { on: 'notification', fault: 'payment_failed' } as const
      expect(await payAndNotify(orderId, rule)).toMatchObject({ isAccepted: true })
      expect((await stored(orderId)).state).toBe('prepaid')
      expect(await inbox(orderId)).toMatchObject([{ verdict: 'not_paid' }])
    })
  })

  describe('an authentic notification that does not fit', () => {
    it.each<[field: string, changes: Partial<Telling>]>([
      ['amountFen', { amountFen: 501 }],
      ['amountFen', { amountFen: 499 }],
      ['appid', { appid: 'wx1111111111111111' }],
      ['mchid', { mchid: '1999999999' }],
      ['currency', { currency: 'USD' }],
      ['openid', { openid: 'oSomebodyElse' }],
    ])('in %s (%o) pays nothing and becomes a case', async (field, changes) => {
      const orderId = await placeOrder()
      expect((await send(telling(orderId, changes))).ok).toBe(true)
      expect((await stored(orderId)).state).toBe('prepaid')
      expect(await cases(orderId)).toMatchObject([
        { kind: 'mismatch', state: 'open', fields: [field] },
      ])
      expect(await inbox(orderId)).toMatchObject([{ verdict: 'case' }])
    })

    it.each([
      'wrong_amount',
      'wrong_mchid',
      'wrong_appid',
      'wrong_currency',
      'wrong_payer',
    ] as const)('because the platform lies (%s) pays nothing and becomes a case', async (fault) => {
      const orderId = await placeOrder()
      await payAndNotify(orderId, { on: 'notification', fault })
      expect((await stored(orderId)).state).toBe('prepaid')
      expect(await cases(orderId)).toMatchObject([{ kind: 'mismatch' }])
    })

    it('is one case, however often it comes', async () => {
      const orderId = await placeOrder()
      for (let i = 0; i < 3; i += 1) await send(telling(orderId, { amountFen: 501 }))
      expect(await cases(orderId)).toHaveLength(1)
      expect(await inbox(orderId)).toHaveLength(3)
    })

    it('to any order is kept as a case', async () => {
      const orderId = newOrderId()
      expect((await send(telling(orderId))).ok).toBe(true)
      expect(await cases(orderId)).toMatchObject([{ kind: 'unknown_order' }])
      expect(await inbox(orderId)).toMatchObject([{ verdict: 'case' }])
    })

    it('because a second transaction paid the order is kept as a case', async () => {
      const orderId = await placeOrder()
      await send(telling(orderId))
      const { transactionId } = await stored(orderId)
      await send(telling(orderId, { transactionId: '4200099999999999999999999999' }))
      expect((await stored(orderId)).transactionId).toBe(transactionId)
      expect(await cases(orderId)).toMatchObject([{ kind: 'second_transaction' }])
    })

    it('because its transaction paid another order is kept as a case', async () => {
      const [first, second] = [await placeOrder(), await placeOrder()]
      await send(telling(first))
      const { transactionId } = await stored(first)
      await send(telling(second, { transactionId: transactionId ?? '' }))
      expect((await stored(second)).state).toBe('prepaid')
      expect(await cases(second)).toMatchObject([{ kind: 'transaction_reused' }])
    })
  })

  describe('what WeChat did not send', () => {
    it('is tried again by WeChat, and then accepted', async () => {
      const orderId = await placeOrder()
      const rule = { on: 'notification', fault: 'tampered', times: 1 } as const
      expect(await payAndNotify(orderId, rule)).toMatchObject({ isAccepted: false, status: 401 })
      expect((await stored(orderId)).state).toBe('prepaid')
      await world.simulator.clock.advance(15_000)
      expect((await stored(orderId)).state).toBe('paid')
    })
  })
})
