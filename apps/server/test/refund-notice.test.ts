import type { FaultRule } from '@dashang/simulator'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { CHANNELS, DIALECTS, type Message, type RefundTelling } from './support/dialects.ts'
import { askRefund, casesOf, pass, payOrder, postingsOf, statesOf } from './support/refunds.ts'
import { startWorld, type World } from './support/world.ts'

describe.each(CHANNELS)('by API %s:', (channel) => {
  const { api, refundPath, refundNotice } = DIALECTS[channel]
  let world: World

  beforeAll(async () => {
    world = await startWorld({ WECHAT_PAY_CHANNEL: channel })
  })
  afterEach(() => {
    world.simulator.faults.clear()
  })
  afterAll(() => world.close())

  const inbox = (orderId: string) =>
    world.db.notification.findMany({ where: { orderId, kind: 'refund' } })

  /** A refund that WeChat took, and that the bank leaves alone. */
  async function heldRefund() {
    const orderId = await payOrder(world)
    world.simulator.faults.add({ on: 'refund_settlement', fault: 'hold', times: 1 })
    const { body } = await askRefund(world, orderId)
    await world.simulator.clock.advance(5000)
    return { orderId, refundId: body.refundId }
  }

  /** A refund that succeeded, of which WeChat tells in its own way. */
  async function toldRefund(fault: Extract<FaultRule, { on: 'refund_notification' }>['fault']) {
    const { orderId, refundId } = await heldRefund()
    world.simulator.faults.add({ on: 'refund_notification', fault, times: 1 })
    world.simulator.settleRefund(refundId, 'SUCCESS')
    await world.simulator.clock.advance(0)
    const notices = world.simulator.platform.notifications.filter(
      (sent) => sent.kind === 'refund' && sent.outTradeNo === orderId,
    )
    return { orderId, refundId, attempt: notices[0]?.attempts[0] }
  }

  function notice(orderId: string, refundId: string, changes: Partial<RefundTelling> = {}) {
    return refundNotice(world, {
      orderId,
      refundId,
      transactionId: world.simulator.order(orderId)?.transactionId ?? '',
      wechatRefundId: world.simulator.refund(refundId)?.refundId ?? '',
      totalFen: 500,
      amountFen: 200,
      outcome: 'succeeded',
      ...changes,
    })
  }

  const send = ({ body, headers }: Message) => world.post(refundPath, body, headers)

  describe('a refund notice', () => {
    it('is kept and acknowledged, and the refund succeeds because WeChat, asked, says so', async () => {
      const { orderId, refundId, attempt } = await toldRefund('duplicate')
      expect(attempt).toMatchObject({ isAccepted: true })
      const kept = await inbox(orderId)
      expect(kept.map(({ verdict }) => verdict)).toEqual(['to_confirm', 'to_confirm'])
      expect(await statesOf(world, orderId)).toEqual(['processing'])
      await world.runDueJobs()
      expect(await statesOf(world, orderId)).toEqual(['succeeded'])
      expect(await postingsOf(world, orderId)).toEqual(['payment 500', 'refund -200'])
      const events = await world.db.refundEvent.findMany({ where: { refundId, type: 'succeeded' } })
      expect(events).toMatchObject([{ cause: 'notification' }])
    })

    it('is a failed job when WeChat does not answer, which the queue repeats', async () => {
      const { orderId, refundId } = await heldRefund()
      world.simulator.settleRefund(refundId, 'SUCCESS')
      world.simulator.faults.add({ on: api.refundQuery, fault: 'timeout_before', times: 1 })
      const ask = () => world.services.refunds.followUp({ refundId, step: null }, world.app.log)
      await expect(ask()).rejects.toThrow('timeout')
      expect(await statesOf(world, orderId)).toEqual(['processing'])
      await ask()
      expect(await statesOf(world, orderId)).toEqual(['succeeded'])
    })

    it('that contradicts what is settled here is a case, and moves nothing', async () => {
      const orderId = await payOrder(world)
      world.simulator.faults.add({ on: api.refund, fault: 'account_abnormal', times: 1 })
      const { body } = await askRefund(world, orderId)
      expect(body.state).toBe('closed')
      // The refusal was none: the same number goes through by another way.
      const other = await askRefund(world, orderId)
      await pass(world, 10)
      const known = world.simulator.refund(other.body.refundId)
      if (known === undefined) throw new Error('WeChat does not know the other refund')
      const refund = { ...known, outRefundNo: body.refundId }
      world.simulator.platform.refunds.set(body.refundId, refund)
      expect((await send(notice(orderId, body.refundId))).ok).toBe(true)
      await world.runDueJobs()
      expect(await statesOf(world, orderId)).toEqual(['closed', 'succeeded'])
      expect(await casesOf(world, orderId)).toMatchObject([
        { kind: 'refund_closed' },
        { kind: 'refund_conflict', fields: ['succeeded'] },
      ])
    })

    it('of a refund that nobody asked for is kept as a case', async () => {
      const orderId = await payOrder(world)
      const wechatRefundId = '50300000000000000000000000001'
      const told = notice(orderId, 'from-the-console', { wechatRefundId })
      expect((await send(told)).ok).toBe(true)
      expect(await casesOf(world, orderId)).toMatchObject([{ kind: 'unknown_refund' }])
      expect(await inbox(orderId)).toMatchObject([{ verdict: 'case' }])
    })
  })

  describe('no refund succeeds by', () => {
    it.each<[what: string, changes: Partial<RefundTelling>]>([
      ['says that it succeeded', {}],
      ['lies about the amount', { amountFen: 201 }],
      ['lies about the outcome', { outcome: 'closed' }],
    ])('an authentic notice that %s: only the answer of WeChat counts', async (_, changes) => {
      const { orderId, refundId } = await heldRefund()
      expect((await send(notice(orderId, refundId, changes))).ok).toBe(true)
      await world.runDueJobs()
      expect(await statesOf(world, orderId)).toEqual(['processing'])
      expect(await postingsOf(world, orderId)).toEqual(['payment 500'])
    })

    it.each(['tampered', 'wrong_mchid'] as const)(
      'a notice that was changed on its way (%s)',
      async (fault) => {
        const { orderId, attempt } = await toldRefund(fault)
        expect(attempt).toMatchObject({ status: 401, isAccepted: false })
        expect(attempt?.answer).toContain('NOTIFICATION_UNAUTHENTIC')
        expect(await inbox(orderId)).toEqual([])
        await world.simulator.clock.advance(15_000)
        expect(await inbox(orderId)).toHaveLength(1)
      },
    )
  })
})
