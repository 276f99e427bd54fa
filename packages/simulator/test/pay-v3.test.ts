import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { startSimulator, type Simulator } from '../src/simulator.ts'
import { ACCOUNT } from './account.ts'
import { createMerchant } from './merchant.ts'
import {
  createV3Inbox,
  createV3Merchant,
  fieldsOf,
  JSAPI,
  openResource,
  orderBody,
  REFUNDS,
  refundBody,
  verdictOf,
  type V3Inbox,
} from './v3-merchant.ts'

let simulator: Simulator
let inbox: V3Inbox
let merchant: ReturnType<typeof createV3Merchant>
let openid: string

beforeEach(async () => {
  simulator = await startSimulator({ account: ACCOUNT })
  inbox = await createV3Inbox()
  merchant = createV3Merchant(simulator)
  openid = simulator.login('alice').openid
})
afterEach(async () => {
  await simulator.close()
  await inbox.close()
})

const place = (changes: object = {}) =>
  merchant.place({ payer: { openid }, notify_url: inbox.url, ...changes })
const ORDER = `/v3/pay/transactions/out-trade-no/order-0001`
const query = (no = 'order-0001') =>
  merchant.get(`/v3/pay/transactions/out-trade-no/${no}?mchid=${ACCOUNT.mchid}`)
const close = () => merchant.post(`${ORDER}/close`, { mchid: ACCOUNT.mchid })

async function payAndHear() {
  simulator.pay('order-0001')
  await vi.waitFor(() => {
    expect(inbox.received).toHaveLength(1)
  })
}

describe('an order', () => {
  it('is placed, and the answer signed with the key that the request named', async () => {
    const reply = await place()
    expect(reply.status).toBe(200)
    expect(fieldsOf(reply)).toEqual({ prepay_id: expect.stringMatching(/^wx/) as string })
    expect(verdictOf(simulator, reply)).toEqual({
      kind: 'genuine',
      keyId: simulator.v3().publicKeyId,
    })
    expect(reply.headers['request-id']).toMatch(/^[0-9A-F]{32}$/)
  })

  it('is queried by both numbers, and tells of no transaction before it is paid', async () => {
    await place({ attach: '留言' })
    const before = fieldsOf(await query())
    expect(before).toMatchObject({ trade_state: 'NOTPAY', out_trade_no: 'order-0001' })
    expect(before).not.toHaveProperty('transaction_id')
    simulator.pay('order-0001')
    const paid = await query()
    expect(fieldsOf(paid)).toMatchObject({
      trade_state: 'SUCCESS',
      attach: '留言',
      payer: { openid },
      amount: { total: 500, payer_total: 500, currency: 'CNY', payer_currency: 'CNY' },
      success_time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+08:00$/) as string,
    })
    const id = String(fieldsOf(paid)['transaction_id'])
    const byId = await merchant.get(`/v3/pay/transactions/id/${id}?mchid=${ACCOUNT.mchid}`)
    expect(byId.body).toBe(paid.body)
  })

  it('is closed with 204, signed over the empty body, as often as one likes', async () => {
    await place()
    for (const reply of [await close(), await close()]) {
      expect(reply).toMatchObject({ status: 204, body: '' })
      expect(verdictOf(simulator, reply).kind).toBe('genuine')
    }
    expect(fieldsOf(await query())).toMatchObject({ trade_state: 'CLOSED' })
  })

  it('is opened at the cashier by RSA with the key of the merchant, and by nothing else', async () => {
    const { prepay_id: prepayId } = fieldsOf(await place())
    const parameters = merchant.payParameters(String(prepayId))
    expect(simulator.requestPayment({ openid, ...parameters }).kind).toBe('open')
    for (const changes of [{ signType: 'MD5' }, { nonceStr: 'other' }, { paySign: 'AAAA' }]) {
      const result = simulator.requestPayment({ openid, ...parameters, ...changes })
      expect(result).toMatchObject({ errMsg: 'requestPayment:fail 支付验证签名失败' })
    }
  })

  it('is one and the same for v2 and v3', async () => {
    await place({ attach: '留言' })
    const v2 = createMerchant(simulator)
    const asked = await v2.send('orderquery', { out_trade_no: 'order-0001' })
    expect(asked.fields).toMatchObject({ trade_state: 'NOTPAY', attach: '留言' })
    simulator.pay('order-0001')
    expect(fieldsOf(await query())['transaction_id']).toBe(
      (await v2.send('orderquery', { out_trade_no: 'order-0001' })).fields['transaction_id'],
    )
    const refunded = await v2.refund({
      out_trade_no: 'order-0001',
      out_refund_no: 'refund-0001',
      total_fee: '500',
      refund_fee: '500',
    })
    expect(refunded.fields).toMatchObject({ result_code: 'SUCCESS' })
    const reply = await merchant.get(`${REFUNDS}/refund-0001`)
    expect(fieldsOf(reply)).toMatchObject({ status: 'PROCESSING', funds_account: 'UNSETTLED' })
  })
})

