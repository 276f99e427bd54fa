import { SCHEME } from '@dashang/shared/signing/v3/authorization'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startSimulator, type Simulator } from '../src/simulator.ts'
import { ACCOUNT } from './account.ts'
import { createV3Merchant, fieldsOf, JSAPI, orderBody, REFUNDS, refundBody } from './v3-merchant.ts'

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
const mine = `mchid=${ACCOUNT.mchid}`

describe('a field', () => {
  it('that is too short is refused as in the real answer, byte by byte', async () => {
    const reply = await place({ out_trade_no: 'x' })
    expect(reply.status).toBe(400)
    expect(fieldsOf(reply)).toEqual({
      code: 'PARAM_ERROR',
      detail: { location: 'body', value: 1 },
      message:
        '输入源“/body/out_trade_no”映射到值字段“商户订单号”字符串规则校验失败，字节数 1，小于最小值 6',
    })
  })

  it('that has another type is refused as in the real answer', async () => {
    const reply = await place({ amount: { total: 0.01, currency: 'CNY' } })
    expect(fieldsOf(reply)).toEqual({
      code: 'PARAM_ERROR',
      detail: { location: 'body', value: 0.01 },
      message:
        '无法将 JSON 输入源“/body/amount/total”映射到目标字段“总金额”中，此字段需要一个合法的 64 位有符号整数',
    })
    expect(fieldsOf(await place({ amount: [{ total: 1 }] }))['message']).toContain(
      '此字段需要一个合法的 Json 对象',
    )
  })

  it.each<[string, object, string]>([
    ['no number', { out_trade_no: undefined }, '/body/out_trade_no”映射到字段'],
    ['a number that is no text', { out_trade_no: 12345678 }, '此字段需要一个合法的字符串'],
    ['a number of 33 bytes', { out_trade_no: 'x'.repeat(33) }, '字节数 33，大于最大值 32'],
    [
      'a number with a dot',
      { out_trade_no: 'order.0001' },
      '必须匹配正则表达式“^[0-9a-zA-Z_\\-|*]+$”',
    ],
    ['a description of 129 bytes', { description: '赏'.repeat(43) }, '字节数 129，大于最大值 127'],
    ['an attach of 129 bytes', { attach: '言'.repeat(43) }, '字节数 129，大于最大值 128'],
    ['an address with a query', { notify_url: 'https://x.test/a?b=c' }, '/body/notify_url'],
    ['an address with a fragment', { notify_url: 'https://x.test/a#b' }, '/body/notify_url'],
    ['a relative address', { notify_url: '/notify' }, '/body/notify_url'],
    ['an address of another scheme', { notify_url: 'ftp://x.test/a' }, '/body/notify_url'],
    [
      'an address of 256 characters',
      { notify_url: `https://x.test/${'a'.repeat(241)}` },
      '字符数 256',
    ],
    ['nothing to pay', { amount: { total: 0 } }, '值低于最小值 1'],
    ['an amount as text', { amount: { total: '500' } }, '64 位有符号整数'],
    ['another currency', { amount: { total: 500, currency: 'USD' } }, '/body/amount/currency'],
    ['no payer', { payer: undefined }, '/body/payer”映射到字段“支付者信息”必填性规则校验失败'],
    ['no openid', { payer: {} }, '/body/payer/openid'],
    ['a time on no day', { time_expire: '2027-02-30T00:00:00+08:00' }, '必须为 rfc3339 格式'],
    ['a time at no hour', { time_expire: '2027-02-03T24:00:00+08:00' }, '必须为 rfc3339 格式'],
    ...['999.999.999.999', ':::::', '1.2.3', 'fe80::1%lo'].map((ip): [string, object, string] => [
      `the address ${ip}`,
      { scene_info: { payer_client_ip: ip } },
      '“/body/scene_info/payer_client_ip”映射到值字段“用户终端IP”格式校验失败，必须为 ip 格式',
    ]),
    ['a time without an offset', { time_expire: '2036-01-01T00:00:00' }, '/body/time_expire'],
    ['a flag as text', { support_fapiao: 'true' }, '此字段需要一个合法的布尔值'],
    [
      'goods without a number',
      { detail: { goods_detail: [{ merchant_goods_id: 'a' }] } },
      '/body/detail/goods_detail/0/quantity',
    ],
    ['goods that are no list', { detail: { goods_detail: {} } }, '此字段需要一个合法的 Json 数组'],
    [
      'a scene without an address',
      { scene_info: { device_id: 'a' } },
      '/body/scene_info/payer_client_ip',
    ],
    ['an unknown limit', { limit_pay: ['no_debit'] }, '/body/limit_pay/0'],
  ])('is refused: %s', async (_, changes, words) => {
    const reply = await place(changes)
    expect(fieldsOf(reply)['code']).toBe('PARAM_ERROR')
    expect(fieldsOf(reply)['message']).toContain(words)
    expect(simulator.platform.orders.size).toBe(0)
  })

  it.each<[string, object]>([
    ['42 letters of 3 bytes and one', { description: `${'赏'.repeat(42)}x` }],
    ['an address with a port', { notify_url: 'http://x.test:8080/a-b/c' }],
    ['an empty attach', { attach: '' }],
    ['all that there is', everything()],
    ['what v3 does not know', { unknown: { of: 'it' } }],
  ])('is taken: %s', async (_, changes) => {
    expect(await place(changes)).toMatchObject({ status: 200 })
  })

  it('of the path and the query is looked at as well', async () => {
    const short = await merchant.get(`/v3/pay/transactions/out-trade-no/x?${mine}`)
    expect(fieldsOf(short)).toMatchObject({ detail: { location: 'uri_template', value: 1 } })
    const long = await merchant.get(`/v3/pay/transactions/out-trade-no/${'x'.repeat(200)}?${mine}`)
    expect(fieldsOf(long)).toMatchObject({ detail: { location: 'uri_template', value: 200 } })
    const missing = await merchant.get('/v3/pay/transactions/out-trade-no/order-0001')
    expect(fieldsOf(missing)).toMatchObject({ code: 'PARAM_ERROR', detail: { location: 'query' } })
    const twice = await merchant.get(`/v3/pay/transactions/out-trade-no/order-0001?${mine}&${mine}`)
    expect(fieldsOf(twice)).toMatchObject({ code: 'PARAM_ERROR' })
  })

  it.each<[string, object, string]>([
    ['no currency', { amount: { refund: 1, total: 1 } }, '/body/amount/currency'],
    ['no order', { out_trade_no: undefined }, '不能同时为空'],
    ['a number with a dot', { out_refund_no: 'refund.1' }, '商户退款单号'],
    ['a number of 65 bytes', { out_refund_no: 'r'.repeat(65) }, '字节数 65，大于最大值 64'],
    ['a reason of 81 bytes', { reason: '因'.repeat(27) }, '字节数 81，大于最大值 80'],
    ['an unknown account', { funds_account: 'UNAVAILABLE' }, '/body/funds_account'],
    [
      'goods without a price',
      { goods_detail: [{ merchant_goods_id: 'a' }] },
      '/body/goods_detail/0/unit_price',
    ],
  ])('of a refund is refused: %s', async (_, changes, words) => {
    const reply = await merchant.post(REFUNDS, refundBody(changes))
    expect(fieldsOf(reply)['code']).toBe('PARAM_ERROR')
    expect(fieldsOf(reply)['message']).toContain(words)
  })
})

