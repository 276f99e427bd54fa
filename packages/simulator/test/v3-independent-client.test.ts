import { createHash } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Aes, Formatter, Rsa, Wechatpay } from 'wechatpay-axios-plugin'
import { startSimulator, type Simulator } from '../src/simulator.ts'
import { ACCOUNT } from './account.ts'
import { createV3Inbox, orderBody, refundBody, type Told, type V3Inbox } from './v3-merchant.ts'

// As for v2: this client was written by others. It signs every request, checks every answer with the
// key that `Wechatpay-Serial` names, and opens what is encrypted.
let simulator: Simulator
let inbox: V3Inbox
let openid: string

beforeEach(async () => {
  // The client goes by the real clock, and the bill is of tomorrow.
  simulator = await startSimulator({ account: ACCOUNT, stampNow: () => new Date() })
  inbox = await createV3Inbox()
  openid = simulator.login('alice').openid
})
afterEach(async () => {
  await simulator.close()
  await inbox.close()
})

type Certs = Readonly<Record<string, string>>

function connect(certs: Certs, privateKey: string = simulator.certificates.merchantKey) {
  const { client } = new Wechatpay({
    mchid: ACCOUNT.mchid,
    serial: simulator.v3().merchantSerial,
    privateKey,
    certs,
    baseURL: simulator.url,
  })
  return client.v3
}

/** With the public key, which it names in every request. */
function connectByPublicKey() {
  const { publicKeyId, publicKey } = simulator.v3()
  const v3 = connect({ [publicKeyId]: publicKey })
  const headers = { 'Wechatpay-Serial': publicKeyId }
  return {
    post: async (path: string, body: object) =>
      (await v3.post<Record<string, unknown>>(path, body, { headers })).data,
    get: async (path: string, params: object = {}) =>
      (await v3.get<Record<string, unknown>>(path, { params, headers })).data,
  }
}

const ORDER = '/v3/pay/transactions/out-trade-no/order-0001'
const mine = { mchid: ACCOUNT.mchid }
const order = () => orderBody({ payer: { openid }, notify_url: inbox.url })

async function heard(count: number): Promise<Told> {
  await vi.waitFor(() => {
    expect(inbox.received).toHaveLength(count)
  })
  return inbox.received[count - 1] ?? { headers: {}, body: '' }
}

/** What their code makes of a notification of ours. */
function openWithTheirs({ headers, body }: Told): object {
  const header = (name: string) => String(headers[`wechatpay-${name}`])
  const { publicKeyId, publicKey } = simulator.v3()
  expect(header('serial')).toBe(publicKeyId)
  const text = Formatter.response(header('timestamp'), header('nonce'), body)
  expect(Rsa.verify(text, header('signature'), publicKey)).toBe(true)
  const { resource } = JSON.parse(body) as { resource: Record<string, string> }
  const { ciphertext = '', nonce = '', associated_data = '' } = resource
  return JSON.parse(Aes.AesGcm.decrypt(ciphertext, ACCOUNT.v3Key, nonce, associated_data)) as object
}

