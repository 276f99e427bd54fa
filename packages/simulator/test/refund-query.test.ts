import type { Fields } from '@dashang/shared/signing/v2'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { startSimulator, type Simulator } from '../src/simulator.ts'
import { ACCOUNT } from './account.ts'
import { createMerchant, orderFields, refundFields } from './merchant.ts'

let simulator: Simulator
let merchant: ReturnType<typeof createMerchant>

beforeEach(async () => {
  simulator = await startSimulator({ account: ACCOUNT, startAt: new Date('2026-03-01T00:00:00Z') })
  merchant = createMerchant(simulator)
  await merchant.send('unifiedorder', orderFields(simulator.login('alice').openid))
  simulator.pay('order-0001')
})
afterEach(() => simulator.close())

const query = (fields: Fields) => merchant.send('refundquery', fields)

async function refundTimes(count: number): Promise<void> {
  for (let n = 1; n <= count; n += 1) {
    await merchant.refund(refundFields({ out_refund_no: `r${n}`, refund_fee: String(n) }))
    await simulator.clock.advance(60_000)
  }
}

it('tells of a refund from request to success', async () => {
  simulator.faults.add({ on: 'refund_settlement', fault: 'hold' })
  await merchant.refund(refundFields())
  expect((await query({ out_refund_no: 'refund-0001' })).fields).toMatchObject({
    out_trade_no: 'order-0001',
    transaction_id: simulator.order('order-0001')?.transactionId,
    total_fee: '500',
    refund_count: '1',
    total_refund_count: '1',
    out_refund_no_0: 'refund-0001',
    refund_id_0: simulator.refund('refund-0001')?.refundId,
    refund_fee_0: '500',
    refund_channel_0: 'ORIGINAL',
    refund_status_0: 'PROCESSING',
    refund_account_0: 'REFUND_SOURCE_UNSETTLED_FUNDS',
    refund_recv_accout_0: '支付用户零钱',
  })
  await simulator.clock.advance(3_600_000)
  simulator.settleRefund('refund-0001', 'SUCCESS')
  const { fields } = await query({ out_refund_no: 'refund-0001' })
  expect(fields['refund_status_0']).toBe('SUCCESS')
  expect(fields['refund_success_time_0']).toMatch(/^2026-03-01 09:00:\d\d$/)
})

it('finds refunds by any of the four numbers, the first of them in this order', async () => {
  await refundTimes(2)
  const { refundId: refund_id = '' } = simulator.refund('r2') ?? {}
  const transaction_id = simulator.order('order-0001')?.transactionId ?? ''
  const both = { out_refund_no_0: 'r1', out_refund_no_1: 'r2', refund_fee_1: '2' }
  const byOrder = { out_trade_no: 'order-0001' }
  const byTransaction = { out_trade_no: 'other', transaction_id }
  const byNumber = { ...byTransaction, out_refund_no: 'r1' }
  const byId = { ...byNumber, refund_id }
  expect((await query(byId)).fields).toMatchObject({ out_refund_no_0: 'r2', refund_count: '1' })
  expect((await query(byNumber)).fields).toMatchObject({ out_refund_no_0: 'r1', refund_count: '1' })
  expect((await query(byTransaction)).fields).toMatchObject(both)
  expect((await query(byOrder)).fields).toMatchObject(both)
})

it('shows ten refunds from the offset on', async () => {
  await refundTimes(12)
  const first = await query({ out_trade_no: 'order-0001' })
  expect(first.fields).toMatchObject({ total_refund_count: '12', refund_count: '10' })
  expect(first.fields['out_refund_no_9']).toBe('r10')
  const rest = await query({ out_trade_no: 'order-0001', offset: '10' })
  expect(rest.fields).toMatchObject({
    total_refund_count: '12',
    refund_count: '2',
    out_refund_no_0: 'r11',
    out_refund_no_1: 'r12',
  })
  expect(rest.fields).not.toHaveProperty('out_refund_no_2')
})

it.each([
  [{ out_refund_no: 'none' }, 'REFUNDNOTEXIST'],
  [{ refund_id: 'none' }, 'REFUNDNOTEXIST'],
  [{ out_trade_no: 'none' }, 'REFUNDNOTEXIST'],
  [{ out_trade_no: 'order-0001' }, 'REFUNDNOTEXIST'],
  [{ transaction_id: 'none' }, 'INVALID_TRANSACTIONID'],
])('knows nothing of %o', async (numbers, code) => {
  expect((await query(numbers)).fields['err_code']).toBe(code)
})

it('asks for one of the four numbers', async () => {
  expect((await query({})).fields).toEqual({ return_code: 'FAIL', return_msg: '缺少参数' })
})

it('has the faults of other calls', async () => {
  simulator.faults.add({ on: 'refundquery', fault: 'system_error', times: 1 })
  expect((await query({ out_refund_no: 'r1' })).fields['err_code']).toBe('SYSTEMERROR')
})
