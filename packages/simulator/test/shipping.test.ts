import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startSimulator, type Simulator } from '../src/simulator.ts'
import { ACCOUNT } from './account.ts'
import { createMerchant, orderFields, refundFields } from './merchant.ts'
import { createWeixinClient } from './weixin.ts'

let simulator: Simulator
let client: ReturnType<typeof createWeixinClient>
let openid: string
let transactionId: string

beforeEach(async () => {
  simulator = await startSimulator({ account: ACCOUNT })
  client = createWeixinClient(simulator)
  openid = simulator.login('alice').openid
  await createMerchant(simulator).send('unifiedorder', orderFields(openid))
  simulator.faults.add({ on: 'notification', fault: 'drop' })
  simulator.pay('order-0001')
  transactionId = simulator.order('order-0001')?.transactionId ?? ''
})
afterEach(() => simulator.close())

const ship = (changes: object = {}) =>
  client.post('/wxa/sec/order/upload_shipping_info', {
    order_key: { order_number_type: 2, transaction_id: transactionId },
    logistics_type: 3,
    delivery_mode: 1,
    shipping_list: [{ item_desc: '打赏' }],
    upload_time: '2026-01-01T13:29:35.120+08:00',
    payer: { openid },
    ...changes,
  })
const order = () => client.post('/wxa/sec/order/get_order', { transaction_id: transactionId })

describe('the report of a delivery', () => {
  it('is refused in the seconds after the payment, and taken then', async () => {
    expect(await ship()).toMatchObject({ errcode: 10060001 })
    await simulator.clock.advance(6000)
    expect(await order()).toMatchObject({ order: { order_state: 1, paid_amount: 500, openid } })
    expect(await ship()).toEqual({ errcode: 0, errmsg: 'ok' })
    expect(await order()).toMatchObject({
      errcode: 0,
      order: {
        order_state: 2,
        transaction_id: transactionId,
        merchant_trade_no: 'order-0001',
        shipping: { finish_shipping: true, logistics_type: 3 },
      },
    })
  })

  it('is corrected once', async () => {
    await simulator.clock.advance(6000)
    const describedAs = (text: string) => ship({ shipping_list: [{ item_desc: text }] })
    expect(await describedAs('一')).toMatchObject({ errcode: 0 })
    expect(await describedAs('二')).toMatchObject({ errcode: 0 })
    expect(await describedAs('三')).toMatchObject({ errcode: 10060003 })
  })

  it('comes in parts until one is the last', async () => {
    await simulator.clock.advance(6000)
    const part = (text: string, isLast: boolean) =>
      ship({
        delivery_mode: 2,
        is_all_delivered: isLast,
        shipping_list: [{ item_desc: text }],
      })
    expect(await part('一', false)).toMatchObject({ errcode: 0 })
    expect(await order()).toMatchObject({ order: { order_state: 1 } })
    expect(await part('二', true)).toMatchObject({ errcode: 0 })
    expect(await order()).toMatchObject({ order: { order_state: 2 } })
    expect(await part('三', true)).toMatchObject({ errcode: 10060002 })
  })

  it.each([
    ['another payer', { payer: { openid: 'oAnother' } }],
    ['a way of delivery that is none', { logistics_type: 5 }],
    ['an express without its number', { logistics_type: 1 }],
    ['a text of more than 120 characters', { shipping_list: [{ item_desc: '字'.repeat(121) }] }],
    ['no text', { shipping_list: [{ item_desc: '' }] }],
    ['a time without milliseconds', { upload_time: '2026-01-01T13:29:35+08:00' }],
    ['a time of finer than milliseconds', { upload_time: '2026-01-01T13:29:35.120000+08:00' }],
    ['a time on no day', { upload_time: '2026-02-30T13:29:35.120+08:00' }],
    ['a time without its offset', { upload_time: '2026-01-01T13:29:35.120' }],
    ['a part that does not say whether it is the last', { delivery_mode: 2 }],
  ])('is refused with %s', async (_, changes) => {
    await simulator.clock.advance(6000)
    expect(await ship(changes)).toMatchObject({ errcode: 10060014 })
    expect(await order()).toMatchObject({ order: { order_state: 1 } })
  })

  const express = (item: object) => ({
    logistics_type: 1,
    shipping_list: [{ item_desc: '茶', tracking_no: '1', express_company: 'SF', ...item }],
  })

  it.each([
    ['no contact', {}],
    ['an empty contact', { contact: {} }],
    ['an empty phone', { contact: { receiver_contact: '' } }],
    ['a phone that is not masked', { contact: { receiver_contact: '18912341234' } }],
    ['a phone that is masked to its end', { contact: { consignor_contact: '1891234****' } }],
  ])('is refused by SF Express with %s', async (_, item) => {
    await simulator.clock.advance(6000)
    expect(await ship(express(item))).toMatchObject({ errcode: 10060014 })
  })

  it.each([
    ['SF Express with the phone of the receiver', { contact: { receiver_contact: '189****1234' } }],
    ['SF Express with that of the consignor', { contact: { consignor_contact: '021-****12-34' } }],
    ['another company without a phone', { express_company: 'ZTO' }],
  ])('goes by %s', async (_, item) => {
    await simulator.clock.advance(6000)
    expect(await ship(express(item))).toMatchObject({ errcode: 0 })
  })

  it('is of no use for what was given back', async () => {
    await createMerchant(simulator).refund(refundFields())
    await simulator.clock.advance(6000)
    expect(await ship()).toMatchObject({ errcode: 10060004 })
    expect(await order()).toMatchObject({ order: { order_state: 5 } })
  })
})

