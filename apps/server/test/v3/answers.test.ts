import { createPublicKey } from 'node:crypto'
import { parseAuthorization } from '@dashang/shared/signing/v3/authorization'
import { isSignedBy, requestText } from '@dashang/shared/signing/v3/signature'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createWeChatHttp, type WeChatHttp } from '../../src/wechat/http.ts'
import type { PaymentChannel } from '../../src/wechat/payment-channel.ts'
import { createV3Channel } from '../../src/wechat/v3/channel.ts'
import {
  makeKeys,
  PUBLIC_KEY_ID,
  readKeys,
  signedHeaders,
  type MadeKeys,
} from '../support/v3-keys.ts'
import {
  byPath,
  refuseWith,
  saySigned,
  startV3Platform,
  type V3Platform,
  type V3Reply,
} from '../support/v3-platform.ts'

const [appid, mchid] = ['wx0123456789abcdef', '1900000001']
const ORDER_ID = 'order-of-this-test'

let keys: MadeKeys
let platform: V3Platform
let http: WeChatHttp
let channel: PaymentChannel
beforeAll(async () => {
  keys = await makeKeys()
  platform = await startV3Platform()
  http = createWeChatHttp({ timeoutMs: 400 })
  const account = { appid, mchid, keys: readKeys(keys), baseUrl: platform.url, backupUrl: null }
  channel = createV3Channel({ http, account, now: () => new Date(), readXmlNotice: null })
})
beforeEach(() => {
  platform.requests.length = 0
})
afterAll(async () => {
  await http.close()
  await platform.close()
})

const place = () =>
  channel.place({
    orderId: ORDER_ID,
    amountFen: 500,
    description: '打赏',
    openid: 'oAlice',
    clientIp: '127.0.0.1',
    notifyUrl: 'https://example.com/notify',
    createdAt: new Date('2026-01-01T04:00:00Z'),
    expiresAt: new Date('2026-01-01T06:00:00Z'),
  })
const refund = () =>
  channel.refund({
    refundId: 'refund1',
    transactionId: '4200001',
    amountFen: 200,
    totalFen: 500,
    reason: '演出取消',
    notifyUrl: 'https://example.com/notify',
  })

const transaction = (changes: object = {}) => ({
  appid,
  mchid,
  out_trade_no: ORDER_ID,
  transaction_id: '4200001',
  trade_type: 'JSAPI',
  trade_state: 'SUCCESS',
  trade_state_desc: '支付成功',
  success_time: '2026-01-01T12:00:00+08:00',
  payer: { openid: 'oAlice' },
  amount: { total: 500, payer_total: 450, currency: 'CNY' },
  ...changes,
})
const refundBody = (changes: object = {}) => ({
  out_refund_no: 'refund1',
  refund_id: '5030001',
  transaction_id: '4200001',
  out_trade_no: ORDER_ID,
  status: 'PROCESSING',
  amount: { total: 500, refund: 200, currency: 'CNY' },
  ...changes,
})

describe('a request', () => {
  it('is signed over what is sent, and says who it is and which key the answer is wanted with', async () => {
    platform.reply = saySigned(keys.platform, transaction())
    await channel.query('order|of*this')
    platform.reply = saySigned(keys.platform, { prepay_id: 'wx1' })
    await place()
    expect(platform.requests.map(({ method, target }) => `${method} ${target}`)).toEqual([
      `GET /v3/pay/transactions/out-trade-no/order%7Cof*this?mchid=${mchid}`,
      'POST /v3/pay/transactions/jsapi',
    ])
    for (const { method, target, headers, body } of platform.requests) {
      const authorization = parseAuthorization(headers.authorization)
      expect(authorization).toMatchObject({ mchid, serialNo: readKeys(keys).serialNo })
      const { nonce = '', timestamp = '', signature = '' } = authorization ?? {}
      const text = requestText({ method, target, timestamp, nonce, body })
      expect(isSignedBy(text, signature, createPublicKey(keys.merchant.cert))).toBe(true)
      expect(headers).toMatchObject({
        accept: 'application/json',
        'user-agent': expect.stringMatching(/./) as string,
        'wechatpay-serial': PUBLIC_KEY_ID,
      })
    }
  })

  it('for an order is the same in every repeat', async () => {
    platform.reply = saySigned(keys.platform, { prepay_id: 'wx1' })
    expect(await place()).toEqual({ kind: 'placed', prepayId: 'wx1' })
    await place()
    const [first, second] = platform.requests
    expect(JSON.parse(first?.body ?? '')).toMatchObject({
      time_expire: '2026-01-01T14:00:00+08:00',
      amount: { total: 500, currency: 'CNY' },
      payer: { openid: 'oAlice' },
    })
    expect(second?.body).toBe(first?.body)
  })
})

