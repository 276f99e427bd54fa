import { isSignedBy, type Fields } from '@dashang/shared/signing/v2'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { startSimulator, type Simulator } from '../src/simulator.ts'
import { ACCOUNT } from './account.ts'
import { createMerchant, orderFields, refundFields } from './merchant.ts'

let simulator: Simulator
let merchant: ReturnType<typeof createMerchant>

const place = (changes: Fields = {}) =>
  merchant.send('unifiedorder', orderFields(simulator.login('alice').openid, changes))
const refund = (changes: Fields = {}) => merchant.refund(refundFields(changes))
const minute = () => simulator.clock.advance(60_000)
const orderState = async () =>
  (await merchant.send('orderquery', { out_trade_no: 'order-0001' })).fields['trade_state']

beforeEach(async () => {
  simulator = await startSimulator({ account: ACCOUNT })
  merchant = createMerchant(simulator)
  await place()
})
afterEach(() => simulator.close())

describe('a refund', () => {
  beforeEach(() => simulator.pay('order-0001'))

  it('is accepted, and the order says so', async () => {
    const { fields } = await refund({ refund_fee: '200' })
    expect(fields).toMatchObject({
      result_code: 'SUCCESS',
      out_trade_no: 'order-0001',
      transaction_id: simulator.order('order-0001')?.transactionId,
      out_refund_no: 'refund-0001',
      refund_fee: '200',
      total_fee: '500',
      cash_refund_fee: '200',
    })
    expect(fields['refund_id']).toMatch(/^5[0-9]{28}$/)
    expect(isSignedBy(fields, { key: ACCOUNT.v2Key, signType: 'MD5' })).toBe(true)
    expect(await orderState()).toBe('REFUND')
    expect(simulator.order('order-0001')?.state).toBe('REFUND')
  })

  it('of an order makes it neither payable nor closable', async () => {
    await refund()
    const { fields } = await merchant.send('closeorder', { out_trade_no: 'order-0001' })
    expect(fields['err_code']).toBe('ORDERPAID')
    expect((await place()).fields['err_code']).toBe('ORDERPAID')
    expect(simulator.pay('order-0001').errMsg).toMatch(/fail/)
  })

  it('is the same refund when it is asked for again, at any time', async () => {
    const first = await refund()
    const again = await refund()
    await simulator.clock.advance(400 * 86_400_000)
    const late = await refund()
    for (const { fields } of [again, late]) {
      expect(fields['refund_id']).toBe(first.fields['refund_id'])
    }
    expect(simulator.platform.refunds.size).toBe(1)
  })

  it.each([{ refund_fee: '499' }, { total_fee: '501' }])(
    'is refused under the same number with %o',
    async (changes) => {
      await refund()
      expect((await refund(changes)).fields['err_code']).toBe('REFUND_FEE_MISMATCH')
    },
  )

  it('is refused under the number of a refund of another order', async () => {
    await refund()
    await place({ out_trade_no: 'order-0002' })
    simulator.pay('order-0002')
    const { fields } = await refund({ out_trade_no: 'order-0002' })
    expect(fields).toMatchObject({ err_code: 'INVALID_REQUEST', err_code_des: '商户退款单号重复' })
  })

  it('is never more than what is left', async () => {
    await refund({ refund_fee: '300' })
    await minute()
    const { fields } = await refund({ out_refund_no: 'r2', refund_fee: '201' })
    expect(fields).toMatchObject({ err_code: 'INVALID_REQUEST' })
    expect(fields['err_code_des']).toContain('大于支付金额')
    expect((await refund({ out_refund_no: 'r3', refund_fee: '200' })).fields).toMatchObject({
      result_code: 'SUCCESS',
    })
    await minute()
    const full = await refund({ out_refund_no: 'r4', refund_fee: '1' })
    expect(full.fields['err_code_des']).toBe('订单已全额退款')
  })

  it('that was closed gives its amount back', async () => {
    await refund()
    simulator.settleRefund('refund-0001', 'REFUNDCLOSE')
    await minute()
    expect((await refund({ out_refund_no: 'r2' })).fields['result_code']).toBe('SUCCESS')
  })

  it('names the amount of the order', async () => {
    const { fields, hint } = await refund({ total_fee: '501' })
    expect(fields['err_code']).toBe('INVALID_REQUEST')
    expect(hint).toContain('500')
  })

  it('comes a minute after the one before', async () => {
    await refund({ refund_fee: '1' })
    const second = { out_refund_no: 'r2', refund_fee: '1' }
    await simulator.clock.advance(55_000)
    expect((await refund(second)).fields['err_code']).toBe('FREQUENCY_LIMITED')
    await simulator.clock.advance(5000)
    expect((await refund(second)).fields['result_code']).toBe('SUCCESS')
  })

  it('comes at most fifty times', async () => {
    for (let n = 1; n <= 50; n += 1) {
      const { fields } = await refund({ out_refund_no: `r${n}`, refund_fee: '1' })
      expect(fields['result_code']).toBe('SUCCESS')
      await minute()
    }
    const { fields, hint } = await refund({ out_refund_no: 'r51', refund_fee: '1' })
    expect(fields['err_code']).toBe('FREQUENCY_LIMITED')
    expect(hint).toContain('50')
  })

  it('comes within a year', async () => {
    await simulator.clock.advance(366 * 86_400_000)
    expect((await refund()).fields['err_code']).toBe('TRADE_OVERDUE')
  })

  it('goes by transaction_id when both numbers are given', async () => {
    const transaction_id = simulator.order('order-0001')?.transactionId ?? ''
    const { fields } = await refund({ transaction_id, out_trade_no: 'no-such-order' })
    expect(fields['out_trade_no']).toBe('order-0001')
    const unknown = { transaction_id: `4${'0'.repeat(27)}`, out_refund_no: 'r2' }
    expect((await refund(unknown)).fields['err_code']).toBe('INVALID_TRANSACTIONID')
  })

  it('is done though its answer gets lost, and is the same when it is asked for again', async () => {
    simulator.faults.add({ on: 'refund', fault: 'timeout_after', times: 1 })
    const lost = expect(refund()).rejects.toThrow()
    await vi.waitFor(() => {
      expect(simulator.refund('refund-0001')).toBeDefined()
    })
    const { fields } = await refund()
    expect(fields['refund_id']).toBe(simulator.refund('refund-0001')?.refundId)
    await simulator.close()
    await lost
  })

  it('needs an order', async () => {
    expect((await refund({ out_trade_no: 'other' })).fields['err_code']).toBe('ORDERNOTEXIST')
    expect((await refund({ out_trade_no: '' })).fields['return_msg']).toBe('缺少参数')
  })

  it.each([
    [{ out_refund_no: '' }, 'out_refund_no'],
    [{ out_refund_no: 'a/b' }, 'out_refund_no'],
    [{ out_refund_no: 'r'.repeat(65) }, 'out_refund_no'],
    [{ refund_fee: '0' }, 'refund_fee'],
    [{ refund_fee: '1.5' }, 'refund_fee'],
    [{ total_fee: '' }, 'total_fee'],
    [{ refund_desc: '退'.repeat(27) }, 'refund_desc'],
    [{ refund_fee_type: 'USD' }, 'refund_fee_type'],
    [{ refund_account: 'MINE' }, 'refund_account'],
    [{ notify_url: 'http://127.0.0.1/n?x=1' }, 'notify_url'],
  ])('is refused at the door with %o', async (changes, name) => {
    const { fields, hint } = await refund(changes)
    expect(fields['return_code']).toBe('FAIL')
    expect(hint).toContain(name)
  })

  it.each([
    ['not_enough', 'NOTENOUGH'],
    ['need_retry', 'BIZERR_NEED_RETRY'],
    ['account_abnormal', 'USER_ACCOUNT_ABNORMAL'],
    ['system_error', 'SYSTEMERROR'],
  ] as const)('under the fault %s is not done and answers %s', async (fault, code) => {
    simulator.faults.add({ on: 'refund', fault, times: 1 })
    expect((await refund()).fields['err_code']).toBe(code)
    expect(simulator.platform.refunds.size).toBe(0)
    expect((await refund()).fields['result_code']).toBe('SUCCESS')
  })
})

