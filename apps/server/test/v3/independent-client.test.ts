import { createPublicKey } from 'node:crypto'
import { Aes, Formatter, Rsa } from 'wechatpay-axios-plugin'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { createWeChatHttp, type WeChatHttp } from '../../src/wechat/http.ts'
import type { PaymentChannel } from '../../src/wechat/payment-channel.ts'
import { createV3Channel } from '../../src/wechat/v3/channel.ts'
import { ACCOUNT } from '../support/config.ts'
import { makeKeys, readKeys, type MadeKeys } from '../support/v3-keys.ts'
import { startV3Platform, type V3Platform, type V3Reply } from '../support/v3-platform.ts'

// Server and simulator share their signing, so a mistake in it would agree with itself. Here all that
// WeChat does is done by the code of others: it checks what we send, and signs and seals what we get.

let keys: MadeKeys
let platform: V3Platform
let http: WeChatHttp
let channel: PaymentChannel
beforeAll(async () => {
  ;[keys, platform] = await Promise.all([makeKeys(), startV3Platform()])
  http = createWeChatHttp({ timeoutMs: 2000 })
  const account = { ...ACCOUNT, keys: readKeys(keys), baseUrl: platform.url, backupUrl: null }
  channel = createV3Channel({ http, account, now: () => new Date(), readXmlNotice: null })
})
beforeEach(() => {
  platform.requests.length = 0
})
afterAll(async () => {
  await http.close()
  await platform.close()
})

const merchantKey = () => createPublicKey(keys.merchant.cert)

function signedByThem(body: string): Record<string, string> {
  const [timestamp, nonce] = [String(Formatter.timestamp()), Formatter.nonce()]
  const signature = Rsa.sign(Formatter.response(timestamp, nonce, body), keys.platform.privateKey)
  return {
    'wechatpay-timestamp': timestamp,
    'wechatpay-nonce': nonce,
    'wechatpay-signature': signature,
    'wechatpay-serial': keys.platform.id,
  }
}

const sayByThem =
  (content: object | null): V3Reply =>
  (response) => {
    const body = content === null ? '' : JSON.stringify(content)
    response.writeHead(content === null ? 204 : 200, signedByThem(body)).end(body)
  }

const TRANSACTION = {
  appid: ACCOUNT.appid,
  mchid: ACCOUNT.mchid,
  out_trade_no: 'order1',
  transaction_id: '4200001',
  trade_state: 'SUCCESS',
  success_time: '2026-01-01T12:00:00+08:00',
  payer: { openid: 'oAlice' },
  amount: { total: 500, payer_total: 500, currency: 'CNY' },
}
const REFUND = {
  mchid: ACCOUNT.mchid,
  out_trade_no: 'order1',
  transaction_id: '4200001',
  out_refund_no: 'refund1',
  refund_id: '5030001',
  status: 'SUCCESS',
  refund_status: 'SUCCESS',
  amount: { total: 500, refund: 200 },
}

const ORDER = {
  orderId: 'order1',
  amountFen: 500,
  description: '打赏',
  openid: 'oAlice',
  clientIp: '::1',
  notifyUrl: 'https://example.com/notify',
  createdAt: new Date(),
  expiresAt: new Date(),
}
const WISH = {
  refundId: 'refund1',
  transactionId: '4200001',
  amountFen: 200,
  totalFen: 500,
  reason: '演出取消',
  notifyUrl: 'https://example.com/refund',
}

it.each<[what: string, ask: () => Promise<unknown>, content: object | null, result: object]>([
  ['placing', () => channel.place(ORDER), { prepay_id: 'wx1' }, { prepayId: 'wx1' }],
  ['query', () => channel.query('order1'), TRANSACTION, { fact: { amountFen: 500 } }],
  [
    'query by transaction',
    () => channel.queryTransaction('4200001'),
    TRANSACTION,
    { kind: 'paid' },
  ],
  ['closing', () => channel.close('order1'), null, { kind: 'closed' }],
  ['refund', () => channel.refund(WISH), REFUND, { fact: { event: 'succeeded' } }],
  ['refund query', () => channel.queryRefund('refund1'), REFUND, { kind: 'told' }],
])(
  'the request of a %s is one that they verify, and their answer is believed',
  async (_, ask, content, result) => {
    platform.reply = sayByThem(content)
    expect(await ask()).toMatchObject(result)
    const [request] = platform.requests
    const { method = '', target = '', body = '', headers } = request ?? {}
    const fields = Object.fromEntries(
      [...(headers?.authorization ?? '').matchAll(/(\w+)="([^"]*)"/g)].map(([, k, v]) => [k, v]),
    ) as Record<'nonce_str' | 'timestamp' | 'signature', string>
    const text = Formatter.request(method, target, fields.timestamp, fields.nonce_str, body)
    expect(Rsa.verify(text, fields.signature, merchantKey())).toBe(true)
    expect(Rsa.verify(`${text}x`, fields.signature, merchantKey())).toBe(false)
  },
)

it.each<[what: string, eventType: string, content: object, associatedData: string]>([
  ['a payment', 'TRANSACTION.SUCCESS', TRANSACTION, 'transaction'],
  ['a refund', 'REFUND.SUCCESS', REFUND, 'refund'],
])('their notification of %s is believed', async (_, event_type, content, associated_data) => {
  const nonce = Formatter.nonce(12)
  const body = JSON.stringify({
    id: 'EV-1',
    event_type,
    resource: {
      algorithm: 'AEAD_AES_256_GCM',
      ciphertext: Aes.AesGcm.encrypt(
        JSON.stringify(content),
        ACCOUNT.v3Key,
        nonce,
        associated_data,
      ),
      nonce,
      associated_data,
    },
  })
  const message = { body: Buffer.from(body), headers: signedByThem(body) }
  const read = event_type.startsWith('REFUND')
    ? channel.readRefundNotice(message, new Date())
    : channel.readNotification(message, new Date())
  expect(await read).toMatchObject({ fact: { transactionId: '4200001' } })
})

it('the second signature is one that they verify', () => {
  const { paySign, kind, signType, ...parameters } = channel.paymentFor('wx1', new Date())
  expect({ kind, signType }).toEqual({ kind: 'requestPayment', signType: 'RSA' })
  const text = Formatter.joinedByLineFeed(
    ACCOUNT.appid,
    parameters.timeStamp,
    parameters.nonceStr,
    parameters.package,
  )
  expect(Rsa.verify(text, paySign, merchantKey())).toBe(true)
})