describe('a client of other people', () => {
  it('places, pays by their second signature, queries and takes the notification', async () => {
    const v3 = connectByPublicKey()
    const { prepay_id: prepayId } = await v3.post('/v3/pay/transactions/jsapi', order())
    expect(await v3.get(ORDER, mine)).toMatchObject({ trade_state: 'NOTPAY' })

    const parameters = {
      timeStamp: '1700000000',
      nonceStr: Formatter.nonce(),
      package: `prepay_id=${String(prepayId)}`,
    }
    const text = Formatter.joinedByLineFeed(ACCOUNT.appid, ...Object.values(parameters))
    const paySign = Rsa.sign(text, simulator.certificates.merchantKey)
    const request = { openid, ...parameters, signType: 'RSA', paySign }
    expect(simulator.requestPayment(request).kind).toBe('open')

    simulator.pay('order-0001')
    expect(openWithTheirs(await heard(1))).toMatchObject({
      trade_state: 'SUCCESS',
      out_trade_no: 'order-0001',
      amount: { total: 500 },
    })
    const paid = await v3.get(ORDER, mine)
    expect(paid).toMatchObject({ trade_state: 'SUCCESS' })
    const byId = await v3.get(`/v3/pay/transactions/id/${String(paid['transaction_id'])}`, mine)
    expect(byId).toEqual(paid)
    await expect(v3.post(`${ORDER}/close`, mine)).rejects.toThrow()
  })

  it('closes an order, and checks the signature of an answer without a body', async () => {
    const v3 = connectByPublicKey()
    await v3.post('/v3/pay/transactions/jsapi', order())
    await v3.post(`${ORDER}/close`, mine)
    expect(await v3.get(ORDER, mine)).toMatchObject({ trade_state: 'CLOSED' })
  })

  it('refunds, queries the refund and takes the notice of it', async () => {
    const v3 = connectByPublicKey()
    await v3.post('/v3/pay/transactions/jsapi', order())
    simulator.pay('order-0001')
    await heard(1)
    const accepted = await v3.post(
      '/v3/refund/domestic/refunds',
      refundBody({ notify_url: inbox.url }),
    )
    expect(accepted).toMatchObject({ status: 'PROCESSING' })
    await simulator.clock.advance(3000)
    expect(await v3.get('/v3/refund/domestic/refunds/refund-0001')).toMatchObject({
      status: 'SUCCESS',
      refund_id: accepted['refund_id'],
    })
    expect(openWithTheirs(await heard(2))).toMatchObject({
      refund_status: 'SUCCESS',
      amount: { refund: 500 },
    })
  })

  it('sends an abnormal refund on, with fields that they encrypted', async () => {
    const v3 = connectByPublicKey()
    await v3.post('/v3/pay/transactions/jsapi', order())
    simulator.pay('order-0001')
    const { refund_id: id } = await v3.post('/v3/refund/domestic/refunds', refundBody())
    simulator.settleRefund('refund-0001', 'CHANGE')
    const { publicKey } = simulator.v3()
    const applied = await v3.post(
      `/v3/refund/domestic/refunds/${String(id)}/apply-abnormal-refund`,
      {
        out_refund_no: 'refund-0001',
        type: 'USER_BANK_CARD',
        bank_type: 'ICBC_DEBIT',
        bank_account: Rsa.encrypt('6222020000000000000', publicKey),
        real_name: Rsa.encrypt('张三', publicKey),
      },
    )
    expect(applied).toMatchObject({ status: 'PROCESSING' })
  })

  it('downloads a bill with the hash that was told, and reads it', async () => {
    const v3 = connectByPublicKey()
    await v3.post('/v3/pay/transactions/jsapi', order())
    simulator.pay('order-0001')
    const day = new Date(simulator.clock.now().getTime() + 8 * 3_600_000).toISOString()
    await simulator.clock.advance(40 * 3_600_000)
    const bill = await v3.get('/v3/bill/tradebill', { bill_date: day.slice(0, 10) })
    const address = String(bill['download_url'])
    const { publicKeyId, publicKey } = simulator.v3()
    const plain = { transformResponse: [], responseType: 'text' as const }
    const { data } = await connect({ [publicKeyId]: publicKey }).get<string>(address, plain)
    expect(
      createHash('sha1')
        .update(`\ufeff${data.replace(/^\ufeff/, '')}`)
        .digest('hex'),
    ).toBe(bill['hash_value'])
    expect(Formatter.castCsvBill(data)).toMatchObject({ summary: { 应结订单总金额: '5.00' } })
  })
})

describe('in certificate mode', () => {
  beforeEach(() => {
    simulator.keys.setMode('certificate')
  })

  it('they open the certificates of ours, and check the answers with them', async () => {
    const { platformSerial, platformCertificate } = simulator.v3()
    const v3 = connect({ [platformSerial]: platformCertificate })
    const { data } = await v3.get<{ data: { encrypt_certificate: Record<string, string> }[] }>(
      '/v3/certificates',
    )
    const {
      ciphertext = '',
      nonce = '',
      associated_data = '',
    } = data.data[0]?.encrypt_certificate ?? {}
    const pem = Aes.AesGcm.decrypt(ciphertext, ACCOUNT.v3Key, nonce, associated_data)
    expect(pem).toBe(platformCertificate)
  })

  it('they refuse an answer that is signed with a certificate they do not have', async () => {
    const { platformSerial, platformCertificate } = simulator.v3()
    const v3 = connect({ [platformSerial]: platformCertificate })
    await simulator.keys.rotate('certificate')
    await expect(v3.get('/v3/certificates')).rejects.toThrow('Cannot found the serial')
  })
})

it.each(['unsigned', 'wrong_signature', 'unknown_serial', 'stale', 'signtest'] as const)(
  'a client of other people does not believe an answer under the fault %s',
  async (fault) => {
    const v3 = connectByPublicKey()
    simulator.faults.add({ on: 'v3_jsapi', fault, times: 1 })
    await expect(v3.post('/v3/pay/transactions/jsapi', order())).rejects.toThrow()
    expect(simulator.order('order-0001')).toBeDefined()
  },
)