describe('an answer', () => {
  it('that WeChat signed is believed, whichever number was asked for', async () => {
    platform.reply = saySigned(keys.platform, transaction())
    const fact = { orderId: ORDER_ID, amountFen: 500, currency: 'CNY', openid: 'oAlice' }
    expect(await channel.query(ORDER_ID)).toMatchObject({ kind: 'paid', fact })
    expect(await channel.queryTransaction('4200001')).toMatchObject({ kind: 'paid', fact })
    expect(platform.requests[1]?.target).toBe(`/v3/pay/transactions/id/4200001?mchid=${mchid}`)
  })

  const SUCCESSES: [what: string, ask: () => Promise<unknown>, body: object | null][] = [
    ['query', () => channel.query(ORDER_ID), transaction()],
    ['place', place, { prepay_id: 'wx1' }],
    ['close', () => channel.close(ORDER_ID), null],
    ['refund', refund, refundBody()],
    ['refund query', () => channel.queryRefund('refund1'), refundBody({ status: 'SUCCESS' })],
  ]
  const reply = (
    body: object | null,
    change: (headers: Record<string, string>) => Record<string, string>,
    at = new Date(),
  ): V3Reply => {
    const text = body === null ? '' : JSON.stringify(body)
    return (response) => {
      const headers = change(signedHeaders(text, keys.platform, at))
      response.writeHead(body === null ? 204 : 200, headers).end(text)
    }
  }
  const without = (headers: Record<string, string>, name: string) =>
    Object.fromEntries(Object.entries(headers).filter(([each]) => each !== name))
  const FORGERIES: [what: string, forge: (body: object | null) => V3Reply][] = [
    ['nobody signed', (body) => reply(body, () => ({}))],
    ...['timestamp', 'nonce', 'signature', 'serial'].map(
      (name): [string, (body: object | null) => V3Reply] => [
        `lacks its ${name}`,
        (body) => reply(body, (headers) => without(headers, `wechatpay-${name}`)),
      ],
    ),
    [
      'names a key that there is not',
      (body) => reply(body, (headers) => ({ ...headers, 'wechatpay-serial': 'PUB_KEY_ID_1' })),
    ],
    [
      'is signed over another nonce',
      (body) => reply(body, (headers) => ({ ...headers, 'wechatpay-nonce': 'another' })),
    ],
    [
      'is six minutes old',
      (body) => reply(body, (headers) => headers, new Date(Date.now() - 360_000)),
    ],
    [
      'is of six minutes later',
      (body) => reply(body, (headers) => headers, new Date(Date.now() + 360_000)),
    ],
  ]
  it.each(
    FORGERIES.flatMap(([what, forge]) =>
      SUCCESSES.map(([asked, ask, body]) => [asked, what, ask, () => forge(body)] as const),
    ),
  )('to a %s that %s is no answer', async (_, __, ask, forge) => {
    platform.reply = forge()
    expect(await ask()).toEqual({ kind: 'unknown', why: 'untrusted' })
  })

  it.each<[what: string, changes: object]>([
    ['of another order', { out_trade_no: 'another', trade_state: 'NOTPAY' }],
    ['of another merchant', { mchid: '1900000002', trade_state: 'CLOSED' }],
    ['of another mini-program', { appid: 'wx1', trade_state: 'CLOSED' }],
  ])('%s is none to this question', async (_, changes) => {
    platform.reply = saySigned(keys.platform, transaction(changes))
    expect(await channel.query(ORDER_ID)).toEqual({ kind: 'unknown', why: 'untrusted' })
  })

  it.each<[what: string, body: object]>([
    ['without its amount', transaction({ amount: {} })],
    ['with a broken amount', transaction({ amount: { total: 5.5 } })],
    ['with an amount in words', transaction({ amount: { total: '500' } })],
    ['with a time that is none', transaction({ success_time: '2026-02-30T12:00:00+08:00' })],
    ['without a payer', transaction({ payer: {} })],
    ['of a state that nobody described', transaction({ trade_state: 'PAID' })],
  ])('%s is none', async (_, body) => {
    platform.reply = saySigned(keys.platform, body)
    expect(await channel.query(ORDER_ID)).toEqual({ kind: 'unknown', why: 'malformed' })
  })

  it('of 202 means: again', async () => {
    platform.reply = saySigned(keys.platform, transaction(), { status: 202 })
    expect(await channel.query(ORDER_ID)).toEqual({ kind: 'unknown', why: 'busy' })
  })
})

