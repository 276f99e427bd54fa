import { signed, type Fields } from '@dashang/shared/signing/v2'
import { parseXml, writeXml } from '@dashang/shared/signing/xml'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { explain } from '../src/explain/explain.ts'
import type { ExplainKeys } from '../src/explain/keys.ts'
import { startSimulator, type Simulator } from '../src/simulator.ts'
import { ACCOUNT } from './account.ts'
import { post, V2_KEYS } from './explain-support.ts'
import { createMerchant, orderFields, postTls, refundFields } from './merchant.ts'

let simulator: Simulator
let openid: string

beforeAll(async () => {
  simulator = await startSimulator({ account: ACCOUNT })
  openid = simulator.login('alice').openid
})
afterAll(() => simulator.close())

const KEYS: ExplainKeys = { ...V2_KEYS, appid: ACCOUNT.appid, mchid: ACCOUNT.mchid }

interface Sent {
  readonly method?: string
  readonly target: string
  readonly body: string
}

/** The same bytes to the platform and to `explain`. */
async function askBoth({ method = 'POST', target, body }: Sent) {
  const { caCert: ca, merchantCert: cert, merchantKey: key } = simulator.certificates
  const explained = explain({ ...post(body, target), method }, { ...KEYS, at: new Date() })
  if (/refund$|fundflow$/.test(target)) {
    const { fields } = await postTls(`${simulator.tlsUrl}${target}`, body, { ca, cert, key })
    return { status: 200, fields, explained }
  }
  const init = { method, ...(method === 'GET' ? {} : { body }) }
  const response = await fetch(`${simulator.url}${target}`, init)
  const text = await response.text()
  const fields = text === '' ? {} : parseXml(text)
  return { status: response.status, fields, explained }
}

const xmlOf = (fields: Fields) => createMerchant(simulator).xmlOf(fields)
type Make = () => Sent
const order =
  (changes: Fields = {}): Make =>
  () => ({ target: '/pay/unifiedorder', body: xmlOf(orderFields('oAlice', changes)) })
const call =
  (path: string, fields: Fields): Make =>
  () => ({ target: path, body: xmlOf(fields) })
const raw =
  (body: string, target = '/pay/unifiedorder', method = 'POST'): Make =>
  () => ({ target, body, method })
const refund = (changes: Fields) => call('/secapi/pay/refund', refundFields(changes))
const flow = (fields: Fields): Make => {
  const key = { key: ACCOUNT.v2Key, signType: 'HMAC-SHA256' } as const
  const { appid, mchid: mch_id } = ACCOUNT
  const common = { appid, mch_id, nonce_str: 'nonce', sign_type: 'HMAC-SHA256' }
  return () => ({
    target: '/pay/downloadfundflow',
    body: writeXml(signed({ ...common, ...fields }, key)),
  })
}

