import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { eventually } from './support/event-stream.ts'
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
import { newOrderId, startWorld, type World } from './support/world.ts'
import { CHANNELS, DIALECTS, tell, tellingOf } from './support/dialects.ts'

describe.each(CHANNELS)('by API %s:', (channel) => {
  const { api } = DIALECTS[channel]
  let world: World

  beforeAll(async () => {
    world = await startWorld({ WECHAT_PAY_CHANNEL: channel })
  })
  afterEach(() => {
    world.simulator.faults.clear()
  })
  afterAll(() => world.close())

  const refundsOf = async (orderId: string) => (await listRefunds(world, orderId)).refunds

  /** An order that somebody paid, and paid again. */
  async function payTwice(): Promise<string> {
    const orderId = await payOrder(world)
    world.simulator.pay(orderId, 'pay_again')
    await eventually(async () => {
      expect(await refundsOf(orderId)).toHaveLength(1)
    })
    return orderId
  }

  const transactionsOf = (orderId: string) =>
    world.simulator.order(orderId)?.transactions.map(({ transactionId }) => transactionId) ?? []

  describe('a second payment of one order', () => {
    it('is a case, is booked apart, and goes back by itself', async () => {
      const orderId = await payTwice()
      const [, second] = transactionsOf(orderId)
      const [refund] = await refundsOf(orderId)
      expect(refund).toMatchObject({
        origin: 'second_transaction',
        requestedBy: null,
        amountFen: 500,
        reason: '重复支付，原路退回',
      })
      expect(await casesOf(world, orderId)).toMatchObject([
        { id: refund?.caseId, kind: 'second_transaction', transactionId: second },
      ])
      expect(await postingsOf(world, orderId)).toEqual(['payment 500', 'second_payment 500'])

      await world.runDueJobs()
      expect(world.simulator.refund(refund?.refundId ?? '')).toMatchObject({
        refundFee: 500,
        transaction: { transactionId: second },
      })
      await pass(world, 30)
      expect(await statesOf(world, orderId)).toEqual(['succeeded'])
      expect(await postingsOf(world, orderId)).toEqual([
        'payment 500',
        'second_payment 500',
        'second_refund -500',
      ])
      await expectRightBooks(world)
    })

    it('goes back once, however often WeChat tells of it', async () => {
      world.simulator.faults.add({ on: 'notification', fault: 'duplicate', times: 2 })
      const orderId = await payTwice()
      await world.runDueJobs()
      await pass(world, 30)
      expect(await statesOf(world, orderId)).toEqual(['succeeded'])
      expect(await postingsOf(world, orderId)).toHaveLength(3)
      expect(await casesOf(world, orderId)).toHaveLength(1)
    })

    it('takes nothing of what can be refunded of the first', async () => {
      const orderId = await payTwice()
      expect(await listRefunds(world, orderId)).toMatchObject({ paidFen: 500, reservedFen: 0 })
      expect((await askRefund(world, orderId, { amountFen: 500 })).body.state).toBe('processing')
      for (const seconds of [0, 30]) await pass(world, seconds)
      expect((await statesOf(world, orderId)).sort()).toEqual(['succeeded', 'succeeded'])
      await expectRightBooks(world)
    })

    it('that cannot go back stays apart, and a person is told', async () => {
      const orderId = await payTwice()
      world.simulator.faults.add({ on: api.refund, fault: 'account_abnormal', times: 1 })
      await world.runDueJobs()
      expect(await statesOf(world, orderId)).toEqual(['closed'])
      const kinds = (await casesOf(world, orderId)).map(({ kind }) => kind)
      expect(kinds).toEqual(['second_transaction', 'refund_closed'])
      expect(await postingsOf(world, orderId)).toEqual(['payment 500', 'second_payment 500'])
      await expectRightBooks(world)
    })
  })

  describe('a refund of it that WeChat closed', () => {
    const repeat = async (refundId: string, newRefundId: string) => {
      const path = `/api/admin/refunds/${refundId}/repeat`
      const { status, body } = await world.asOperator('POST', path, { newRefundId })
      return { status, body: body as Record<string, unknown> }
    }

    async function closeRefund(): Promise<{ orderId: string; closed: string }> {
      // What is still under way would take the fault.
      await pass(world, 30)
      const orderId = await payTwice()
      world.simulator.faults.add({ on: 'refund_settlement', fault: 'close', times: 1 })
      await world.runDueJobs()
      // WeChat wants a minute between two refunds of a payment.
      await pass(world, 60)
      const [refund] = await refundsOf(orderId)
      expect(refund).toMatchObject({ state: 'closed' })
      return { orderId, closed: refund?.refundId ?? '' }
    }

    it('is asked for anew by an operator, with another number, and the books are right', async () => {
      const { orderId, closed } = await closeRefund()
      const again = newOrderId()
      const { status, body } = await repeat(closed, again)
      expect({ status, body }).toMatchObject({
        status: 200,
        body: { refundId: again, origin: 'second_transaction', state: 'processing' },
      })
      await pass(world, 30)
      expect((await statesOf(world, orderId)).sort()).toEqual(['closed', 'succeeded'])
      expect(await postingsOf(world, orderId)).toEqual([
        'payment 500',
        'second_payment 500',
        'second_refund -500',
      ])
      expect(await world.db.auditRecord.findMany({ where: { target: again } })).toMatchObject([
        { operator: 'li', action: 'refund_repeated', details: { orderId, insteadOf: closed } },
      ])
      await expectRightBooks(world)
    })

    it('is asked for once, however often and by however many it is said', async () => {
      const { orderId, closed } = await closeRefund()
      const [mine, theirs] = [newOrderId(), newOrderId()]
      const replies = await Promise.all([mine, mine, theirs].map((id) => repeat(closed, id)))
      const refused = replies.filter(({ body }) => body['code'] === 'REFUND_NOT_REPEATABLE')
      expect(replies.filter(({ status }) => status === 200).length + refused.length).toBe(3)
      expect(refused.length).toBeGreaterThan(0)
      await pass(world, 30)
      expect((await statesOf(world, orderId)).sort()).toEqual(['closed', 'succeeded'])
      expect(await repeat(closed, newOrderId())).toMatchObject({ status: 409 })
      await expectRightBooks(world)
    })

    it('is not asked for anew because WeChat tells of the second payment once more', async () => {
      const { orderId } = await closeRefund()
      const [, second = ''] = transactionsOf(orderId)
      const { openid } = await world.signIn('alice')
      const telling = { ...tellingOf(orderId, openid), transactionId: second }
      expect((await tell(world, channel, telling)).ok).toBe(true)
      expect(await statesOf(world, orderId)).toEqual(['closed'])
    })

    it('is the only one that is asked for like this', async () => {
      const orderId = await payOrder(world)
      const { body: asked } = await askRefund(world, orderId)
      const refused = { status: 409, body: { code: 'REFUND_NOT_REPEATABLE' } }
      expect(await repeat(asked.refundId, newOrderId())).toMatchObject(refused)
      const unknown = { status: 404, body: { code: 'REFUND_NOT_FOUND' } }
      expect(await repeat(newOrderId(), newOrderId())).toMatchObject(unknown)
      const { closed } = await closeRefund()
      const conflict = { status: 409, body: { code: 'REFUND_CONFLICT' } }
      expect(await repeat(closed, asked.refundId)).toMatchObject(conflict)
    })
  })

  describe('the person who tips sees', () => {
    const seen = async (orderId: string) => {
      const alice = await world.signIn('alice')
      const { body } = await alice.call('GET /api/orders/:orderId', { params: { orderId } })
      const { body: list } = await alice.call('GET /api/orders')
      expect(list.orders.find((order) => order.orderId === orderId)).toEqual(body)
      return body.refunds.map(({ amountFen, state, reason }) => [amountFen, state, reason])
    }

    it('no refund where there is none', async () => {
      expect(await seen(await payOrder(world))).toEqual([])
    })

    it('each refund with its reason, on its way, done, or failed', async () => {
      const orderId = await payOrder(world)
      world.simulator.faults.add({ on: api.refund, fault: 'account_abnormal', times: 1 })
      await askRefund(world, orderId, { amountFen: 100, reason: '试一试' })
      await askRefund(world, orderId, { amountFen: 200 })
      const failed = [100, 'failed', '试一试']
      expect(await seen(orderId)).toEqual([failed, [200, 'processing', '演出取消']])
      await pass(world, 10)
      expect(await seen(orderId)).toEqual([failed, [200, 'succeeded', '演出取消']])
    })

    it('what was paid twice go back, too', async () => {
      const orderId = await payTwice()
      expect(await seen(orderId)).toEqual([[500, 'processing', '重复支付，原路退回']])
    })
  })
})
