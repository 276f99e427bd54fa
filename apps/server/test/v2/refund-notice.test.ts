import { encryptRefundNotice } from '@dashang/shared/signing/refund-notice'
import type { Fields } from '@dashang/shared/signing/v2'
import { parseXml, writeXml } from '@dashang/shared/signing/xml'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { askRefund, payOrder, statesOf } from '../support/refunds.ts'
import { ACCOUNT, startWorld, type World } from '../support/world.ts'

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

describe('no refund succeeds by', () => {
  it.each<[what: string, status: number, code: string, changes: Changes]>([
    ['forged with another key', 401, 'NOTIFICATION_UNAUTHENTIC', { key: 'x'.repeat(32) }],
    ['without anything in it', 401, 'NOTIFICATION_UNAUTHENTIC', { outer: { req_info: '' } }],
    ['for another mini-program', 401, 'NOTIFICATION_UNAUTHENTIC', { outer: { appid: 'wx1' } }],
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
