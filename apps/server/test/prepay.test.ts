import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { newOrderId, startWorld, type Client, type World } from './support/world.ts'
import { CHANNELS, DIALECTS, onCall, type CallFault } from './support/dialects.ts'

describe.each(CHANNELS)('by API %s:', (channel) => {
  const { api, notifyPath } = DIALECTS[channel]
  let world: World
  let alice: Client

  beforeAll(async () => {
    world = await startWorld({
      WECHAT_PAY_CHANNEL: channel,
      TIP_MIN_FEN: '100',
      TIP_MAX_FEN: '20000',
    })
    alice = await world.signIn('alice')
  })
  afterEach(() => {
    world.simulator.faults.clear()
  })
  afterAll(() => world.close())

  const prepay = (orderId: string, amountFen: unknown = 500, client = alice) =>
    client.call('POST /api/prepay', { body: { orderId, amountFen } })
  const stored = (id: string) => world.db.order.findUnique({ where: { id } })
  const callsOf = (orderId: string) =>
    world.simulator.platform.calls.filter(({ outTradeNo }) => outTradeNo === orderId)

  describe('prepay', () => {
    it('places the order and signs five parameters that open the cashier', async () => {
      const orderId = newOrderId()
      const { status, body } = await prepay(orderId)
      expect(status).toBe(200)
      const { kind, paySign, ...parameters } = body.payment
      expect(kind).toBe('requestPayment')
      const opened = world.simulator.requestPayment({
        openid: alice.openid,
        paySign,
        ...parameters,
      })
      expect(opened).toMatchObject({ kind: 'open', order: { totalFee: 500, openid: alice.openid } })
      expect(await stored(orderId)).toMatchObject({
        state: 'prepaid',
        channel,
        amountFen: 500,
      })
    })

    it('decides by itself what is sold, to whom, and where WeChat tells of it', async () => {
      const orderId = newOrderId()
      await prepay(orderId)
      expect(world.simulator.order(orderId)?.placed).toMatchObject({
        body: '打赏',
        openid: alice.openid,
        notify_url: `${world.url}${notifyPath}`,
        trade_type: 'JSAPI',
      })
    })

    it('makes one order of a repeated request', async () => {
      const orderId = newOrderId()
      const first = await prepay(orderId)
      const second = await prepay(orderId)
      expect(second.body.payment.package).toBe(first.body.payment.package)
      expect(await world.db.orderEvent.count({ where: { orderId } })).toBe(2)
      expect(callsOf(orderId)).toHaveLength(1)
    })

    it('makes one order of ten requests at once', async () => {
      const orderId = newOrderId()
      const replies = await Promise.all(Array.from({ length: 10 }, () => prepay(orderId)))
      expect(replies.map(({ status }) => status)).toEqual(Array(10).fill(200))
      expect(await world.db.order.count({ where: { id: orderId } })).toBe(1)
      expect(await world.db.orderEvent.count({ where: { orderId, type: 'created' } })).toBe(1)
      expect(callsOf(orderId).every(({ result }) => result === 'OK')).toBe(true)
    })

    it('refuses the same id with another amount', async () => {
      const orderId = newOrderId()
      await prepay(orderId, 500)
      expect(await prepay(orderId, 600)).toMatchObject({
        status: 409,
        body: { code: 'ORDER_CONFLICT' },
      })
      expect(world.simulator.order(orderId)?.totalFee).toBe(500)
    })

    it('hides an order of somebody else', async () => {
      const orderId = newOrderId()
      await prepay(orderId)
      const bob = await world.signIn('bob')
      expect(await prepay(orderId, 500, bob)).toMatchObject({
        status: 404,
        body: { code: 'ORDER_NOT_FOUND' },
      })
    })

    it('says that an order is paid', async () => {
      const orderId = newOrderId()
      await prepay(orderId)
      world.simulator.pay(orderId)
      await alice.call('POST /api/orders/:orderId/confirm', { params: { orderId } })
      expect(await prepay(orderId)).toMatchObject({ status: 409, body: { code: 'ORDER_PAID' } })
    })

    it('refuses an order whose time is over', async () => {
      const orderId = newOrderId()
      await prepay(orderId)
      const createdAt = new Date(world.simulator.clock.now().getTime() - 7_200_000)
      const expiresAt = world.simulator.clock.now()
      await world.db.order.update({ where: { id: orderId }, data: { createdAt, expiresAt } })
      expect(await prepay(orderId)).toMatchObject({ status: 409, body: { code: 'ORDER_EXPIRED' } })
    })

    it.each([99, 20_001])('refuses %i fen, which the operator does not take', async (amountFen) => {
      const orderId = newOrderId()
      expect(await prepay(orderId, amountFen)).toMatchObject({
        status: 422,
        body: { code: 'AMOUNT_NOT_ALLOWED' },
      })
      expect(await stored(orderId)).toBeNull()
    })

    it.each([['500'], [500.5], [0], [-1], [null], [5_000_001]])(
      'refuses %j as an amount',
      async (amountFen) => {
        const reply = await prepay(newOrderId(), amountFen)
        expect(reply).toMatchObject({ status: 400, body: { code: 'INVALID_REQUEST' } })
        expect(reply.body.detail).toContain('amountFen')
      },
    )

    it.each(['', 'x', '0'.repeat(31), 'G'.repeat(32), `${'0'.repeat(32)}\n`])(
      'refuses %j as an order id',
      async (orderId) => {
        expect(await prepay(orderId)).toMatchObject({
          status: 400,
          body: { code: 'INVALID_REQUEST' },
        })
      },
    )

    it('refuses a field that the contract does not know', async () => {
      const body = { orderId: newOrderId(), amountFen: 500, openid: 'oSomebodyElse' }
      expect((await alice.call('POST /api/prepay', { body })).status).toBe(400)
      expect(await stored(body.orderId)).toBeNull()
    })
  })

  describe('a prepay that WeChat does not answer as it should', () => {
    it.each<[status: number, code: string, fault: CallFault]>([
      [504, 'WECHAT_TIMEOUT', 'timeout_before'],
      [504, 'WECHAT_TIMEOUT', 'timeout_after'],
      [503, 'WECHAT_BUSY', 'http_500'],
      [503, 'WECHAT_BUSY', 'system_error'],
      [503, 'WECHAT_BUSY', 'frequency_limited'],
      [502, 'WECHAT_UNTRUSTED', 'unsigned'],
      [502, 'WECHAT_UNTRUSTED', 'wrong_signature'],
      [502, 'WECHAT_UNTRUSTED', 'garbage'],
    ])('answers %i %s to %s, and the repeat goes through', async (status, code, fault) => {
      const orderId = newOrderId()
      world.simulator.faults.add(onCall(api.place, fault, 1))
      expect(await prepay(orderId)).toMatchObject({ status, body: { code } })
      expect(await stored(orderId)).toMatchObject({ state: 'created', prepayId: null })

      expect((await prepay(orderId)).status).toBe(200)
      expect(await stored(orderId)).toMatchObject({ state: 'prepaid' })
      expect(world.simulator.order(orderId)?.totalFee).toBe(500)
    })

    it('takes a payment for one when the answer to the placing got lost', async () => {
      const orderId = newOrderId()
      world.simulator.faults.add({ on: api.place, fault: 'timeout_after', times: 1 })
      await prepay(orderId)
      world.simulator.faults.add({ on: 'notification', fault: 'drop' })
      world.simulator.pay(orderId)
      expect(await prepay(orderId)).toMatchObject({ status: 409, body: { code: 'ORDER_PAID' } })
      expect(await stored(orderId)).toMatchObject({ state: 'paid', amountFen: 500 })
    })

    it('closes its order when WeChat says that it is closed', async () => {
      const orderId = newOrderId()
      world.simulator.faults.add({ on: api.place, fault: 'timeout_after', times: 1 })
      await prepay(orderId)
      const placed = world.simulator.order(orderId)
      if (placed) placed.state = 'CLOSED'
      expect(await prepay(orderId)).toMatchObject({ status: 409, body: { code: 'ORDER_CLOSED' } })
      expect(await stored(orderId)).toMatchObject({ state: 'closed' })
      expect(await prepay(orderId)).toMatchObject({ status: 409, body: { code: 'ORDER_CLOSED' } })
    })

    it('tells the log, and not the person, what WeChat refuses', async () => {
      const reason = { v2: '商户号不存在', v3: '签名错误' }[channel]
      const other = await startWorld({
        WECHAT_PAY_CHANNEL: channel,
        WECHAT_PAY_MCHID: '1900000002',
      })
      const client = await other.signIn('alice')
      const body = { orderId: newOrderId(), amountFen: 500 }
      const reply = await client.call('POST /api/prepay', { body })
      expect(reply).toMatchObject({ status: 502, body: { code: 'WECHAT_REFUSED' } })
      expect(JSON.stringify(reply.body)).not.toContain(reason)
      expect(other.logs.join('')).toContain(reason)
      await other.close()
    })
  })
})