describe('what the platform refuses a request for by itself, explain refuses in the same words', () => {
  it.each<[string, string, Make]>([
    ['an unknown path', 'path', call('/pay/nosuch', {})],
    ['a path outside of /pay', 'path', call('/notify', {})],
    ['a GET without a body', 'method', raw('', '/pay/unifiedorder', 'GET')],
    ['a PUT', 'method', raw('<xml></xml>', '/pay/orderquery', 'PUT')],
    ['no body', 'empty_body', raw('')],
    ['torn XML', 'xml', raw('<xml><a>1</a>')],
    ['JSON', 'xml', raw('{"a":1}')],
    ['a body of 128 bytes', 'field', order({ body: 'x'.repeat(128) })],
    ['an amount in yuan', 'field', order({ total_fee: '5.00' })],
    ['a notify_url with a query', 'field', order({ notify_url: 'https://x.test/a?b=c' })],
    ['no openid', 'field', order({ openid: '' })],
    ['another trade type', 'content', order({ trade_type: 'NATIVE' })],
    ['another merchant', 'identity', order({ mch_id: '1900000009' })],
    ['another appid', 'identity', order({ appid: 'wxffffffffffffffff' })],
    ['an appid that is none', 'identity', order({ appid: 'wx' })],
    ['no signature', 'no_signature', raw(writeXml(unsigned()))],
    ['a wrong signature', 'signature', raw(writeXml({ ...unsigned(), sign: '0'.repeat(32) }))],
    ['a query without a number', 'field', call('/pay/orderquery', {})],
    ['a close without a number', 'field', call('/pay/closeorder', {})],
    ['a refund without a number', 'field', refund({ out_trade_no: '' })],
    ['a refund of nothing', 'field', refund({ refund_fee: '0' })],
    ['a refund query without a number', 'field', call('/pay/refundquery', {})],
    ['a bill of a day with dashes', 'field', call('/pay/downloadbill', { bill_date: '2026-1-1x' })],
    ['a bill of no day', 'content', call('/pay/downloadbill', { bill_date: '2026-1-1' })],
    [
      'a bill of no kind',
      'content',
      call('/pay/downloadbill', { bill_date: '20260101', bill_type: 'X' }),
    ],
    ['a flow of no account', 'content', flow({ bill_date: '20260101', account_type: 'X' })],
    ['a flow of no day', 'content', flow({ bill_date: '2026', account_type: 'Basic' })],
    ['a flow signed by MD5', 'field', call('/pay/downloadfundflow', { account_type: 'Basic' })],
  ])('%s', async (_, rule, make) => {
    const { status, fields, explained } = await askBoth(make())
    expect(explained).toMatchObject({ verdict: 'refused', rule })
    const code = fields['err_code'] ?? fields['error_code'] ?? null
    const message = fields['err_code_des'] ?? fields['return_msg'] ?? ''
    expect(explained.answer).toEqual({ status, code, message })
  })
})

describe('what the platform takes, explain accepts', () => {
  it('as far as a request by itself can tell', async () => {
    const accepted = async (make: Make, unchecked = ['state']) => {
      const { fields, explained } = await askBoth(make())
      expect(fields).toMatchObject({ return_code: 'SUCCESS', result_code: 'SUCCESS' })
      expect(explained).toMatchObject({ verdict: 'accepted', unchecked, answer: null })
    }
    await accepted(order({ openid }))
    await accepted(call('/pay/orderquery', { out_trade_no: 'order-0001' }))
    simulator.pay('order-0001')
    await accepted(refund({}), ['state', 'certificate'])
    await accepted(call('/pay/refundquery', { out_refund_no: 'refund-0001' }))
    await accepted(order({ openid, out_trade_no: 'order-0002' }))
    await accepted(call('/pay/closeorder', { out_trade_no: 'order-0002' }))
  })

  it.each<[string, Make]>([
    ['an order of a stranger', order({ out_trade_no: 'order-0003' })],
    ['a query of what nobody placed', call('/pay/orderquery', { out_trade_no: 'order-0009' })],
    ['a bill of a day without trade', call('/pay/downloadbill', dayBefore(5))],
  ])('though the platform may know better: %s', async (_, make) => {
    const { fields, explained } = await askBoth(make())
    expect([fields['result_code'], fields['return_code']]).toContain('FAIL')
    expect(explained).toMatchObject({ verdict: 'accepted', unchecked: ['state'] })
  })

  it('or says that it does not know which call it is', () => {
    const { body } = call('/pay/orderquery', {})()
    expect(explain(post(body), KEYS)).toMatchObject({
      verdict: 'accepted',
      unchecked: ['call', 'state'],
    })
  })
})

function unsigned(): Fields {
  const { appid, mchid: mch_id } = ACCOUNT
  return { appid, mch_id, nonce_str: 'nonce', ...orderFields('oAlice') }
}

function dayBefore(days: number): Fields {
  const day = new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10)
  return { bill_date: day.replaceAll('-', '') }
}
