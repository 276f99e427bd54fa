import { readCertificate } from '@dashang/shared/signing/v3/keys'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { explain } from '../src/explain/explain.ts'
import { readRawHttp } from '../src/explain/http-message.ts'
import { readPlatformKey, type ExplainKeys } from '../src/explain/keys.ts'
import { startSimulator, type Simulator } from '../src/simulator.ts'
import { ACCOUNT } from './account.ts'
import { V2_KEYS } from './explain-support.ts'
import {
  createV3Merchant,
  fieldsOf,
  JSAPI,
  orderBody,
  refundBody,
  REFUNDS,
  sendRaw,
  type Changes,
} from './v3-merchant.ts'

let simulator: Simulator
let merchant: ReturnType<typeof createV3Merchant>
let openid: string

beforeAll(async () => {
  simulator = await startSimulator({ account: ACCOUNT })
  merchant = createV3Merchant(simulator)
  openid = simulator.login('alice').openid
})
afterAll(() => simulator.close())

const keys = (): ExplainKeys => ({
  ...V2_KEYS,
  merchant: readCertificate(simulator.certificates.merchantCert),
  platform: [simulator.v3().publicKey].map(readPlatformKey),
  appid: ACCOUNT.appid,
  mchid: ACCOUNT.mchid,
  at: simulator.platform.stampNow(),
})

interface Sent {
  readonly method: string
  readonly target: string
  readonly content?: object | string
  readonly changes?: Changes
}

/** The same bytes to the platform and to `explain`. */
async function askBoth({ method, target, content, changes }: Sent, known = keys()) {
  const request = merchant.requestOf(method, target, content, changes)
  const reply = await sendRaw(`${simulator.url}${target}`, request)
  const headers: Record<string, string> = {}
  for (const [name, value] of Object.entries(request.headers)) headers[name.toLowerCase()] = value
  const body = Buffer.from(request.body)
  return { reply, explained: explain({ method, target, status: null, headers, body }, known) }
}

const order = (changes: object = {}, more: Changes = {}): Sent => ({
  method: 'POST',
  target: JSAPI,
  content: orderBody({ payer: { openid: 'oAlice' }, ...changes }),
  changes: more,
})
const get = (target: string, changes: Changes = {}): Sent => ({ method: 'GET', target, changes })
const post = (target: string, content: object | string, changes: Changes = {}): Sent => ({
  method: 'POST',
  target,
  content,
  changes,
})
const mine = `mchid=${ACCOUNT.mchid}`
const ORDERS = '/v3/pay/transactions'
const abnormal = `${REFUNDS}/50000/apply-abnormal-refund`
const card = { out_refund_no: 'refund-0001', type: 'USER_BANK_CARD', bank_account: 'QUJD' }

describe('what the platform refuses a request for by itself, explain refuses in the same words', () => {
  it.each<[string, string, Sent]>([
    ['a description of 129 bytes', 'field', order({ description: '赏'.repeat(43) })],
    ['a number that is too short', 'field', order({ out_trade_no: 'abc' })],
    ['a notify_url with a query', 'field', order({ notify_url: 'https://x.test/a?b=c' })],
    ['an amount as text', 'field', order({ amount: { total: '1' } })],
    ['a time without an offset', 'field', order({ time_expire: '2036-01-01T00:00:00' })],
    ['an order without a payer', 'field', order({ payer: undefined })],
    ['a body of another merchant', 'identity', order({ mchid: '1900000009' })],
    ['an appid of another merchant', 'identity', order({ appid: 'wxffffffffffffffff' })],
    ['an order in English', 'field', order({ out_trade_no: 'abc' }, english())],
    ['JSON that is none', 'json', post(JSAPI, '{bad')],
    ['JSON that is a list', 'json', post(JSAPI, '[1]')],
    ['an order without a body', 'field', post(JSAPI, '')],
    ['text', 'content_type', order({}, { headers: { 'Content-Type': 'text/plain' } })],
    [
      'a body without a type',
      'content_type',
      order({}, { headers: { 'Content-Type': undefined } }),
    ],
    ['an unknown path', 'path', get('/v3/nosuch')],
    ['a path with a slash at its end', 'path', post(`${JSAPI}/`, orderBody())],
    ['a path in capitals', 'path', post('/v3/pay/transactions/JSAPI', orderBody())],
    ['another method', 'method', { ...order(), method: 'PUT' }],
    ['a query that is sent', 'method', post(`${ORDERS}/out-trade-no/order-0001?${mine}`, {})],
    ['a query without mchid', 'field', get(`${ORDERS}/out-trade-no/order-0001`)],
    ['a query with two mchid', 'field', get(`${ORDERS}/id/4200?${mine}&${mine}`)],
    ['a query for another', 'identity', get(`${ORDERS}/out-trade-no/order-0001?mchid=1`)],
    ['a query of a short number', 'field', get(`${ORDERS}/out-trade-no/a%2Db?${mine}`)],
    ['a long transaction_id', 'field', get(`${ORDERS}/id/${'4'.repeat(33)}?${mine}`)],
    ['a close without a body', 'field', post(`${ORDERS}/out-trade-no/order-0001/close`, '')],
    ['a refund without a currency', 'field', refundOf({ amount: { refund: 1, total: 1 } })],
    ['a refund of nobody’s order', 'field', refundOf({ out_trade_no: undefined })],
    ['a refund of wrong parts', 'content', refundOf({ amount: amountFrom(1) })],
    ['a refund number with a dot', 'field', get(`${REFUNDS}/refund.1`)],
    ['a refund query without a number', 'field', get(`${REFUNDS}/`)],
    ['a card without its number', 'field', post(abnormal, { ...card, bank_account: undefined })],
    [
      'a card that no key was named for',
      'content',
      post(abnormal, card, { headers: { 'Wechatpay-Serial': undefined } }),
    ],
    ['a bill of no day', 'content', get('/v3/bill/tradebill?bill_date=2026-02-30')],
    ['a bill of a day that is not over', 'content', get('/v3/bill/tradebill?bill_date=2100-01-01')],
    ['a bill of another kind', 'field', get('/v3/bill/tradebill?bill_date=2026-01-01&bill_type=X')],
    ['a flow of a day in short', 'field', get('/v3/bill/fundflowbill?bill_date=2026-1-1')],
    ['a file without a token', 'field', get('/v3/billdownload/file')],
    ['a file that is sent', 'method', post('/v3/billdownload/file?token=a', {})],
    ['no Authorization', 'authorization', order({}, { authorization: null })],
    ['another scheme', 'authorization', get('/v3/certificates', { authorization: 'Bearer x' })],
    ['a time as text', 'stale', order({}, { timestamp: 'now' })],
    ['a time long ago', 'stale', order({}, { timestamp: '1700000000' })],
    ['another merchant', 'identity', order({}, { mchid: '1900000009' })],
    ['another certificate', 'unknown_key', order({}, { serialNo: 'ABCDEF' })],
    ['a serial in small letters', 'unknown_key', order({}, { serialNo: 'abcdef' })],
    ['another key of WeChat', 'unknown_key', order({}, { headers: { 'Wechatpay-Serial': 'AB' } })],
    ['what was not signed', 'signature', order({}, { signedBody: '' })],
    ['no Accept', 'client_headers', order({}, { headers: { Accept: undefined } })],
    ['HTML alone', 'client_headers', get('/v3/certificates', { headers: { Accept: 'text/html' } })],
  ])('%s', async (_, rule, sent) => {
    const { reply, explained } = await askBoth(sent)
    expect(explained).toMatchObject({ verdict: 'refused', rule })
    const { code = null, message = '' } = reply.body === '' ? {} : fieldsOf(reply)
    expect(explained.answer).toEqual({ status: reply.status, code, message })
  })
})

