import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startSimulator, type Simulator } from '../src/simulator.ts'
import { ACCOUNT } from './account.ts'
import { createMerchant, orderFields } from './merchant.ts'
import { createV3Merchant, fieldsOf, REFUNDS, refundBody } from './v3-merchant.ts'

let simulator: Simulator
let merchant: ReturnType<typeof createV3Merchant>
let openid: string

beforeEach(async () => {
  simulator = await startSimulator({ account: ACCOUNT })
  merchant = createV3Merchant(simulator)
  openid = simulator.login('alice').openid
})
afterEach(() => simulator.close())

const place = (changes: object = {}) => merchant.place({ payer: { openid }, ...changes })
const prepayIdOf = async (changes: object = {}) =>
  String(fieldsOf(await place(changes))['prepay_id'])
const MINUTE_MS = 60_000
const DAY_MS = 24 * 60 * MINUTE_MS
const inMs = (ms: number) => new Date(simulator.clock.now().getTime() + ms).toISOString()
/** How long the order can be paid from now on. */
const leftMs = () =>
  (simulator.order('order-0001')?.expiresAt.getTime() ?? 0) - simulator.clock.now().getTime()

describe('an order that comes again', () => {
  it('with the same content has a new prepay_id, and both open the cashier', async () => {
    const [first, second] = [await prepayIdOf(), await prepayIdOf()]
    expect(second).not.toBe(first)
    for (const id of [first, second]) {
      expect(simulator.requestPayment({ openid, ...merchant.payParameters(id) }).kind).toBe('open')
    }
  })

  it.each<[string, object, string]>([
    ['another amount', { amount: { total: 501, currency: 'CNY' } }, 'total_fee'],
    ['another description', { description: 'other' }, 'body'],
    ['an attach', { attach: 'a' }, 'attach'],
    ['another address', { notify_url: 'http://127.0.0.1:9999/other' }, 'notify_url'],
    ['goods', { detail: { cost_price: 1 } }, 'detail'],
  ])('with %s is refused', async (_, changes, word) => {
    await place()
    const reply = await place(changes)
    expect(fieldsOf(reply)).toMatchObject({ code: 'OUT_TRADE_NO_USED', message: '商户订单号重复' })
    expect(reply.hint).toContain(word)
  })

  it('is the same whether its currency is said or not', async () => {
    await place({ amount: { total: 500 } })
    expect(await place()).toMatchObject({ status: 200 })
  })

  it('is the same from another address of the phone, and not from another till', async () => {
    const from = (scene: object) => place({ scene_info: { payer_client_ip: '10.0.0.1', ...scene } })
    await from({})
    expect(await from({ payer_client_ip: '10.0.0.2' })).toMatchObject({ status: 200 })
    expect(await place()).toMatchObject({ status: 200 })
    expect((await from({ device_id: 'till' })).hint).toContain('device_info')
  })

  it('by the other API is another order with the same number', async () => {
    await place()
    const v2 = createMerchant(simulator)
    const again = orderFields(openid, { notify_url: 'http://127.0.0.1:9999/notify' })
    const { fields } = await v2.send('unifiedorder', again)
    expect(fields).toMatchObject({ err_code: 'OUT_TRADE_NO_USED' })
    await v2.send('unifiedorder', orderFields(openid, { out_trade_no: 'order-0002' }))
    const reply = await place({
      out_trade_no: 'order-0002',
      notify_url: 'http://127.0.0.1:9998/notify',
    })
    expect(fieldsOf(reply)['code']).toBe('OUT_TRADE_NO_USED')
  })

  it.each([
    ['paid', 'ORDERPAID'],
    ['closed', 'ORDER_CLOSED'],
  ])('when it is %s is refused with %s', async (state, code) => {
    await place()
    if (state === 'paid') simulator.pay('order-0001')
    else
      await merchant.post('/v3/pay/transactions/out-trade-no/order-0001/close', {
        mchid: ACCOUNT.mchid,
      })
    expect(fieldsOf(await place())['code']).toBe(code)
  })
})

