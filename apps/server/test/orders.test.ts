import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { newOrderId, startWorld, type Client, type World } from './support/world.ts'
import { CHANNELS, DIALECTS, onCall, type CallFault } from './support/dialects.ts'

describe.each(CHANNELS)('by API %s:', (channel) => {
  const { api } = DIALECTS[channel]
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

  async function placeOrder(client = alice, amountFen = 500): Promise<string> {
    const orderId = newOrderId()
    await client.call('POST /api/prepay', { body: { orderId, amountFen } })
    return orderId
  }

  /** Pays while no notification gets through. */
  async function payUnheard(orderId: string): Promise<void> {
    world.simulator.faults.add({ on: 'notification', fault: 'drop' })
    world.simulator.pay(orderId)
  }

  const read = (orderId: string, client = alice) =>
    client.call('GET /api/orders/:orderId', { params: { orderId } })
  const confirm = (orderId: string, client = alice) =>
    client.call('POST /api/orders/:orderId/confirm', { params: { orderId } })

  describe('reading an order', () => {
    it('answers what the server knows', async () => {
      const orderId = await placeOrder()
      expect(await read(orderId)).toMatchObject({
        status: 200,
        body: { orderId, amountFen: 500, state: 'prepaid', isPayable: true, paidAt: null },
      })
    })

    it('does not believe the client: unheard money is not paid yet', async () => {
      const orderId = await placeOrder()
      await payUnheard(orderId)
      expect((await read(orderId)).body.state).toBe('prepaid')
    })

    it.each([
      ['of somebody else', placeOrder],
      ['of nobody', async () => newOrderId()],
    ])('answers 404 to an order %s', async (_, order) => {
      const bob = await world.signIn('bob')
      const orderId = await order()
      for (const reply of [await read(orderId, bob), await confirm(orderId, bob)]) {
        expect(reply).toMatchObject({ status: 404, body: { code: 'ORDER_NOT_FOUND' } })
      }
    })

    it('answers 400 to what is no order id', async () => {
      expect(await read('nonsense')).toMatchObject({
        status: 400,
        body: { code: 'INVALID_REQUEST' },
      })
    })
  })

  describe('confirming an order', () => {
    it('finds the payment of which no notification came', async () => {
      const orderId = await placeOrder()
      await payUnheard(orderId)
      const { status, body } = await confirm(orderId)
      expect(status).toBe(200)
      expect(body).toMatchObject({ payment: 'paid', order: { state: 'paid', isPayable: false } })
      expect(body.order.paidAt).not.toBeNull()
      const events = await world.db.orderEvent.findMany({ where: { orderId, cause: 'query' } })
      expect(events).toMatchObject([{ type: 'payment_confirmed', toState: 'paid' }])
    })

    it('answers not_paid in the word of WeChat', async () => {
      const orderId = await placeOrder()
      expect((await confirm(orderId)).body).toMatchObject({
        payment: 'not_paid',
        order: { state: 'prepaid', isPayable: true },
      })
    })

    it('closes what WeChat has closed', async () => {
      const orderId = await placeOrder()
      const placed = world.simulator.order(orderId)
      if (placed) placed.state = 'CLOSED'
      expect((await confirm(orderId)).body).toMatchObject({
        payment: 'not_paid',
        order: { state: 'closed', isPayable: false },
      })
    })

    it.each<CallFault>([
      'timeout_before',
      'timeout_after',
      'http_500',
      'garbage',
      'unsigned',
      'wrong_signature',
      'system_error',
      'frequency_limited',
    ])('answers unknown when WeChat does not say (%s), and guesses nothing', async (fault) => {
      const orderId = await placeOrder()
      await payUnheard(orderId)
      world.simulator.faults.add(onCall(api.query, fault, 1))
      expect((await confirm(orderId)).body).toMatchObject({
        payment: 'unknown',
        order: { state: 'prepaid' },
      })
      expect((await confirm(orderId)).body.payment).toBe('paid')
    })

    it('does not take the payment of another amount', async () => {
      const orderId = await placeOrder()
      await payUnheard(orderId)
      await world.db.order.update({ where: { id: orderId }, data: { amountFen: 600 } })
      expect((await confirm(orderId)).body).toMatchObject({
        payment: 'unknown',
        order: { state: 'prepaid' },
      })
      expect(await world.db.case.findMany({ where: { orderId } })).toMatchObject([
        { kind: 'mismatch', fields: ['amountFen'] },
      ])
    })

    it('asks nobody about an order that is paid', async () => {
      const orderId = await placeOrder()
      await payUnheard(orderId)
      await confirm(orderId)
      const asked = world.simulator.platform.calls.length
      expect((await confirm(orderId)).body.payment).toBe('paid')
      expect(world.simulator.platform.calls).toHaveLength(asked)
    })
  })

  describe('the list of my orders', () => {
    it('pages through all of them, newest first, each once', async () => {
      const carol = await world.signIn('carol')
      const placed: string[] = []
      for (let i = 0; i < 45; i += 1) placed.push(await placeOrder(carol, 100 + i))

      const seen: string[] = []
      let cursor: string | null = null
      do {
        const query: Record<string, string> = cursor === null ? {} : { cursor }
        const { body } = await carol.call('GET /api/orders', { query })
        seen.push(...body.orders.map(({ orderId }) => orderId))
        cursor = body.nextCursor
      } while (cursor !== null)
      expect(seen).toHaveLength(45)
      expect([...seen].sort()).toEqual([...placed].sort())
      const { body } = await carol.call('GET /api/orders')
      const times = body.orders.map(({ createdAt }) => createdAt)
      expect(times).toEqual([...times].sort().reverse())
    })

    it('shows nobody the orders of others', async () => {
      await placeOrder()
      const dave = await world.signIn('dave')
      expect((await dave.call('GET /api/orders')).body).toEqual({ orders: [], nextCursor: null })
    })

    it.each(['nonsense', Buffer.from('1:x').toString('base64url'), ''])(
      'refuses %j as a cursor',
      async (cursor) => {
        const reply = await alice.call('GET /api/orders', { query: { cursor } })
        expect(reply).toMatchObject({ status: 400, body: { code: 'INVALID_REQUEST' } })
      },
    )
  })
})