describe('a refusal', () => {
  it.each([
    [404, 'ORDER_NOT_EXIST', { kind: 'not_found' }],
    [404, 'ORDERNOTEXIST', { kind: 'not_found' }],
    [404, 'NOT_FOUND', { kind: 'refused' }],
    [401, 'SIGN_ERROR', { kind: 'refused' }],
    [403, 'NO_AUTH', { kind: 'refused' }],
    [500, 'SYSTEM_ERROR', { kind: 'unknown', why: 'busy' }],
    [500, 'SYSTEMERROR', { kind: 'unknown', why: 'busy' }],
    [429, 'FREQUENCY_LIMITED', { kind: 'unknown', why: 'busy' }],
    [400, 'FREQUENCY_LIMIT_EXCEED', { kind: 'unknown', why: 'busy' }],
    [502, 'WHATEVER', { kind: 'unknown', why: 'busy' }],
  ])('of a query with %d %s is %o', async (status, code, result) => {
    platform.reply = refuseWith(status, code)
    expect(await channel.query(ORDER_ID)).toMatchObject(result)
  })

  it('goes by its code, and not by its words or by a body that is none', async () => {
    platform.reply = refuseWith(400, 'PARAM_ERROR', 'ORDER_NOT_EXIST 订单不存在')
    expect(await channel.query(ORDER_ID)).toMatchObject({ kind: 'refused' })
    platform.reply = (response) => response.writeHead(404).end()
    expect(await channel.query(ORDER_ID)).toEqual({ kind: 'refused', reason: 'HTTP_404' })
  })

  it.each<[code: string, state: V3Reply | 'signed', placed: object, closed: object]>([
    ['ORDER_CLOSED', 'signed', { kind: 'already_closed' }, { kind: 'closed' }],
    ['ORDERCLOSED', 'signed', { kind: 'already_closed' }, { kind: 'closed' }],
    ['INVALID_REQUEST', 'signed', { kind: 'already_closed' }, { kind: 'closed' }],
    ['OUT_TRADE_NO_USED', 'signed', { kind: 'already_closed' }, { kind: 'closed' }],
    ['ORDER_CLOSED', refuseWith(500, 'X'), { kind: 'unknown' }, { kind: 'unknown' }],
    ['PARAM_ERROR', 'signed', { kind: 'refused' }, { kind: 'refused' }],
  ])(
    'with %s closes an order only if a signed answer says so',
    async (code, state, placed, closed) => {
      const closedOrder = saySigned(keys.platform, transaction({ trade_state: 'CLOSED' }))
      platform.reply = byPath({
        'GET /v3/pay/transactions/out-trade-no': state === 'signed' ? closedOrder : state,
        'POST ': refuseWith(400, code),
      })
      expect(await place()).toMatchObject(placed)
      expect(await channel.close(ORDER_ID)).toMatchObject(closed)
    },
  )

  it('of a paid order leads to «paid» only as a question', async () => {
    platform.reply = byPath({
      'GET ': saySigned(keys.platform, transaction()),
      'POST ': refuseWith(400, 'INVALID_REQUEST'),
    })
    expect(await channel.close(ORDER_ID)).toEqual({ kind: 'already_paid' })
    expect(await place()).toEqual({ kind: 'already_paid' })
  })

  it.each<[what: string, query: V3Reply | 'known', result: object]>([
    [
      'is final when WeChat knows no such refund',
      refuseWith(404, 'RESOURCE_NOT_EXISTS'),
      { kind: 'refused' },
    ],
    [
      'is none when WeChat knows the refund',
      'known',
      { kind: 'told', fact: { event: 'succeeded' } },
    ],
    ['is unclear when the question is', refuseWith(500, 'SYSTEM_ERROR'), { kind: 'unknown' }],
  ])('of a refund for good %s', async (_, query, result) => {
    const known = saySigned(keys.platform, refundBody({ status: 'SUCCESS' }))
    platform.reply = byPath({
      'GET /v3/refund': query === 'known' ? known : query,
      'POST /v3/refund': refuseWith(400, 'INVALID_REQUEST'),
    })
    expect(await refund()).toMatchObject(result)
  })

  it('of a refund for now is tried again', async () => {
    platform.reply = refuseWith(403, 'NOT_ENOUGH')
    expect(await refund()).toMatchObject({ kind: 'blocked', code: 'NOT_ENOUGH' })
    platform.reply = refuseWith(429, 'FREQUENCY_LIMITED')
    expect(await refund()).toEqual({ kind: 'unknown', why: 'busy' })
  })
})