describe('the door', () => {
  it.each(['application/json', '*/*', 'text/html, application/json;q=0.9', 'text/html,*/*;q=0.1'])(
    'takes Accept: %s',
    async (Accept) => {
      expect(
        await merchant.post(JSAPI, orderBody({ payer: { openid } }), { headers: { Accept } }),
      ).toMatchObject({ status: 200 })
    },
  )

  it.each(['text/html', 'application/jsonp', undefined])('refuses Accept: %s', async (Accept) => {
    const reply = await place()
    expect(reply.status).toBe(200)
    const refused = await merchant.post(JSAPI, orderBody({ payer: { openid } }), {
      headers: { Accept },
    })
    expect(fieldsOf(refused)).toMatchObject({ message: 'Http头缺少Accept或User-Agent' })
  })

  it('looks for User-Agent before the signature, and after it where orders are', async () => {
    const bare = { headers: { 'User-Agent': undefined }, authorization: null }
    expect(await merchant.get(`${REFUNDS}/refund-0001`, bare)).toMatchObject({ status: 400 })
    expect(await merchant.post(JSAPI, orderBody(), bare)).toMatchObject({ status: 401 })
    const signed = { headers: { 'User-Agent': undefined } }
    expect(await merchant.post(JSAPI, orderBody(), signed)).toMatchObject({ status: 400 })
  })

  it.each([
    ['another scheme', 'Bearer token'],
    [
      'spaces between the pairs',
      `${SCHEME} mchid="1", nonce_str="1", signature="1", timestamp="1", serial_no="1"`,
    ],
    [
      'single quotes',
      `${SCHEME} mchid='1',nonce_str='1',signature='1',timestamp='1',serial_no='1'`,
    ],
    ['no serial', `${SCHEME} mchid="1",nonce_str="1",signature="1",timestamp="1"`],
    [
      'a nonce of 33 characters',
      `${SCHEME} mchid="1",nonce_str="${'n'.repeat(33)}",signature="1",timestamp="1",serial_no="1"`,
    ],
  ])('refuses an Authorization with %s', async (_, authorization) => {
    const order = await merchant.post(JSAPI, orderBody(), { authorization })
    expect(fieldsOf(order)).toMatchObject({ message: '签名信息错误，验签失败' })
    const { status, hint } = await merchant.get(`${REFUNDS}/refund-0001`, { authorization })
    expect(status).toBe(401)
    expect(hint).toContain('expected: WECHATPAY2-SHA256-RSA2048')
  })

  it('says what to do when the time is off, whatever else is wrong', async () => {
    const ago = String(Math.floor(Date.now() / 1000) - 301)
    for (const timestamp of [ago, '0', 'now', '99999999999']) {
      const reply = await merchant.post(JSAPI, orderBody(), { timestamp, signedBody: 'other' })
      expect(fieldsOf(reply)['message']).toContain('不得超过5分钟')
    }
    const soon = String(Math.floor(Date.now() / 1000) + 290)
    const early = await merchant.post(JSAPI, orderBody({ payer: { openid } }), { timestamp: soon })
    expect(early.status).toBe(200)
  })
})

function everything(): object {
  return {
    time_expire: new Date(Date.now() + 3_600_000).toISOString(),
    attach: 'a',
    goods_tag: 'WXG',
    support_fapiao: false,
    detail: {
      cost_price: 500,
      invoice_id: 'i',
      goods_detail: [
        {
          merchant_goods_id: 'm',
          wechatpay_goods_id: 'w',
          goods_name: '茶',
          quantity: 1,
          unit_price: 500,
        },
      ],
    },
    scene_info: {
      payer_client_ip: '2001:db8::1',
      device_id: '013467007045764',
      store_info: { id: '0001', name: '店', area_code: '440305', address: '深圳' },
    },
    settle_info: { profit_sharing: false },
    limit_pay: ['no_credit'],
  }
}