describe('a refund', () => {
  beforeEach(async () => {
    await place()
    await payAndHear()
  })

  it('is accepted as PROCESSING, settled, queried and told of', async () => {
    const reply = await merchant.post(REFUNDS, refundBody({ notify_url: inbox.url }))
    expect(reply.status).toBe(200)
    expect(verdictOf(simulator, reply).kind).toBe('genuine')
    expect(fieldsOf(reply)).toMatchObject({ status: 'PROCESSING', out_refund_no: 'refund-0001' })
    expect(fieldsOf(reply)).not.toHaveProperty('success_time')
    await simulator.clock.advance(3000)
    expect(fieldsOf(await merchant.get(`${REFUNDS}/refund-0001`))).toMatchObject({
      status: 'SUCCESS',
      amount: { total: 500, refund: 500, payer_total: 500, payer_refund: 500, currency: 'CNY' },
    })
    const [, told] = inbox.received
    expect(told && verdictOf(simulator, told).kind).toBe('genuine')
    expect(told && JSON.parse(told.body)).toMatchObject({
      event_type: 'REFUND.SUCCESS',
      resource: { original_type: 'refund', associated_data: 'refund' },
    })
    expect(told && openResource(told)).toMatchObject({
      mchid: ACCOUNT.mchid,
      refund_status: 'SUCCESS',
      out_refund_no: 'refund-0001',
      amount: { total: 500, refund: 500, payer_total: 500, payer_refund: 500 },
    })
  })

  it('tells nobody when its request named no address', async () => {
    await merchant.post(REFUNDS, refundBody())
    await simulator.clock.advance(60_000)
    expect(inbox.received).toHaveLength(1)
  })

  it.each([
    ['CHANGE', 'ABNORMAL'],
    ['REFUNDCLOSE', 'CLOSED'],
  ] as const)('that ends as %s in v2 is %s in v3', async (outcome, status) => {
    await merchant.post(REFUNDS, refundBody({ notify_url: inbox.url }))
    simulator.settleRefund('refund-0001', outcome)
    await vi.waitFor(() => {
      expect(inbox.received).toHaveLength(2)
    })
    const [, told] = inbox.received
    expect(told && openResource(told)).toMatchObject({ refund_status: status })
    expect(told && fieldsOf(told)['event_type']).toBe(`REFUND.${status}`)
    expect(fieldsOf(await merchant.get(`${REFUNDS}/refund-0001`))['status']).toBe(status)
  })
})

describe('a notification', () => {
  it('is JSON, signed, with the payment encrypted in it', async () => {
    await place({ attach: '留言' })
    await payAndHear()
    const [told] = inbox.received
    if (told === undefined) throw new Error('nothing was told')
    expect(verdictOf(simulator, told)).toMatchObject({ kind: 'genuine' })
    expect(told.headers).toMatchObject({
      'content-type': 'application/json',
      'user-agent': 'Mozilla/4.0',
      accept: '*/*',
      pragma: 'no-cache',
      'wechatpay-signature-type': 'WECHATPAY2-SHA256-RSA2048',
    })
    expect(Object.keys(fieldsOf(told))).toEqual([
      'id',
      'create_time',
      'resource_type',
      'event_type',
      'summary',
      'resource',
    ])
    expect(openResource(told)).toMatchObject({
      appid: ACCOUNT.appid,
      mchid: ACCOUNT.mchid,
      out_trade_no: 'order-0001',
      transaction_id: simulator.order('order-0001')?.transactionId,
      trade_state: 'SUCCESS',
      attach: '留言',
      payer: { openid },
      amount: { total: 500, currency: 'CNY' },
    })
  })

  it('comes again with the same body and a new signature until it is accepted', async () => {
    inbox.statuses = [500, 404, 302, 202, 200]
    await place()
    await payAndHear()
    await simulator.clock.advance(24 * 3_600_000)
    expect(inbox.received).toHaveLength(5)
    expect(new Set(inbox.received.map(({ body }) => body)).size).toBe(1)
    const signatures = inbox.received.map(({ headers }) => headers['wechatpay-signature'])
    expect(new Set(signatures).size).toBe(5)
  })
})

it('certificates are for who has them, and encrypted', async () => {
  expect(await merchant.get('/v3/certificates')).toMatchObject({ status: 404 })
  simulator.keys.setMode('certificate')
  const headers = { 'Wechatpay-Serial': undefined }
  const reply = await merchant.get('/v3/certificates', { headers })
  expect(verdictOf(simulator, reply)).toEqual({
    kind: 'genuine',
    keyId: simulator.v3().platformSerial,
  })
  const { data } = JSON.parse(reply.body) as { data: { encrypt_certificate: object }[] }
  expect(data).toMatchObject([{ serial_no: simulator.v3().platformSerial }])
})

it('has no other path and no other method, and says so without a word', async () => {
  expect(await merchant.get(JSAPI)).toMatchObject({ status: 405, body: '' })
  expect(await merchant.post('/v3/pay/transactions/native', orderBody())).toMatchObject({
    status: 404,
    body: '',
  })
})
