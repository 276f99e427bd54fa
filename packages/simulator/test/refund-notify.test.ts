import { decryptRefundNotice, RefundNoticeError } from '@dashang/shared/signing/refund-notice'
import type { Fields } from '@dashang/shared/signing/v2'
import { parseXml } from '@dashang/shared/signing/xml'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { RefundNotificationFault } from '../src/fault-table.ts'
import { startSimulator, type Simulator } from '../src/simulator.ts'
import { ACCOUNT } from './account.ts'
import {
  ACCEPT,
  createInbox,
  createMerchant,
  orderFields,
  REFUSE,
  refundFields,
  type Inbox,
} from './merchant.ts'

let simulator: Simulator
let merchant: ReturnType<typeof createMerchant>
let inbox: Inbox

beforeEach(async () => {
  simulator = await startSimulator({ account: ACCOUNT })
  inbox = await createInbox()
  merchant = createMerchant(simulator)
  await merchant.send('unifiedorder', orderFields(simulator.login('alice').openid))
  // Nobody listens for the payment; it is told of once, to nobody.
  simulator.faults.add({ on: 'notification', fault: 'drop' })
  simulator.pay('order-0001')
})
afterEach(async () => {
  await simulator.close()
  await inbox.close()
})

const ask = (changes: Fields = {}) =>
  merchant.refund(refundFields({ notify_url: inbox.url, ...changes }))
const settle = () => simulator.clock.advance(3000)
const outside = (n = 0) => parseXml(inbox.received[n] ?? '')
const inside = (n = 0) => decryptRefundNotice(outside(n)['req_info'] ?? '', ACCOUNT.v2Key)
const status = () => simulator.refund('refund-0001')?.status

const control = async (outcome: string, outRefundNo = 'refund-0001') => {
  const response = await fetch(`${simulator.url}/_sim/refunds/${outRefundNo}/settle`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ outcome }),
  })
  return { status: response.status, body: (await response.json()) as Record<string, unknown> }
}

describe('a refund', () => {
  it('settles by itself after three seconds, and the notice tells of it', async () => {
    await ask({ refund_fee: '200' })
    expect(status()).toBe('PROCESSING')
    const { createdAt, settlesAt } = simulator.refund('refund-0001') ?? {}
    expect(Number(settlesAt) - Number(createdAt)).toBe(3000)
    await settle()
    expect(status()).toBe('SUCCESS')
    expect(outside()).toMatchObject({
      return_code: 'SUCCESS',
      appid: ACCOUNT.appid,
      mch_id: ACCOUNT.mchid,
    })
    expect(outside()).not.toHaveProperty('sign')
    expect(inside()).toMatchObject({
      out_trade_no: 'order-0001',
      transaction_id: simulator.order('order-0001')?.transactionId,
      out_refund_no: 'refund-0001',
      refund_id: simulator.refund('refund-0001')?.refundId,
      total_fee: '500',
      refund_fee: '200',
      settlement_refund_fee: '200',
      refund_status: 'SUCCESS',
      refund_request_source: 'API',
    })
    expect(inside()['success_time']).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/)
  })

  it.each([
    ['change', 'CHANGE'],
    ['close', 'REFUNDCLOSE'],
  ] as const)('under %s ends as %s', async (fault, outcome) => {
    simulator.faults.add({ on: 'refund_settlement', fault, times: 1 })
    await ask()
    await settle()
    expect(status()).toBe(outcome)
    expect(inside()['refund_status']).toBe(outcome)
    expect(inside()).not.toHaveProperty('success_time')
  })

  it('under hold waits for somebody to settle it', async () => {
    simulator.faults.add({ on: 'refund_settlement', fault: 'hold', times: 1 })
    await ask()
    await simulator.clock.advance(86_400_000)
    expect(status()).toBe('PROCESSING')
    expect(inbox.received).toHaveLength(0)
    simulator.settleRefund('refund-0001', 'CHANGE')
    simulator.settleRefund('refund-0001', 'SUCCESS')
    await vi.waitFor(() => {
      expect(inbox.received).toHaveLength(2)
    })
    expect(inside(0)['refund_status']).toBe('CHANGE')
    expect(inside(1)['refund_status']).toBe('SUCCESS')
  })

  it('is settled once', async () => {
    await ask()
    simulator.settleRefund('refund-0001', 'REFUNDCLOSE')
    expect(() => {
      simulator.settleRefund('refund-0001', 'SUCCESS')
    }).toThrow('REFUNDCLOSE')
    await settle()
    expect(status()).toBe('REFUNDCLOSE')
    expect(inbox.received).toHaveLength(1)
  })

  it('is settled by a script', async () => {
    await ask()
    expect(await control('REFUNDCLOSE')).toMatchObject({
      status: 200,
      body: { outRefundNo: 'refund-0001', status: 'REFUNDCLOSE' },
    })
    expect((await control('SUCCESS')).status).toBe(409)
    expect((await control('SUCCESS', 'nobody')).status).toBe(404)
    expect((await control('PROCESSING')).status).toBe(400)
  })

  it('without an address is told to nobody', async () => {
    await merchant.refund(refundFields())
    await settle()
    expect(status()).toBe('SUCCESS')
    expect(simulator.platform.notifications.map(({ kind }) => kind)).toEqual(['payment'])
  })

  it('is forgotten by a reset', async () => {
    await ask()
    await fetch(`${simulator.url}/_sim/reset`, { method: 'POST' })
    await settle()
    expect(inbox.received).toHaveLength(0)
    expect(simulator.refund('refund-0001')).toBeUndefined()
  })

  it('is in the state, with its notification', async () => {
    await ask()
    await settle()
    const state: unknown = await (await fetch(`${simulator.url}/_sim/state`)).json()
    expect(state).toMatchObject({
      orders: [
        { state: 'REFUND', transactions: [{ transactionId: expect.any(String) as string }] },
      ],
      refunds: [{ outRefundNo: 'refund-0001', status: 'SUCCESS', refundFee: 500 }],
      notifications: [{ kind: 'refund', outRefundNo: 'refund-0001' }, { kind: 'payment' }],
    })
  })
})