describe('time_expire', () => {
  it.each<[string, number | null, number]>([
    ['is seven days when nobody says it', null, 7 * DAY_MS],
    ['is at least a minute', 1000, MINUTE_MS],
    ['may lie in the past, and is a minute', -DAY_MS, MINUTE_MS],
    ['is at most ninety days', 400 * DAY_MS, 90 * DAY_MS],
    ['is as it was said between these', 2 * DAY_MS, 2 * DAY_MS],
  ])('%s', async (_, givenMs, expectedMs) => {
    await place(givenMs === null ? {} : { time_expire: inMs(givenMs) })
    expect(Math.abs(leftMs() - expectedMs)).toBeLessThan(30_000)
  })

  it('is fixed by the first request', async () => {
    const time_expire = inMs(DAY_MS)
    await place({ time_expire })
    expect(await place({ time_expire })).toMatchObject({ status: 200 })
    expect(fieldsOf(await place({ time_expire: inMs(2 * DAY_MS) }))).toMatchObject({
      code: 'INVALID_REQUEST',
    })
    expect(await place()).toMatchObject({ status: 400 })
  })

  it('ends the payment and no more: the order reads as closed', async () => {
    const prepayId = await prepayIdOf({ time_expire: inMs(MINUTE_MS) })
    await simulator.clock.advance(MINUTE_MS + 1000)
    const result = simulator.requestPayment({ openid, ...merchant.payParameters(prepayId) })
    expect(result).toMatchObject({ errMsg: 'requestPayment:fail 该订单已关闭' })
  })
})

it('a prepay_id lives two hours, and the order longer', async () => {
  const prepayId = await prepayIdOf()
  await simulator.clock.advance(2 * 60 * MINUTE_MS + 1000)
  const result = simulator.requestPayment({ openid, ...merchant.payParameters(prepayId) })
  expect(result).toMatchObject({ errMsg: 'requestPayment:fail 缺少参数 total_fee' })
  const next = merchant.payParameters(await prepayIdOf())
  expect(simulator.requestPayment({ openid, ...next }).kind).toBe('open')
})

it('a paid order cannot be closed, and stays paid', async () => {
  await place()
  simulator.pay('order-0001')
  const close = '/v3/pay/transactions/out-trade-no/order-0001/close'
  expect(await merchant.post(close, { mchid: ACCOUNT.mchid })).toMatchObject({ status: 400 })
  expect(simulator.order('order-0001')?.state).toBe('SUCCESS')
})

describe('a refund', () => {
  beforeEach(async () => {
    await place()
    simulator.pay('order-0001')
  })
  const part = (no: string, refund: number, changes: object = {}) =>
    merchant.post(
      REFUNDS,
      refundBody({
        out_refund_no: no,
        amount: { refund, total: 500, currency: 'CNY' },
        ...changes,
      }),
    )

  it('goes by transaction_id when both numbers are given', async () => {
    await place({ out_trade_no: 'order-0002' })
    simulator.pay('order-0002')
    const transaction_id = simulator.order('order-0002')?.transactionId ?? ''
    const reply = await part('refund-0001', 500, { transaction_id, out_trade_no: 'order-0001' })
    expect(fieldsOf(reply)).toMatchObject({ transaction_id, out_trade_no: 'order-0002' })
    const unknown = await part('refund-0002', 500, {
      transaction_id: '4200000000000000000000000000',
    })
    expect(unknown).toMatchObject({ status: 404 })
  })

  it('is the same refund again with the same number, and never money twice', async () => {
    const first = fieldsOf(await part('refund-0001', 200))
    const again = fieldsOf(await part('refund-0001', 200))
    expect(again['refund_id']).toBe(first['refund_id'])
    expect(simulator.platform.refunds.size).toBe(1)
    const query = `/v3/pay/transactions/out-trade-no/order-0001?mchid=${ACCOUNT.mchid}`
    expect(fieldsOf(await merchant.get(query))).toMatchObject({ trade_state: 'REFUND' })
  })

  it('says from which account it is paid, as it was asked', async () => {
    expect(fieldsOf(await part('refund-0001', 1, { funds_account: 'AVAILABLE' }))).toMatchObject({
      funds_account: 'AVAILABLE',
    })
  })

  it('that was limited may have been accepted all the same', async () => {
    simulator.faults.add({ on: 'v3_refund', fault: 'limited_after', times: 1 })
    expect(await part('refund-0001', 200)).toMatchObject({ status: 429 })
    expect(await merchant.get(`${REFUNDS}/refund-0001`)).toMatchObject({ status: 200 })
  })
})
