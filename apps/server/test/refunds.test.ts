import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import {
  askRefund,
  casesOf,
  expectRightBooks,
  listRefunds,
  pass,
  payOrder,
  postingsOf,
  statesOf,
} from './support/refunds.ts'
import { newOrderId, OPERATOR, startWorld, type World } from './support/world.ts'
import { CHANNELS, DIALECTS } from './support/dialects.ts'

describe.each(CHANNELS)('by API %s:', (channel) => {
  const { refundPath } = DIALECTS[channel]
  const WU = { name: 'wu', token: 'w'.repeat(32), scopes: ['ledger', 'cases'] }

  let world: World

  beforeAll(async () => {
    world = await startWorld({
      WECHAT_PAY_CHANNEL: channel,
      OPERATORS: JSON.stringify([OPERATOR, WU]),
    })
  })
  afterEach(() => {
    world.simulator.faults.clear()
  })
  afterAll(() => world.close())

  const stored = (id: string) => world.db.order.findUniqueOrThrow({ where: { id } })

  describe('a refund', () => {
    it('is sent to WeChat, followed, and booked once WeChat says that it succeeded', async () => {
      const orderId = await payOrder(world)
      const { status, body } = await askRefund(world, orderId)
      expect(status).toBe(200)
      expect(body).toMatchObject({ state: 'processing', requestedBy: OPERATOR.name, caseId: null })
      expect(world.simulator.refund(body.refundId)).toMatchObject({
        refundFee: 200,
        refundId: body.wechatRefundId,
        placed: { refund_desc: '演出取消', notify_url: `${world.url}${refundPath}` },
      })
      expect(await postingsOf(world, orderId)).toEqual(['payment 500'])

      await pass(world, 10)
      const [refund] = (await listRefunds(world, orderId)).refunds
      expect(refund).toMatchObject({ state: 'succeeded' })
      expect(refund?.settledAt).not.toBeNull()
      expect(refund?.events.map(({ type }) => type)).toEqual(['requested', 'accepted', 'succeeded'])
      expect(await postingsOf(world, orderId)).toEqual(['payment 500', 'refund -200'])
      expect((await stored(orderId)).state).toBe('paid')
      await expectRightBooks(world)
    })

    it('is written down with who asked for it', async () => {
      const orderId = await payOrder(world)
      const { body } = await askRefund(world, orderId)
      const records = await world.db.auditRecord.findMany({ where: { target: body.refundId } })
      expect(records).toMatchObject([
        { operator: OPERATOR.name, action: 'refund', details: { orderId, amountFen: 200 } },
      ])
    })

    it('may be one of several, until all is refunded', async () => {
      const orderId = await payOrder(world)
      for (const amountFen of [200, 299, 1]) {
        expect((await askRefund(world, orderId, { amountFen })).body.state).toBe('processing')
        await pass(world, 60)
      }
      expect(await statesOf(world, orderId)).toEqual(Array(3).fill('succeeded'))
      expect(await listRefunds(world, orderId)).toMatchObject({ paidFen: 500, reservedFen: 500 })
      expect((await askRefund(world, orderId, { amountFen: 1 })).body.code).toBe('REFUND_TOO_MUCH')
      await expectRightBooks(world)
    })

    it('is one refund, however often and however parallel it is asked for', async () => {
      const orderId = await payOrder(world)
      const refundId = newOrderId()
      const replies = await Promise.all(
        Array.from({ length: 6 }, () => askRefund(world, orderId, { refundId, amountFen: 300 })),
      )
      expect(replies.map(({ status }) => status)).toEqual(Array(6).fill(200))
      expect(await stored(orderId)).toMatchObject({ refundReservedFen: 300, refundCount: 1 })
      await pass(world, 10)
      const again = await askRefund(world, orderId, { refundId, amountFen: 300 })
      expect(again.body).toMatchObject({ refundId, state: 'succeeded' })
      expect(await world.db.auditRecord.count({ where: { target: refundId } })).toBe(1)
    })

    it('that WeChat finds too soon after another is sent again later', async () => {
      const orderId = await payOrder(world)
      await askRefund(world, orderId, { amountFen: 100 })
      const second = await askRefund(world, orderId, { amountFen: 100 })
      expect(second.body.state).toBe('requested')
      for (const seconds of [10, 30, 60]) await pass(world, seconds)
      expect(await statesOf(world, orderId)).toEqual(['succeeded', 'processing'])
      await pass(world, 180)
      expect(await statesOf(world, orderId)).toEqual(['succeeded', 'succeeded'])
      expect(await casesOf(world, orderId)).toEqual([])
    })
  })

  describe('refused, and nothing is moved by it:', () => {
    const moved = async (orderId: string) => {
      const { refundReservedFen, refundCount } = await stored(orderId)
      return { refundReservedFen, refundCount, states: await statesOf(world, orderId) }
    }
    const NOTHING = { refundReservedFen: 0, refundCount: 0, states: [] }

    it('more than was paid', async () => {
      const orderId = await payOrder(world)
      const reply = await askRefund(world, orderId, { amountFen: 501 })
      expect(reply).toMatchObject({ status: 409, body: { code: 'REFUND_TOO_MUCH' } })
      expect(await moved(orderId)).toEqual(NOTHING)
    })

    it('more than is left, also when all ask at once', async () => {
      const orderId = await payOrder(world)
      const replies = await Promise.all(
        Array.from({ length: 6 }, () => askRefund(world, orderId, { amountFen: 200 })),
      )
      const codes = replies.map(({ body }) => body.code ?? 'taken').sort()
      expect(codes).toEqual([...Array<string>(4).fill('REFUND_TOO_MUCH'), 'taken', 'taken'])
      expect((await stored(orderId)).refundReservedFen).toBe(400)
    })

    it('a refund of an order that is not paid', async () => {
      const alice = await world.signIn('alice')
      const orderId = newOrderId()
      await alice.call('POST /api/prepay', { body: { orderId, amountFen: 500 } })
      const reply = await askRefund(world, orderId)
      expect(reply).toMatchObject({ status: 409, body: { code: 'ORDER_NOT_PAID' } })
      expect(await moved(orderId)).toEqual(NOTHING)
    })

    it('a refund of no order', async () => {
      const reply = await askRefund(world, newOrderId())
      expect(reply).toMatchObject({ status: 404, body: { code: 'ORDER_NOT_FOUND' } })
    })

    it('the 51st refund of an order', async () => {
      const orderId = await payOrder(world)
      await world.db.order.update({ where: { id: orderId }, data: { refundCount: 50 } })
      const reply = await askRefund(world, orderId, { amountFen: 1 })
      expect(reply).toMatchObject({ status: 409, body: { code: 'REFUND_TOO_MANY' } })
      await world.db.order.update({ where: { id: orderId }, data: { refundCount: 0 } })
      expect(await moved(orderId)).toEqual(NOTHING)
    })

    it('another refund under a number that is taken', async () => {
      const [orderId, other] = [await payOrder(world), await payOrder(world)]
      const refundId = newOrderId()
      await askRefund(world, orderId, { refundId })
      for (const [id, wish] of [
        [orderId, { refundId, amountFen: 201 }],
        [orderId, { refundId, reason: '别的理由' }],
        [other, { refundId }],
      ] as const) {
        const reply = await askRefund(world, id, wish)
        expect(reply).toMatchObject({ status: 409, body: { code: 'REFUND_CONFLICT' } })
      }
      expect(await moved(other)).toEqual(NOTHING)
    })

    it.each([
      ['REFUND_REASON_TOO_LONG', { reason: '谢'.repeat(27) }],
      ['INVALID_REQUEST', { reason: '' }],
      ['INVALID_REQUEST', { reason: 'a\u0001b' }],
      ['INVALID_REQUEST', { amountFen: 0 }],
      ['INVALID_REQUEST', { amountFen: 1.5 }],
      ['INVALID_REQUEST', { refundId: 'A'.repeat(32) }],
    ])('what is no refund (%s %o)', async (code, wish) => {
      const orderId = await payOrder(world)
      expect((await askRefund(world, orderId, wish)).body.code).toBe(code)
      expect(await moved(orderId)).toEqual(NOTHING)
    })

    it.each([
      ['nobody', null, 401, 'OPERATOR_UNKNOWN'],
      ['an unknown operator', 'x'.repeat(32), 401, 'OPERATOR_UNKNOWN'],
      ['an operator for something else', WU.token, 403, 'OPERATOR_FORBIDDEN'],
    ])('a wish of %s', async (_, token, status, code) => {
      const orderId = await payOrder(world)
      const body = JSON.stringify({ refundId: newOrderId(), amountFen: 1, reason: 'x' })
      const reply = await world.post(`/api/admin/orders/${orderId}/refunds`, body, {
        'content-type': 'application/json',
        ...(token !== null && { authorization: `Bearer ${token}` }),
      })
      expect(reply.status).toBe(status)
      expect(await reply.json()).toMatchObject({ code })
      expect(await moved(orderId)).toEqual(NOTHING)
    })

    it('by the database, whatever the code says', async () => {
      const orderId = await payOrder(world)
      const change = (data: object) => world.db.order.update({ where: { id: orderId }, data })
      await expect(change({ refundReservedFen: 501 })).rejects.toThrow()
      await expect(change({ refundReservedFen: -1 })).rejects.toThrow()
      await expect(change({ refundCount: 51 })).rejects.toThrow()
      await askRefund(world, orderId)
      await expect(world.db.refundEvent.deleteMany()).rejects.toThrow('append-only')
      await expect(world.db.refund.deleteMany()).rejects.toThrow()
    })
  })
})
