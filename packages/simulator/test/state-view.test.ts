import { formatBeijingDateTime } from '@dashang/shared/signing/beijing-time'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { StateView } from '../src/control/wire.ts'
import { acceptMessage } from '../src/mini-program/subscribe-message.ts'
import { startSimulator, type Simulator } from '../src/simulator.ts'
import { ACCOUNT } from './account.ts'
import { createMerchant, orderFields } from './merchant.ts'
import { createWeixinClient } from './weixin.ts'

let simulator: Simulator
beforeEach(async () => {
  simulator = await startSimulator({ account: ACCOUNT })
})
afterEach(() => simulator.close())

const get = (path: string) => fetch(`${simulator.url}${path}`)

describe('GET /_sim/state?find=', () => {
  it('shows what has the text, and how many of how many', async () => {
    const { openid } = simulator.login('finder')
    const merchant = createMerchant(simulator)
    for (const out_trade_no of ['needle-001', 'straw-0001', 'straw-0002']) {
      await merchant.send('unifiedorder', orderFields(openid, { out_trade_no }))
    }
    const find = async (text: string) =>
      (await (await get(`/_sim/state?find=${encodeURIComponent(text)}`)).json()) as object
    expect(await find(' NEEDLE ')).toMatchObject({
      orders: [{ outTradeNo: 'needle-001', user: 'finder' }],
      calls: [{ id: 1, api: 'unifiedorder', outTradeNo: 'needle-001' }],
      notifications: [],
      found: { orders: 1, calls: 1, notifications: 0, users: 0 },
      counts: { orders: 3, calls: 3 },
    })
    expect(await find('finder')).toMatchObject({ users: [{ openid }], found: { orders: 3 } })
    expect(await find('nothing at all')).toMatchObject({ orders: [], found: { orders: 0 } })
  })
})

describe('GET /_sim/bills', () => {
  it('has the movements of the balance, too', async () => {
    const { openid } = simulator.login('alice')
    await createMerchant(simulator).send('unifiedorder', orderFields(openid))
    simulator.pay('order-0001')
    const day = formatBeijingDateTime(simulator.clock.now()).slice(0, 10)
    await simulator.clock.advance(34 * 3_600_000)
    const flow = await get(`/_sim/bills?day=${day}&kind=FUND_FLOW`)
    expect(flow.headers.get('content-disposition')).toContain(`${day}-FUND_FLOW.csv`)
    expect(await flow.text()).toMatch(/记账时间.*\r\n.*`交易,`收入,`5.00,/)
    expect((await get(`/_sim/bills?day=2020-01-01&kind=FUND_FLOW`)).status).toBe(404)
  })
})

describe('what the mini-program did', () => {
  it('stands in the state: the message, the text that was checked, the report', async () => {
    const { openid, code } = simulator.login('alice')
    const client = createWeixinClient(simulator)
    await client.exchange(code)
    const templateId = 'T'.repeat(43)
    acceptMessage(simulator.platform, { openid, templateId })
    acceptMessage(simulator.platform, { openid, templateId })
    await client.post('/cgi-bin/message/subscribe/send', {
      touser: openid,
      template_id: templateId,
      page: 'pages/thanks',
      data: { thing1: { value: '谢谢' } },
    })
    const text = { version: 2, scene: 2, openid, content: '特3456书yuuo莞6543李zxcz蒜7782法fgnv级' }
    await client.post('/wxa/msg_sec_check', text)
    await createMerchant(simulator).send('unifiedorder', orderFields(openid))
    simulator.pay('order-0001')
    await simulator.clock.advance(6000)
    await client.post('/wxa/sec/order/upload_shipping_info', {
      order_key: { order_number_type: 1, mchid: ACCOUNT.mchid, out_trade_no: 'order-0001' },
      logistics_type: 3,
      delivery_mode: 1,
      shipping_list: [{ item_desc: '打赏' }],
      upload_time: '2026-01-24T13:29:35.120+08:00',
      payer: { openid },
    })
    const user = 'alice'
    expect(await (await get('/_sim/state')).json()).toMatchObject({
      messages: [{ openid, user, templateId, page: 'pages/thanks', data: { thing1: '谢谢' } }],
      acceptances: [{ openid, user, templateId, left: 1 }],
      textChecks: [{ user, content: text.content, suggest: 'risky' }],
      shipments: [
        { outTradeNo: 'order-0001', user, description: '打赏', logisticsType: 3, isComplete: true },
      ],
      isTradeManaged: true,
      stateFile: null,
      counts: { messages: 1, textChecks: 1, shipments: 1 },
    })
  })
})

describe('an attempt with a body that a fault blew up', () => {
  it('shows its beginning, and how long it is', async () => {
    simulator.faults.add({ on: 'notification', fault: 'oversized' })
    await createMerchant(simulator).send(
      'unifiedorder',
      orderFields(simulator.login('alice').openid),
    )
    simulator.pay('order-0001')
    await expect.poll(() => simulator.platform.notifications[0]?.attempts.length).toBe(1)
    const state = (await (await get('/_sim/state')).json()) as StateView
    const { body = '', bodyLength } = state.notifications[0]?.attempts[0]?.request ?? {}
    expect(bodyLength).toBe(1024 * 1024)
    expect(body.length).toBeLessThan(100_000)
    expect(body).toContain('<xml>')
  })
})
