import { createPrivateKey } from 'node:crypto'
import { writeAuthorization } from '@dashang/shared/signing/v3/authorization'
import { readCertificate } from '@dashang/shared/signing/v3/keys'
import { answerText, requestText, sign } from '@dashang/shared/signing/v3/signature'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { explain } from '../src/explain/explain.ts'
import { readRawHttp, type HttpMessage } from '../src/explain/http-message.ts'
import { readPlatformKey, type ExplainKeys } from '../src/explain/keys.ts'
import { startSimulator, type Simulator } from '../src/simulator.ts'
import { ACCOUNT } from './account.ts'
import { post, V2_KEYS } from './explain-support.ts'
import { createInbox, createMerchant, orderFields, refundFields, type Inbox } from './merchant.ts'
import { createV3Merchant } from './v3-merchant.ts'

describe('what the platform sends and takes', () => {
  let simulator: Simulator
  let inbox: Inbox
  let keys: ExplainKeys

  beforeAll(async () => {
    simulator = await startSimulator({ account: ACCOUNT })
    inbox = await createInbox()
    const { publicKey, platformCertificate } = simulator.v3()
    keys = {
      ...V2_KEYS,
      v3Key: ACCOUNT.v3Key,
      merchant: readCertificate(simulator.certificates.merchantCert),
      platform: [publicKey, platformCertificate].map(readPlatformKey),
      appid: ACCOUNT.appid,
      mchid: ACCOUNT.mchid,
    }
  })
  afterAll(async () => {
    await simulator.close()
    await inbox.close()
  })

  async function notificationOf(outTradeNo: string): Promise<HttpMessage> {
    simulator.pay(outTradeNo)
    const attempt = () =>
      simulator.platform.notifications.find((one) => one.outTradeNo === outTradeNo)?.attempts[0]
    await vi.waitFor(() => {
      expect(attempt()).toBeDefined()
    })
    const { headers = {}, body = '' } = attempt()?.request ?? {}
    const lower = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value])
    return {
      method: 'POST',
      target: '/',
      status: null,
      headers: Object.fromEntries(lower) as HttpMessage['headers'],
      body: Buffer.from(body),
    }
  }

  it('a payment notification and a refund notification of API v2', async () => {
    const merchant = createMerchant(simulator, 'HMAC-SHA256')
    const { openid } = simulator.login('alice')
    const notify_url = inbox.url
    await merchant.send('unifiedorder', orderFields(openid, { notify_url }))
    const notification = await notificationOf('order-0001')
    expect(explain(notification, keys).verdict).toBe('accepted')
    const changed = Buffer.from(notification.body.toString().replace('500', '501'))
    expect(explain({ ...notification, body: changed }, keys)).toMatchObject({ rule: 'signature' })

    inbox.received.length = 0
    await merchant.refund(refundFields({ notify_url }))
    await simulator.clock.advance(3000)
    const notice = post(inbox.received[0] ?? '')
    expect(explain(notice, keys).opened).toContain('refund_status=SUCCESS')
    const wrongKey = { ...keys, v2Key: '0'.repeat(32) }
    expect(explain(notice, wrongKey)).toMatchObject({ verdict: 'refused', rule: 'sealed' })
  })

  it('a notification of API v3, judged in the order of the rules', async () => {
    const { openid } = simulator.login('alice')
    await createV3Merchant(simulator).post('/v3/pay/transactions/jsapi', {
      appid: ACCOUNT.appid,
      mchid: ACCOUNT.mchid,
      description: '打赏',
      out_trade_no: 'v3-order-0001',
      notify_url: inbox.url,
      amount: { total: 500 },
      payer: { openid },
    })
    const message = await notificationOf('v3-order-0001')
    const now = { ...keys, at: simulator.platform.stampNow() }
    const without = (name: string) => ({
      ...message,
      headers: Object.fromEntries(Object.entries(message.headers).filter(([key]) => key !== name)),
    })
    const withHeader = (name: string, value: string) => ({
      ...message,
      headers: { ...message.headers, [name]: value },
    })
    const later = new Date(now.at.getTime() + 301_000)
    expect(explain(message, now)).toMatchObject({ verdict: 'accepted' })
    expect(explain(message, now).opened).toContain('v3-order-0001')
    expect(explain(without('wechatpay-nonce'), now)).toMatchObject({
      rule: 'missing_header',
      detail: 'wechatpay-nonce',
    })
    expect(explain(message, { ...now, at: later })).toMatchObject({ rule: 'stale' })
    const probe = withHeader('wechatpay-signature', 'WECHATPAY/SIGNTEST/abc')
    expect(explain(probe, now)).toMatchObject({ rule: 'probe' })
    expect(explain(withHeader('wechatpay-serial', 'ABC'), now)).toMatchObject({
      rule: 'unknown_key',
    })
    expect(explain(withHeader('wechatpay-nonce', 'x'), now)).toMatchObject({ rule: 'signature' })
    expect(explain(message, { ...now, v3Key: '0'.repeat(32) })).toMatchObject({ rule: 'sealed' })
    expect(explain(message, { ...now, platform: [] })).toMatchObject({ verdict: 'unknown' })

    const saved = { ...message, body: Buffer.concat([message.body, Buffer.from('\n')]) }
    expect(explain(saved, now).mistake?.en).toContain('was not sent')
    const pretty = JSON.stringify(JSON.parse(message.body.toString()), null, 2)
    const found = explain({ ...message, body: Buffer.from(pretty) }, now)
    expect(found.mistake?.en).toContain('parsed and written again')
    const { mistake, difference, toSign } = found
    expect(difference?.at).toBe(Number(toSign?.indexOf('{\n')) + 1)
    const kept = readRawHttp(fileOf(message, pretty))
    expect(explain(kept, now)).toMatchObject({ rule: 'signature', mistake, difference })
  })

  it('a notification that was spread over lines, whatever its escapes and numbers are', () => {
    const { id, privateKey } = simulator.keys.newest('public_key')
    const at = new Date()
    const stamp = { timestamp: String(Math.floor(at.getTime() / 1000)), nonce: 'nonce' }
    const body = '{"a":"\\u652f\\/ \\" b","n":[1.0,2]}'
    const headers = {
      'wechatpay-serial': id,
      'wechatpay-timestamp': stamp.timestamp,
      'wechatpay-nonce': stamp.nonce,
      'wechatpay-signature': sign(answerText({ ...stamp, body }), privateKey),
    }
    const shown = body.replace('{', '{\n  ').replace(':[', ': [').replace(',2', ', 2')
    const found = explain({ ...post(shown, '/notify'), headers }, { ...keys, at })
    expect(found.mistake?.en).toContain('parsed and written again')
    expect(found.difference?.at).toBe(Number(found.toSign?.indexOf('{')) + 1)
  })

  // As a person keeps a message: the headers that came, and the body after an editor was at it.
  function fileOf({ headers, body }: HttpMessage, edited: string): Buffer {
    const lines = Object.entries({ ...headers, 'content-length': body.length })
    return Buffer.from(`${lines.map((pair) => pair.join(': ')).join('\n')}\n\n${edited}\n`)
  }

  describe('a request to API v3', () => {
    const body = `{"mchid": "${ACCOUNT.mchid}"}`
    const target = '/v3/pay/transactions/out-trade-no/order%2D0001/close?from=test'
    const timestamp = String(Math.floor(Date.now() / 1000))
    const parts = { method: 'POST', target, timestamp, nonce: 'nonce', body }
    const right = requestText(parts).toString()

    function request(signedText: string, changes: Record<string, string> = {}): HttpMessage {
      const authorization = writeAuthorization({
        mchid: ACCOUNT.mchid,
        serialNo: simulator.v3().merchantSerial,
        nonce: 'nonce',
        timestamp,
        signature: sign(
          Buffer.from(signedText),
          createPrivateKey(simulator.certificates.merchantKey),
        ),
      })
      const headers = {
        accept: 'application/json',
        'content-type': 'application/json',
        'user-agent': 'test',
        authorization,
        ...changes,
      }
      return { method: 'POST', target, status: null, headers, body: Buffer.from(body) }
    }

    it('is accepted as it should be', () => {
      expect(explain(request(right), keys)).toMatchObject({ verdict: 'accepted', toSign: right })
    })

    it.each([
      ['lacks its last line feed', right.slice(0, -1)],
      ['The body is missing', requestText({ ...parts, body: '' }).toString()],
      ['parsed and written again', right.replace(body, JSON.stringify(JSON.parse(body)))],
      ['The query is missing', right.replace(/\?\S+/, '')],
      ['The whole address', right.replace('/v3', 'https://api.mch.weixin.qq.com/v3')],
      ['was decoded', right.replace('%2D', '-')],
      ['small letters', right.replace('POST', 'post')],
      ['CRLF', right.replaceAll('\n', '\r\n')],
    ])('with the usual mistake «%s» is recognized', (words, text) => {
      const found = explain(request(text), keys)
      expect(found).toMatchObject({ verdict: 'refused', rule: 'signature' })
      expect(found.mistake?.en).toContain(words)
      expect(found.difference).not.toBeNull()
    })

    it.each([
      ['authorization', { authorization: 'Bearer abc' }],
      ['client_headers', { 'user-agent': '' }],
    ])('breaks the rule %s', (rule, changes) => {
      expect(explain(request(right, changes), keys)).toMatchObject({ verdict: 'refused', rule })
    })

    it('breaks the rules of time and identity before the signature counts', () => {
      const wrong = request('nothing')
      const at = new Date(Date.now() + 600_000)
      expect(explain(wrong, { ...keys, at })).toMatchObject({ rule: 'stale' })
      expect(explain(wrong, { ...keys, mchid: '1' })).toMatchObject({ rule: 'identity' })
      const merchant = readCertificate(simulator.v3().platformCertificate)
      expect(explain(wrong, { ...keys, merchant })).toMatchObject({ rule: 'unknown_key' })
    })
  })
})