it('refuses a refund of an order that is not paid', async () => {
  expect((await refund()).fields['err_code']).toBe('ORDER_NOT_READY')
})

describe('an order that was paid twice', () => {
  beforeEach(() => {
    simulator.pay('order-0001')
    simulator.pay('order-0001', 'pay_again')
  })

  const ids = () =>
    simulator.order('order-0001')?.transactions.map(({ transactionId }) => transactionId) ?? []

  it('has two transactions and tells of the first', async () => {
    expect(new Set(ids()).size).toBe(2)
    const { fields } = await merchant.send('orderquery', { out_trade_no: 'order-0001' })
    expect(fields['transaction_id']).toBe(ids()[0])
    expect(simulator.platform.notifications.map(({ kind }) => kind)).toEqual(['payment', 'payment'])
  })

  it('is refunded by transaction, each in full', async () => {
    const [first = '', second = ''] = ids()
    const reply = await refund({ transaction_id: second })
    expect(reply.fields).toMatchObject({ result_code: 'SUCCESS', transaction_id: second })
    expect(await orderState()).toBe('SUCCESS')
    const asked = await merchant.send('orderquery', { transaction_id: second })
    expect(asked.fields).toMatchObject({ trade_state: 'REFUND', transaction_id: second })
    expect((await refund({ out_refund_no: 'r2', transaction_id: first })).fields).toMatchObject({
      result_code: 'SUCCESS',
      transaction_id: first,
    })
  })
})
