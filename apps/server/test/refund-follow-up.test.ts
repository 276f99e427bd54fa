import type { FaultRule } from '@dashang/simulator'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { LAST_STEP } from '../src/features/refunds/follow-up-plan.ts'
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

/** Each version has its own way to ask for patience. */
const MORE = { v2: 'need_retry', v3: 'service_unavailable' } as const

describe.each(CHANNELS)('by API %s:', (channel) => {
  const { api } = DIALECTS[channel]
  let world: World

  beforeAll(async () => {
    world = await startWorld({ WECHAT_PAY_CHANNEL: channel })
  })
  afterEach(async () => {
    world.simulator.faults.clear()
    // What is still under way would take the faults of the next test.
    for (const seconds of [60, 60]) await pass(world, seconds)
  })
  afterAll(() => world.close())

  const fault = (rule: FaultRule) => {
    world.simulator.faults.add(rule)
  }
  /** WeChat tells nobody, so that only questions find out. */
  const beSilent = () => {
    fault({ on: 'refund_notification', fault: 'drop' })
  }
  const stored = (id: string) => world.db.order.findUniqueOrThrow({ where: { id } })
  const refundCalls = () =>
    world.simulator.platform.calls.filter((call) => call.api === api.refund).length

  describe('an answer that is none', () => {
    it.each(['timeout_after', 'garbage', 'unsigned', 'wrong_signature'] as const)(
      '(%s) to a refund that WeChat took is found out by asking, and nothing is sent twice',
      async (name) => {
        beSilent()
        const orderId = await payOrder(world)
        fault({ on: api.refund, fault: name, times: 1 })
        const calls = refundCalls()
        expect((await askRefund(world, orderId)).body.state).toBe('requested')
        await pass(world, 10)
        expect(await statesOf(world, orderId)).toEqual(['succeeded'])
        expect(refundCalls() - calls).toBe(1)
        expect(await casesOf(world, orderId)).toEqual([])
      },
    )

    it.each(['timeout_before', 'http_500', 'system_error', MORE[channel]] as const)(
      '(%s) to a refund that WeChat did not take is sent again, with the same number',
      async (name) => {
        beSilent()
        const orderId = await payOrder(world)
        fault({ on: api.refund, fault: name, times: 1 } as FaultRule)
        const { body } = await askRefund(world, orderId)
        expect(body.state).toBe('requested')
        await pass(world, 10)
        expect(await statesOf(world, orderId)).toEqual(['processing'])
        await pass(world, 30)
        expect(await statesOf(world, orderId)).toEqual(['succeeded'])
        expect(world.simulator.refund(body.refundId)).toMatchObject({ refundFee: 200 })
        expect(await casesOf(world, orderId)).toEqual([])
      },
    )

    it('to a question is asked again', async () => {
      beSilent()
      const orderId = await payOrder(world)
      await askRefund(world, orderId)
      fault({ on: api.refundQuery, fault: 'wrong_signature', times: 1 })
      await pass(world, 10)
      expect(await statesOf(world, orderId)).toEqual(['processing'])
      await pass(world, 30)
      expect(await statesOf(world, orderId)).toEqual(['succeeded'])
    })
  })

  describe('a refund', () => {
    it('waits for the balance, tells a person once, and is sent when there is money', async () => {
      const orderId = await payOrder(world)
      fault({ on: api.refund, fault: 'not_enough', times: 4 })
      const { body } = await askRefund(world, orderId)
      expect(body.state).toBe('requested')
      for (const seconds of [10, 30, 60]) await pass(world, seconds)
      expect(await statesOf(world, orderId)).toEqual(['requested'])
      expect(await casesOf(world, orderId)).toMatchObject([
        {
          id: body.caseId,
          kind: 'refund_blocked',
          fields: [channel === 'v2' ? 'NOTENOUGH' : 'NOT_ENOUGH'],
          state: 'open',
        },
      ])
      expect((await stored(orderId)).refundReservedFen).toBe(200)
      await pass(world, 180)
      await pass(world, 600)
      expect(await statesOf(world, orderId)).toEqual(['succeeded'])
    })

    it('is sent at once when the operator asks again', async () => {
      const orderId = await payOrder(world)
      fault({ on: api.refund, fault: 'not_enough', times: 1 })
      const { body } = await askRefund(world, orderId)
      const again = await askRefund(world, orderId, { refundId: body.refundId })
      expect(again.body.state).toBe('processing')
    })

    it('that WeChat refuses for good is closed, gives the amount back, and is a case', async () => {
      const orderId = await payOrder(world)
      fault({ on: api.refund, fault: 'account_abnormal', times: 1 })
      const { body } = await askRefund(world, orderId, { amountFen: 500 })
      expect(body.state).toBe('closed')
      expect(await casesOf(world, orderId)).toMatchObject([
        { id: body.caseId, kind: 'refund_closed', fields: ['USER_ACCOUNT_ABNORMAL'] },
      ])
      expect(body.events.map(({ type }) => type)).toEqual(['requested', 'refused'])
      expect((await stored(orderId)).refundReservedFen).toBe(0)
      expect(await postingsOf(world, orderId)).toEqual(['payment 500'])
      expect((await askRefund(world, orderId, { amountFen: 500 })).body.state).toBe('processing')
      await expectRightBooks(world)
    })

    it('that WeChat gives up is closed, gives the amount back, and is a case', async () => {
      const orderId = await payOrder(world)
      fault({ on: 'refund_settlement', fault: 'close', times: 1 })
      await askRefund(world, orderId)
      await pass(world, 10)
      expect(await statesOf(world, orderId)).toEqual(['closed'])
      expect((await stored(orderId)).refundReservedFen).toBe(0)
      expect(await casesOf(world, orderId)).toMatchObject([{ kind: 'refund_closed' }])
      await expectRightBooks(world)
    })

    it('that cannot reach the payer is a case, keeps its amount, and may still succeed', async () => {
      const orderId = await payOrder(world)
      fault({ on: 'refund_settlement', fault: 'change', times: 1 })
      const { body } = await askRefund(world, orderId)
      await pass(world, 10)
      expect(await statesOf(world, orderId)).toEqual(['abnormal'])
      expect(await casesOf(world, orderId)).toMatchObject([{ kind: 'refund_abnormal' }])
      expect((await stored(orderId)).refundReservedFen).toBe(200)
      world.simulator.settleRefund(body.refundId, 'SUCCESS')
      await pass(world, 30)
      expect(await statesOf(world, orderId)).toEqual(['succeeded'])
      expect(await postingsOf(world, orderId)).toEqual(['payment 500', 'refund -200'])
    })

    it('of another amount at WeChat never succeeds here, and is a case', async () => {
      beSilent()
      const orderId = await payOrder(world)
      const { body } = await askRefund(world, orderId)
      Object.assign(world.simulator.refund(body.refundId) ?? {}, { refundFee: 201 })
      await pass(world, 10)
      expect(await statesOf(world, orderId)).toEqual(['processing'])
      expect(await casesOf(world, orderId)).toMatchObject([
        { kind: 'refund_mismatch', fields: ['amountFen'] },
      ])
      expect(await postingsOf(world, orderId)).toEqual(['payment 500'])
    })

    it('that has lost its job is found by the sweep, and ends', async () => {
      beSilent()
      const orderId = await payOrder(world)
      await askRefund(world, orderId)
      await world.db.$executeRaw`DELETE FROM pgboss.job WHERE name = 'follow_up_refund'`
      await pass(world, 3 * 3600)
      expect(await statesOf(world, orderId)).toEqual(['processing'])
      await world.queue.boss.send('sweep', {})
      await pass(world, 1)
      expect(await statesOf(world, orderId)).toEqual(['succeeded'])
    })

    it('that never ends is handed to a person', async () => {
      beSilent()
      const orderId = await payOrder(world)
      fault({ on: 'refund_settlement', fault: 'hold', times: 1 })
      const { body } = await askRefund(world, orderId)
      await pass(world, 10)
      const { refundId } = body
      const at = world.simulator.clock.now()
      await world.db.$transaction((tx) =>
        world.queue.enqueue(tx, 'follow_up_refund', { refundId, step: LAST_STEP }, at),
      )
      await world.runDueJobs()
      expect(await casesOf(world, orderId)).toMatchObject([
        { kind: 'refund_stuck', fields: ['processing'] },
      ])
    })

    it('succeeds once, however many hear of it at the same time', async () => {
      beSilent()
      const orderId = await payOrder(world)
      const { body } = await askRefund(world, orderId)
      await world.simulator.clock.advance(5000)
      const log = world.app.log
      const job = { refundId: body.refundId, step: null }
      await Promise.all(Array.from({ length: 5 }, () => world.services.refunds.followUp(job, log)))
      expect(await postingsOf(world, orderId)).toEqual(['payment 500', 'refund -200'])
      const [refund] = (await listRefunds(world, orderId)).refunds
      expect(refund?.events.map(({ type }) => type)).toEqual(['requested', 'accepted', 'succeeded'])
    })
  })
})
