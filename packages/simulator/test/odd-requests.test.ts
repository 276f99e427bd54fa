import { request } from 'node:http'
import { text } from 'node:stream/consumers'
import { parseXml } from '@dashang/shared/signing/xml'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startSimulator, type Simulator } from '../src/simulator.ts'
import { ACCOUNT } from './account.ts'
import { createMerchant, orderFields } from './merchant.ts'
import { createV3Merchant, fieldsOf, JSAPI, orderBody } from './v3-merchant.ts'

// What a web server would refuse by itself is answered in WeChat's words.
let simulator: Simulator
let openid: string

beforeEach(async () => {
  simulator = await startSimulator({ account: ACCOUNT })
  openid = simulator.login('alice').openid
})
afterEach(() => simulator.close())

const tooLarge = 'x'.repeat(70_000)

async function send(method: string, path: string, body = '', headers = {}) {
  const { promise, resolve, reject } = Promise.withResolvers<{ status: number; body: string }>()
  const call = request(`${simulator.url}${path}`, { method, headers, agent: false }, (response) => {
    text(response).then((answer) => {
      resolve({ status: response.statusCode ?? 0, body: answer })
    }, reject)
  })
  call.on('error', reject).end(body)
  return promise
}

describe('a body of 70 KB', () => {
  it.each(['unifiedorder', 'orderquery', 'closeorder', 'refundquery'])(
    'is no XML for %s',
    async (api) => {
      const order = orderFields(openid, { detail: tooLarge })
      const { status, body } = await send(
        'POST',
        `/pay/${api}`,
        createMerchant(simulator).xmlOf(order),
      )
      expect(status).toBe(200)
      expect(parseXml(body)).toEqual({ return_code: 'FAIL', return_msg: 'XML格式错误' })
      expect(simulator.platform.calls.at(-1)).toMatchObject({ api, result: 'XML_FORMAT_ERROR' })
    },
  )

  it.each([
    ['downloadbill', 'data format error'],
    ['downloadfundflow', 'XML格式错误'],
  ])('is no XML for %s', async (api, message) => {
    const { status, body } = await send('POST', `/pay/${api}`, tooLarge)
    expect(status).toBe(200)
    expect(parseXml(body)).toMatchObject({ return_code: 'FAIL', return_msg: message })
  })

  it('is a parameter error of v3, unsigned', async () => {
    const reply = await createV3Merchant(simulator).post(JSAPI, orderBody({ attach: tooLarge }))
    expect(reply.status).toBe(400)
    expect(fieldsOf(reply)['code']).toBe('PARAM_ERROR')
    expect(reply.headers).not.toHaveProperty('wechatpay-signature')
    expect(reply.hint).toContain('65536 bytes')
  })

  it('is no JSON for the mini-program API', async () => {
    const { status, body } = await send('POST', '/cgi-bin/stable_token', `"${tooLarge}"`)
    expect(status).toBe(200)
    expect(JSON.parse(body)).toMatchObject({ errcode: 47001 })
  })
})

it('a body without an end has no answer', async () => {
  await expect(send('POST', '/pay/unifiedorder', 'x'.repeat(20_000_000))).rejects.toThrow()
})

describe('a path that nobody can decode', () => {
  it.each(['%zz', '%', '%ff', 'a%2', '%25%zz'])('has the number %s for v3', async (number) => {
    const merchant = createV3Merchant(simulator)
    const path = `/v3/pay/transactions/out-trade-no/${number}?mchid=${ACCOUNT.mchid}`
    expect(await merchant.get(path, { authorization: null })).toMatchObject({ status: 401 })
    const reply = await merchant.get(path)
    expect(reply.status).toBe(400)
    expect(fieldsOf(reply)).toMatchObject({
      code: 'PARAM_ERROR',
      detail: { location: 'uri_template' },
    })
    expect(simulator.platform.calls.at(-1)).toMatchObject({ outTradeNo: number })
  })

  it.each(['/pay/%zz', '/%', '/sns/%ff?a=%zz'])('is unknown: %s', async (path) => {
    expect(await send('GET', path)).toEqual({ status: 404, body: '' })
  })
})

it.each([
  ['text/xml', '<xml/>'],
  ['application/json', '{'],
  ['application/json', `"${tooLarge}"`],
])('an unknown path is unknown whatever its body is: %s', async (type, body) => {
  const answer = await send('POST', '/pay/micropay', body, { 'content-type': type })
  expect(answer).toEqual({ status: 404, body: '' })
})

describe('a content type', () => {
  it.each([';;;', 'no type', 'text/xml; charset="', ''])('of %j is none to v2', async (type) => {
    const body = createMerchant(simulator).xmlOf(orderFields(openid))
    const headers = { 'content-type': type }
    const answer = await send('POST', '/pay/unifiedorder', body, headers)
    expect(parseXml(answer.body)).toMatchObject({ result_code: 'SUCCESS' })
  })

  it('that is malformed is refused by v3 in its words', async () => {
    const merchant = createV3Merchant(simulator)
    const reply = await merchant.post(JSAPI, orderBody(), { headers: { 'Content-Type': 'json' } })
    expect(reply.status).toBe(400)
    expect(fieldsOf(reply)['message']).toBe('Http头Content-Type必须为application/json')
  })
})
