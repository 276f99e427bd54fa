import { isSignedBy } from '@dashang/shared/signing/v2'
import { parseXml } from '@dashang/shared/signing/xml'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { NotificationFault } from '../src/fault-table.ts'
import { RETRY_DELAYS_MS } from '../src/notify/schedule.ts'
import { startSimulator, type Simulator } from '../src/simulator.ts'
import { ACCOUNT } from './account.ts'
import { createInbox, createMerchant, orderFields, REFUSE, ACCEPT, type Inbox } from './merchant.ts'

let simulator: Simulator
let inbox: Inbox
let openid: string

beforeEach(async () => {
  simulator = await startSimulator({ account: ACCOUNT })
  inbox = await createInbox()
  openid = simulator.login('alice').openid
  const fields = orderFields(openid, { notify_url: inbox.url, attach: '留言' })
  await createMerchant(simulator, 'HMAC-SHA256').send('unifiedorder', fields)
})
afterEach(async () => {
  await simulator.close()
  await inbox.close()
})

const attempts = () => simulator.platform.notifications[0]?.attempts ?? []

/** A step of nothing waits for what is due now. */
async function payAndDeliver() {
  simulator.pay('order-0001')
  await vi.waitFor(() => {
    expect(attempts().length).toBeGreaterThan(0)
  })
}

describe('a notification', () => {
  it('tells of the payment, signed as the order was', async () => {
    await payAndDeliver()
    const fields = parseXml(inbox.received[0] ?? '')
    expect(fields).toMatchObject({
      result_code: 'SUCCESS',
      out_trade_no: 'order-0001',
      total_fee: '500',
      fee_type: 'CNY',
      attach: '留言',
      openid,
      transaction_id: simulator.order('order-0001')?.transactionId,
    })
    expect(isSignedBy(fields, { key: ACCOUNT.v2Key, signType: 'HMAC-SHA256' })).toBe(true)
  })

  it('is made once when it is accepted', async () => {
    await payAndDeliver()
    await simulator.clock.advance(30 * 3_600_000)
    expect(inbox.received).toHaveLength(1)
    expect(attempts()).toMatchObject([{ status: 200, isAccepted: true }])
  })

  it('is made 16 times at the times of the table when nobody accepts it', async () => {
    inbox.answers = [REFUSE]
    await payAndDeliver()
    for (const [index, delay] of RETRY_DELAYS_MS.entries()) {
      await simulator.clock.advance(delay - 1000)
      expect(inbox.received).toHaveLength(index + 1)
      await simulator.clock.advance(1000)
      expect(inbox.received).toHaveLength(index + 2)
    }
    await simulator.clock.advance(48 * 3_600_000)
    expect(inbox.received).toHaveLength(16)
    expect(RETRY_DELAYS_MS.reduce((sum, ms) => sum + ms, 0)).toBe((24 * 60 + 4) * 60_000)
  })

  it.each(['OK', '{"return_code":"SUCCESS"}', '<xml>', ''])(
    'goes on when it is answered %j',
    async (answer) => {
      inbox.answers = [answer, ACCEPT]
      await payAndDeliver()
      await simulator.clock.advance(15_000)
      expect(attempts().map(({ isAccepted }) => isAccepted)).toEqual([false, true])
    },
  )

  it('is forgotten by a reset', async () => {
    inbox.answers = [REFUSE]
    await payAndDeliver()
    await fetch(`${simulator.url}/_sim/reset`, { method: 'POST' })
    await simulator.clock.advance(3_600_000)
    expect(inbox.received).toHaveLength(1)
  })
})

describe('a fault of the notification', () => {
  const isAuthentic = (xml: string) =>
    isSignedBy(parseXml(xml), { key: ACCOUNT.v2Key, signType: 'HMAC-SHA256' })

  it.each<[NotificationFault, Record<string, unknown>]>([
    ['wrong_amount', { total_fee: '501' }],
    ['wrong_appid', { appid: 'wx00000000deadbeef' }],
    ['wrong_mchid', { mch_id: '1999999999' }],
    ['wrong_currency', { fee_type: 'USD' }],
    ['wrong_payer', { openid: 'oAnotherPayer00000000000000A' }],
    ['unknown_order', { out_trade_no: 'f'.repeat(32) }],
    ['payment_failed', { result_code: 'FAIL', err_code: 'BANKERROR' }],
  ])('%s is authentic and says %o', async (fault, fields) => {
    simulator.faults.add({ on: 'notification', fault, times: 1 })
    await payAndDeliver()
    expect(parseXml(inbox.received[0] ?? '')).toMatchObject(fields)
    expect(isAuthentic(inbox.received[0] ?? '')).toBe(true)
  })

  it('tampered is not authentic', async () => {
    simulator.faults.add({ on: 'notification', fault: 'tampered', times: 1 })
    await payAndDeliver()
    expect(parseXml(inbox.received[0] ?? '')['total_fee']).toBe('5000')
    expect(isAuthentic(inbox.received[0] ?? '')).toBe(false)
  })

  it('drop loses one attempt; the retry arrives', async () => {
    simulator.faults.add({ on: 'notification', fault: 'drop', times: 1 })
    await payAndDeliver()
    expect(inbox.received).toHaveLength(0)
    await simulator.clock.advance(15_000)
    expect(inbox.received).toHaveLength(1)
  })

  it('duplicate makes the attempt twice', async () => {
    simulator.faults.add({ on: 'notification', fault: 'duplicate', times: 1 })
    await payAndDeliver()
    expect(inbox.received).toHaveLength(2)
    expect(inbox.received[0]).toBe(inbox.received[1])
  })
})
