import { generateKeyPairSync } from 'node:crypto'
import { formatBeijingTime } from '@dashang/shared/signing/beijing-time'
import type { Fields } from '@dashang/shared/signing/v2'
import { parseXml } from '@dashang/shared/signing/xml'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { Aes, Formatter, Hash, Transformer, Wechatpay } from 'wechatpay-axios-plugin'
import { startSimulator, type Simulator } from '../src/simulator.ts'
import { ACCOUNT } from './account.ts'
import { createInbox, orderFields, refundFields, type Inbox } from './merchant.ts'

// The simulator signs with the code that our server verifies with, so a mistake in it would agree
// with itself. This client was written by others: it signs every request and checks every answer.
let simulator: Simulator
let inbox: Inbox

beforeAll(async () => {
  simulator = await startSimulator({ account: ACCOUNT })
  inbox = await createInbox()
})
afterAll(async () => {
  await simulator.close()
  await inbox.close()
})

/** The client with the credentials that API v2 needs, over TLS or not. */
function connect(secret: string, baseURL: string) {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  })
  const { caCert: ca, merchantCert: cert, merchantKey: key } = simulator.certificates
  return new Wechatpay({
    mchid: ACCOUNT.mchid,
    secret,
    // API v2 uses none of these, and the client insists on them.
    serial: 'none',
    privateKey,
    certs: { platform: publicKey },
    merchant: { ca, cert, key },
    baseURL,
  }).client.v2
}

function createClient(secret: string) {
  const v2 = connect(secret, simulator.url)
  return async (api: string, fields: Fields): Promise<Fields> => {
    const common = {
      appid: ACCOUNT.appid,
      mch_id: ACCOUNT.mchid,
      nonce_str: crypto.randomUUID().replaceAll('-', ''),
    }
    const { data } = await v2.post<Fields>(`/pay/${api}`, { ...common, ...fields })
    return data
  }
}

it.each(['MD5', 'HMAC-SHA256'] as const)(
  'a client of other people places, pays, queries and closes with %s',
  async (sign_type) => {
    const send = createClient(ACCOUNT.v2Key)
    const { openid } = simulator.login('alice')
    const out_trade_no = `other-people-${sign_type}`
    const order = orderFields(openid, { out_trade_no, sign_type, notify_url: inbox.url })

    expect((await send('unifiedorder', order))['prepay_id']).toMatch(/^wx/)
    expect(await send('orderquery', { out_trade_no, sign_type })).toMatchObject({
      trade_state: 'NOTPAY',
    })
    simulator.pay(out_trade_no)
    expect(await send('orderquery', { out_trade_no, sign_type })).toMatchObject({
      trade_state: 'SUCCESS',
      total_fee: '500',
    })
    await expect(send('closeorder', { out_trade_no, sign_type })).rejects.toThrow()
  },
)

it('refuses a client of other people that has another key', async () => {
  const send = createClient(ACCOUNT.v2Key.replace('t', 'T'))
  const { openid } = simulator.login('alice')
  await expect(send('unifiedorder', orderFields(openid))).rejects.toThrow()
  expect(simulator.platform.calls.at(-1)?.result).toBe('SIGNERROR')
})

it.each(['MD5', 'HMAC-SHA256'] as const)(
  'opens its cashier to a second signature of other people, and they take its notification (%s)',
  async (signType) => {
    const { openid } = simulator.login('bob')
    const out_trade_no = `second-${signType}`
    const changes = { out_trade_no, sign_type: signType, notify_url: inbox.url }
    const placed = await createClient(ACCOUNT.v2Key)('unifiedorder', orderFields(openid, changes))
    const parameters = {
      timeStamp: '1700000000',
      nonceStr: 'nonce',
      package: `prepay_id=${placed['prepay_id'] ?? ''}`,
      signType,
    }
    const paySign = Hash.sign(signType, { appId: ACCOUNT.appid, ...parameters }, ACCOUNT.v2Key)
    expect(simulator.requestPayment({ openid, ...parameters, paySign }).kind).toBe('open')

    inbox.received.length = 0
    simulator.pay(out_trade_no)
    await vi.waitFor(() => {
      expect(inbox.received).toHaveLength(1)
    })
    const { sign, ...fields } = parseXml(inbox.received[0] ?? '')
    expect(sign).toBe(Hash.sign(signType, fields, ACCOUNT.v2Key))
  },
)

it('refunds a client of other people over TLS, and they read the notice and the bill', async () => {
  const v2 = connect(ACCOUNT.v2Key, simulator.tlsUrl)
  // The client shows its certificate only when it is told that the call needs one.
  const options = { security: true, timeout: 10_000 }
  const common = { appid: ACCOUNT.appid, mch_id: ACCOUNT.mchid }
  const send = async (path: string, fields: Fields) =>
    (await v2.post<Fields>(path, { ...common, ...fields }, options)).data
  const { openid } = simulator.login('carol')
  await send('/pay/unifiedorder', orderFields(openid, { out_trade_no: 'other-refund' }))
  simulator.pay('other-refund')
  const refund = refundFields({ out_trade_no: 'other-refund', notify_url: inbox.url })
  const accepted = await send('/secapi/pay/refund', refund)
  expect(accepted).toMatchObject({ result_code: 'SUCCESS', refund_fee: '500' })

  inbox.received.length = 0
  await simulator.clock.advance(3000)
  const { out_refund_no = '' } = refund
  expect(await send('/pay/refundquery', { out_refund_no })).toMatchObject({
    refund_status_0: 'SUCCESS',
    refund_id_0: accepted['refund_id'],
  })
  const { req_info = '' } = parseXml(inbox.received[0] ?? '')
  const notice: unknown = Transformer.toObject(
    Aes.AesEcb.decrypt(req_info, Hash.md5(ACCOUNT.v2Key)),
  )
  expect(notice).toMatchObject({ out_refund_no, refund_fee: '500', refund_status: 'SUCCESS' })

  const bill_date = formatBeijingTime(simulator.clock.now()).slice(0, 8)
  await simulator.clock.advance(40 * 3_600_000)
  const raw = { ...options, transformResponse: [] }
  const { data: csv } = await v2.post<string>('/pay/downloadbill', { ...common, bill_date }, raw)
  const bill: unknown = Formatter.castCsvBill(csv)
  expect(bill).toMatchObject({ summary: { 退款总金额: '5.00' } })
  expect(bill).toHaveProperty('rows')
})

it('refuses to refund a client of other people without a certificate', async () => {
  const send = createClient(ACCOUNT.v2Key)
  await expect(send('../secapi/pay/refund', refundFields())).rejects.toThrow()
  expect(simulator.platform.calls.at(-1)).toMatchObject({ api: 'refund', result: 'CERT_ERROR' })
})