describe('what the platform takes, explain accepts', () => {
  it('as far as a request by itself can tell', async () => {
    const accepted = async (sent: Sent) => {
      const { reply, explained } = await askBoth(sent)
      expect([sent.target, reply.status < 300]).toEqual([sent.target, true])
      expect(explained).toMatchObject({ verdict: 'accepted', unchecked: ['state'], answer: null })
    }
    await accepted(order({ payer: { openid } }))
    await accepted(get(`${ORDERS}/out-trade-no/order%2D0001?${mine}`))
    const paid = simulator.order('order-0001')
    simulator.pay('order-0001')
    await accepted(get(`${ORDERS}/id/${paid?.transactionId ?? ''}?${mine}`))
    await accepted(refundOf({}))
    await accepted(get(`${REFUNDS}/refund-0001`))
    await accepted(order({ payer: { openid }, out_trade_no: 'order-0002' }, english()))
    await accepted(post(`${ORDERS}/out-trade-no/order-0002/close?a=b?c`, { mchid: ACCOUNT.mchid }))
  })

  it.each<[string, Sent]>([
    ['an order of a stranger', order({ out_trade_no: 'order-0003' })],
    ['a query of what nobody placed', get(`${ORDERS}/out-trade-no/order-0009?${mine}`)],
    ['a bill of a day without trade', get(`/v3/bill/tradebill?bill_date=${dayBefore(5)}`)],
    ['a file that nobody was given', get('/v3/billdownload/file?token=a')],
  ])('though the platform may know better: %s', async (_, sent) => {
    const { reply, explained } = await askBoth(sent)
    expect(reply.status).toBeGreaterThanOrEqual(400)
    expect(explained).toMatchObject({ verdict: 'accepted', unchecked: ['state'] })
  })

  it('from a file that ends with more line feeds than were sent', () => {
    const target = `${ORDERS}/id/4200?${mine}`
    const { headers } = merchant.requestOf('GET', target)
    const lines = Object.entries(headers).map((pair) => pair.join(': '))
    const raw = Buffer.from([`GET ${target} HTTP/1.1`, ...lines, '', '', ''].join('\n'))
    expect(explain(readRawHttp(raw), keys())).toMatchObject({ verdict: 'accepted' })
  })

  it('or says what it was not told', async () => {
    const known = { ...keys(), appid: null, mchid: null, platform: [] }
    const ofAnother = await askBoth(order({ appid: 'wxffffffffffffffff' }), known)
    expect(ofAnother.explained).toMatchObject({
      verdict: 'accepted',
      unchecked: ['state', 'identity'],
    })
    const unsigned = await askBoth(order(), { ...known, merchant: null })
    expect(unsigned.explained).toMatchObject({ verdict: 'unknown' })
    const short = await askBoth(order({ out_trade_no: 'abc' }), { ...known, merchant: null })
    expect(short.explained).toMatchObject({ verdict: 'refused', rule: 'field' })
  })
})

function english(): Changes {
  return { headers: { 'Accept-Language': 'en' } }
}

function refundOf(changes: object): Sent {
  return post(REFUNDS, refundBody(changes))
}

function amountFrom(amount: number) {
  const from = [{ account: 'AVAILABLE', amount }]
  return { refund: 500, total: 500, currency: 'CNY', from }
}

function dayBefore(days: number): string {
  return new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10)
}