describe('a refund notice', () => {
  it('is made again until it is accepted', async () => {
    inbox.answers = [REFUSE, REFUSE, ACCEPT]
    await ask()
    await settle()
    await simulator.clock.advance(86_400_000)
    expect(inbox.received).toHaveLength(3)
    const told = simulator.platform.notifications.find(({ kind }) => kind === 'refund')
    expect(told?.attempts.map(({ isAccepted }) => isAccepted)).toEqual([false, false, true])
  })

  async function noticeUnder(fault: RefundNotificationFault): Promise<void> {
    simulator.faults.add({ on: 'refund_notification', fault, times: 1 })
    await ask()
    await settle()
  }

  it.each<[RefundNotificationFault, Fields]>([
    ['wrong_amount', { refund_fee: '501' }],
    ['wrong_status', { refund_status: 'REFUNDCLOSE' }],
    ['unknown_order', { out_trade_no: 'f'.repeat(32) }],
    ['unknown_refund', { out_refund_no: 'e'.repeat(32) }],
  ])('under %s says %o inside', async (fault, fields) => {
    await noticeUnder(fault)
    expect(inside()).toMatchObject(fields)
  })

  it.each<[RefundNotificationFault, Fields]>([
    ['wrong_appid', { appid: 'wx00000000deadbeef' }],
    ['wrong_mchid', { mch_id: '1999999999' }],
  ])('under %s says %o outside', async (fault, fields) => {
    await noticeUnder(fault)
    expect(outside()).toMatchObject(fields)
  })

  it('under tampered cannot be read', async () => {
    await noticeUnder('tampered')
    expect(() => inside()).toThrow(RefundNoticeError)
  })

  it('under drop comes with the retry, under duplicate twice', async () => {
    await noticeUnder('drop')
    expect(inbox.received).toHaveLength(0)
    simulator.faults.add({ on: 'refund_notification', fault: 'duplicate', times: 1 })
    await simulator.clock.advance(15_000)
    expect(inbox.received).toHaveLength(2)
    expect(inbox.received[0]).toBe(inbox.received[1])
  })
})
