import { encryptRefundNotice } from '@dashang/shared/signing/refund-notice'
import type { Fields } from '@dashang/shared/signing/v2'
import { parseXml, writeXml } from '@dashang/shared/signing/xml'
import type { FaultRule } from '@dashang/simulator'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { askRefund, casesOf, pass, payOrder, postingsOf, statesOf } from './support/refunds.ts'
import { ACCOUNT, startWorld, type World } from './support/world.ts'

const PATH = '/notify/wechat-pay/v2/refund'

let world: World

beforeAll(async () => {
  world = await startWorld()
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

function noticeXml(orderId: string, refundId: string, changes: Changes = {}): string {
  const refund = world.simulator.refund(refundId)
  const inner = {
    transaction_id: world.simulator.order(orderId)?.transactionId ?? '',
    out_trade_no: orderId,
    refund_id: refund?.refundId ?? '',
    out_refund_no: refundId,
    total_fee: '500',
    refund_fee: '200',
    refund_status: 'SUCCESS',
    ...changes.inner,
  }
  return writeXml({
    return_code: 'SUCCESS',
    appid: ACCOUNT.appid,
    mch_id: ACCOUNT.mchid,
    nonce_str: 'nonce',
    req_info: encryptRefundNotice(inner, changes.key ?? ACCOUNT.v2Key),
    ...changes.outer,
  })
}

interface Changes {
  readonly inner?: Fields
  readonly outer?: Fields
  readonly key?: string
}

async function send(xml: string) {
  const response = await world.post(PATH, xml, { 'content-type': 'text/xml' })
  return { status: response.status, fields: parseXml(await response.text()) }
}

describe('a refund notice', () => {
  it('is kept and acknowledged, and the refund succeeds because WeChat, asked, says so', async () => {
    const { orderId, refundId, attempt } = await toldRefund('duplicate')
    expect(attempt).toMatchObject({ status: 200, isAccepted: true })
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
    world.simulator.faults.add({ on: 'refundquery', fault: 'timeout_before', times: 1 })
    const ask = () => world.services.refunds.followUp({ refundId, step: null }, world.app.log)
    await expect(ask()).rejects.toThrow('timeout')
    expect(await statesOf(world, orderId)).toEqual(['processing'])
    await ask()
    expect(await statesOf(world, orderId)).toEqual(['succeeded'])
  })

  it('that contradicts what is settled here is a case, and moves nothing', async () => {
    const orderId = await payOrder(world)
    world.simulator.faults.add({ on: 'refund', fault: 'account_abnormal', times: 1 })
    const { body } = await askRefund(world, orderId)
    expect(body.state).toBe('closed')
    // The refusal was none: the same number goes through by another way.
    const other = await askRefund(world, orderId)
    await pass(world, 10)
    const known = world.simulator.refund(other.body.refundId)
    if (known === undefined) throw new Error('WeChat does not know the other refund')
    const refund = { ...known, outRefundNo: body.refundId }
    world.simulator.platform.refunds.set(body.refundId, refund)
    expect((await send(noticeXml(orderId, body.refundId))).status).toBe(200)
    await world.runDueJobs()
    expect(await statesOf(world, orderId)).toEqual(['closed', 'succeeded'])
    expect(await casesOf(world, orderId)).toMatchObject([
      { kind: 'refund_closed' },
      { kind: 'refund_conflict', fields: ['succeeded'] },
    ])
  })

  it('of a refund that nobody asked for is kept as a case', async () => {
    const orderId = await payOrder(world)
    const inner = { out_refund_no: 'from-the-console', refund_id: '50300000000000000000000000001' }
    expect((await send(noticeXml(orderId, 'x', { inner }))).status).toBe(200)
    expect(await casesOf(world, orderId)).toMatchObject([{ kind: 'unknown_refund' }])
    expect(await inbox(orderId)).toMatchObject([{ verdict: 'case' }])
  })
})

describe('no refund succeeds by', () => {
  it.each<[what: string, changes: Changes]>([
    ['says that it succeeded', {}],
    ['lies about the amount', { inner: { refund_fee: '201' } }],
    ['lies about the outcome', { inner: { refund_status: 'REFUNDCLOSE' } }],
  ])('a well encrypted notice that %s: only the answer of WeChat counts', async (_, changes) => {
    const { orderId, refundId } = await heldRefund()
    expect((await send(noticeXml(orderId, refundId, changes))).status).toBe(200)
    await world.runDueJobs()
    expect(await statesOf(world, orderId)).toEqual(['processing'])
    expect(await postingsOf(world, orderId)).toEqual(['payment 500'])
  })

  it.each(['tampered', 'wrong_appid', 'wrong_mchid'] as const)(
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

  it.each<[what: string, status: number, code: string, changes: Changes]>([
    ['forged with another key', 401, 'NOTIFICATION_UNAUTHENTIC', { key: 'x'.repeat(32) }],
    ['without anything in it', 401, 'NOTIFICATION_UNAUTHENTIC', { outer: { req_info: '' } }],
    ['that failed', 400, 'NOTIFICATION_MALFORMED', { outer: { return_code: 'FAIL' } }],
    ['of half an amount', 400, 'NOTIFICATION_MALFORMED', { inner: { refund_fee: '0.5' } }],
    ['of no state', 400, 'NOTIFICATION_MALFORMED', { inner: { refund_status: 'MAYBE' } }],
    ['of no order', 400, 'NOTIFICATION_MALFORMED', { inner: { out_trade_no: 'a b' } }],
    ['of a strange number', 400, 'NOTIFICATION_MALFORMED', { inner: { transaction_id: '<>' } }],
  ])('a notice %s: %i %s', async (_, status, code, changes) => {
    const { orderId, refundId } = await heldRefund()
    const answer = await send(noticeXml(orderId, refundId, changes))
    expect(answer.status).toBe(status)
    expect(answer.fields['return_msg']).toContain(code)
    expect(await inbox(orderId)).toEqual([])
    expect(await statesOf(world, orderId)).toEqual(['processing'])
  })

  it.each([
    ['malformed XML', '<xml><req_info>1</xml>'],
    ['an entity bomb', '<!DOCTYPE xml [<!ENTITY a "aa">]><xml><req_info>&a;</req_info></xml>'],
    ['nothing', ''],
  ])('%s', async (_, body) => {
    expect(await send(body)).toMatchObject({ status: 400, fields: { return_code: 'FAIL' } })
  })
})
