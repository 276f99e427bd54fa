import { once } from 'node:events'
import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { signed, type Fields } from '@dashang/shared/signing/v2'
import { parseXml, writeXml } from '@dashang/shared/signing/xml'
import { fetch, ProxyAgent } from 'undici'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startSimulator, type Simulator } from '../src/simulator.ts'
import { ACCOUNT } from './account.ts'
import { orderFields, refundFields } from './merchant.ts'

let simulator: Simulator

beforeEach(async () => {
  simulator = await startSimulator({ account: ACCOUNT })
})
afterEach(() => simulator.close())

/** A client as `HTTPS_PROXY` and one more root make it; the addresses are WeChat's own. */
function createClient(credentials: { cert?: string; key?: string } = {}) {
  const requestTls = { ca: simulator.certificates.caCert, ...credentials }
  const dispatcher = new ProxyAgent({ uri: simulator.url, requestTls })
  return {
    get: async (url: string) => (await fetch(url, { dispatcher })).text(),
    async post(url: string, fields: Fields): Promise<Fields> {
      const { appid, mchid: mch_id, v2Key: key } = ACCOUNT
      const body = writeXml(
        signed({ appid, mch_id, nonce_str: 'n', ...fields }, { key, signType: 'MD5' }),
      )
      const response = await fetch(url, { dispatcher, method: 'POST', body })
      return parseXml(await response.text())
    },
    close: () => dispatcher.close(),
  }
}

/** What the proxy answers to these first bytes. */
async function send(bytes: string): Promise<string> {
  const socket = connect(Number(new URL(simulator.url).port), '127.0.0.1')
  socket.write(bytes)
  return text(socket)
}

describe('the plain port is a proxy', () => {
  it.each(['api.mch.weixin.qq.com', 'api2.mch.weixin.qq.com', 'API.mch.weixin.qq.com'])(
    'to https://%s, which is the platform itself',
    async (host) => {
      const client = createClient()
      const { openid } = simulator.login('alice')
      const placed = await client.post(`https://${host}/pay/unifiedorder`, orderFields(openid))
      expect(placed).toMatchObject({ result_code: 'SUCCESS' })
      expect(simulator.order('order-0001')).toBeDefined()
      await client.close()
    },
  )

  it('to the mini-program API', async () => {
    const client = createClient()
    const { code, openid } = simulator.login('alice')
    const { appid, appSecret: secret } = ACCOUNT
    const query = `appid=${appid}&secret=${secret}&js_code=${code}&grant_type=authorization_code`
    const answer = await client.get(`https://api.weixin.qq.com/sns/jscode2session?${query}`)
    expect(JSON.parse(answer)).toMatchObject({ openid })
    await client.close()
  })

  it('that hides nobody: who is refused for his address reads his own', async () => {
    const client = createClient()
    simulator.faults.add({ on: 'token', fault: 'ip_refused' })
    const answer = await client.get('https://api.weixin.qq.com/cgi-bin/token')
    expect(JSON.parse(answer)).toMatchObject({
      errcode: 40164,
      errmsg: expect.stringContaining('invalid ip 127.0.0.1,') as string,
    })
    await client.close()
  })

  it.each([
    ['api.weixin.qq.com', '/pay/unifiedorder'],
    ['api.weixin.qq.com', '/pay/downloadbill'],
    ['api.weixin.qq.com', '/v3/certificates'],
    ['api.mch.weixin.qq.com', '/cgi-bin/token'],
    ['api2.mch.weixin.qq.com', '/sns/jscode2session'],
  ])('to %s, where %s is no path', async (host, path) => {
    const dispatcher = new ProxyAgent({
      uri: simulator.url,
      requestTls: { ca: simulator.certificates.caCert },
    })
    const response = await fetch(`https://${host}${path}`, { dispatcher, method: 'POST', body: '' })
    expect(response.status).toBe(404)
    expect(await response.text()).toBe('')
    expect(simulator.platform.calls).toEqual([])
    await dispatcher.close()
  })

  it.each(['/pay/orderquery', '/cgi-bin/token'])(
    'and by an address of ours serves %s as well',
    async (path) => {
      const answer = await send(
        `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n`,
      )
      expect(answer).toMatch(/^HTTP\/1\.1 200 /)
    },
  )

  it('that carries the certificate of the merchant, and does not stand in for it', async () => {
    const host = 'https://api.mch.weixin.qq.com'
    const { merchantCert: cert, merchantKey: key } = simulator.certificates
    const [known, unknown] = [createClient({ cert, key }), createClient()]
    await known.post(`${host}/pay/unifiedorder`, orderFields(simulator.login('alice').openid))
    simulator.pay('order-0001')
    const refund = `${host}/secapi/pay/refund`
    expect(await unknown.post(refund, refundFields())).toMatchObject({ err_code: 'CERT_ERROR' })
    expect(await known.post(refund, refundFields())).toMatchObject({ result_code: 'SUCCESS' })
    await Promise.all([known.close(), unknown.close()])
  })

  it('that a client without the root does not trust', async () => {
    const dispatcher = new ProxyAgent(simulator.url)
    await expect(fetch('https://api.mch.weixin.qq.com/', { dispatcher })).rejects.toThrow()
    await dispatcher.close()
  })

  it.each([
    'example.com:443',
    'api.mch.weixin.qq.com:80',
    'api.mch.weixin.qq.com:4430',
    'api.mch.weixin.qq.com.example.com:443',
    'xapi.mch.weixin.qq.com:443',
    'pay.weixin.qq.com:443',
    '127.0.0.1:443',
    'localhost:443',
    '[::1]:443',
    'api.mch.weixin.qq.com',
  ])('that refuses CONNECT %s', async (authority) => {
    const answer = await send(`CONNECT ${authority} HTTP/1.1\r\nHost: ${authority}\r\n\r\n`)
    expect(answer).toMatch(/^HTTP\/1\.1 403 /)
    expect(answer).toContain('api.mch.weixin.qq.com')
  })

  it.each(['http://example.com/', 'http://api.mch.weixin.qq.com/pay/orderquery'])(
    'that forwards no plain request to %s',
    async (url) => {
      const answer = await send(`GET ${url} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`)
      expect(answer).toMatch(/^HTTP\/1\.1 403 /)
      expect(simulator.platform.calls).toEqual([])
    },
  )
})

it('ends with its tunnels, the silent ones too', async () => {
  const authority = 'api.mch.weixin.qq.com:443'
  const socket = connect(Number(new URL(simulator.url).port), '127.0.0.1')
  socket.write(`CONNECT ${authority} HTTP/1.1\r\nHost: ${authority}\r\n\r\n`)
  const [first] = (await once(socket, 'data')) as [Buffer]
  expect(String(first)).toMatch(/^HTTP\/1\.1 200 /)
  const closed = once(socket, 'close')
  await Promise.all([simulator.close(), closed])
})
