import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
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
import { startWorld, type World } from './support/world.ts'
import { CHANNELS, DIALECTS } from './support/dialects.ts'

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
    await vi.waitFor(async () => {
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