describe('is_trade_managed', () => {
  const ask = () => client.post('/wxa/sec/order/is_trade_managed', { appid: ACCOUNT.appid })

  it('is true until the console says otherwise', async () => {
    expect(await ask()).toEqual({ errcode: 0, errmsg: 'ok', is_trade_managed: true })
    await fetch(`${simulator.url}/_sim/trade-management`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"isTradeManaged":false}',
    })
    expect(await ask()).toMatchObject({ is_trade_managed: false })
    const path = '/wxa/sec/order/is_trade_management_confirmation_completed'
    expect(await client.post(path, { appid: ACCOUNT.appid })).toMatchObject({ completed: false })
  })
})

describe('a message', () => {
  const templateId = 't'.repeat(43)
  const send = (data: Record<string, string> = { thing1: '打赏成功', amount2: '5.00元' }) =>
    client.post('/cgi-bin/message/subscribe/send', {
      touser: openid,
      template_id: templateId,
      page: 'pages/tip/index?from=message',
      data: Object.fromEntries(Object.entries(data).map(([key, value]) => [key, { value }])),
    })
  const accept = () =>
    fetch(`${simulator.url}/_sim/message-acceptances`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ openid, templateId }),
    })

  it('is sent once for each time the user accepted', async () => {
    expect(await send()).toMatchObject({ errcode: 43101 })
    await accept()
    expect(await send()).toEqual({ errcode: 0, errmsg: 'ok' })
    expect(await send()).toMatchObject({ errcode: 43101 })
    expect(simulator.platform.miniProgram.messages).toMatchObject([
      { openid, templateId, data: { thing1: '打赏成功', amount2: '5.00元' } },
    ])
  })

  it.each([
    ['zh_TW', 0],
    ['en_US', 0],
    ['fr', 47001],
    ['zh', 47001],
  ])('in the language %s is answered %i', async (lang, errcode) => {
    await accept()
    const message = { touser: openid, template_id: templateId, lang, data: {} }
    expect(await client.post('/cgi-bin/message/subscribe/send', message)).toMatchObject({ errcode })
  })

  it.each([
    { thing1: '字'.repeat(21) },
    { number1: 'eleven' },
    { amount1: '12345678901' },
    { phrase1: '六个中文字啊' },
    { phrase1: 'ok' },
    { character_string1: '字' },
    { date1: 'yesterday' },
    { unheard1: 'x' },
    { thing: 'no number' },
  ])('is refused with %o, and costs no acceptance', async (data) => {
    await accept()
    expect(await send(data)).toMatchObject({ errcode: 47003 })
    expect(await send()).toMatchObject({ errcode: 0 })
  })
})
