import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import { formatBeijingTime } from '@dashang/shared/signing/beijing-time'
import Payment from 'tenpay'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { makeCertificates, startSimulator, type Simulator } from '../src/simulator.ts'
import { ACCOUNT } from './account.ts'
import { createInbox, type Inbox } from './merchant.ts'
import { writePfx } from './pfx.ts'

// The second client of other people, with an XML parser, a signature and a bill reader of its own. It
// knows no other hosts than WeChat's, so each of its addresses is sent to the TLS port instead.
let simulator: Simulator
let inbox: Inbox
let client: Payment
const trusted = getCACertificates('default')

beforeAll(async () => {
  simulator = await startSimulator({ account: ACCOUNT })
  inbox = await createInbox()
  const { caCert, merchantCert: cert, merchantKey: key } = simulator.certificates
  setDefaultCACertificates([...trusted, caCert])
  client = connect(ACCOUNT.v2Key, writePfx({ cert, key }))
})
afterAll(async () => {
  setDefaultCACertificates(trusted)
  await simulator.close()
  await inbox.close()
})

function connect(partnerKey: string, pfx: Buffer): Payment {
  const { appid, mchid } = ACCOUNT
  const urls = { notify_url: inbox.url, refund_url: inbox.url }
  const made = new Payment({ appid, mchid, partnerKey, pfx, ...urls })
  for (const [name, url] of Object.entries(made.urls)) {
    made.urls[name] = url.replace('https://api.mch.weixin.qq.com', simulator.tlsUrl)
  }
  return made
}

/** What the client makes of the newest message at its notify address. */
async function readNotification(type: 'pay' | 'refund') {
  await vi.waitFor(() => {
    expect(inbox.received).not.toEqual([])
  })
  const request: Parameters<ReturnType<Payment['middlewareForExpress']>>[0] = {
    body: inbox.received.splice(0).at(-1) ?? '',
  }
  const answers: string[] = []
  const response = { header: () => undefined, send: (text: string) => answers.push(text) }
  await client.middlewareForExpress(type)(request, response, () => answers.push('next'))
  expect(answers).toEqual(['next'])
  return request.weixin
}

const orderOf = (out_trade_no: string, sign_type: string) => ({
  out_trade_no,
  sign_type,
  body: '打赏',
  total_fee: '500',
  openid: simulator.login('tenpay').openid,
})

it.each(['MD5', 'HMAC-SHA256'])(
  'tenpay places, pays, queries and closes with %s',
  async (sign_type) => {
    const out_trade_no = `tenpay-${sign_type}`
    const order = orderOf(out_trade_no, sign_type)
    const payment = await client.getPayParams(order)
    const {
      timeStamp = '',
      nonceStr = '',
      signType = '',
      paySign = '',
      package: prepay = '',
    } = payment
    const { openid } = order
    const request = { openid, timeStamp, nonceStr, package: prepay, signType, paySign }
    expect(simulator.requestPayment(request).kind).toBe('open')
    const query = { out_trade_no, sign_type }
    expect(await client.orderQuery(query)).toMatchObject({ trade_state: 'NOTPAY' })
    simulator.pay(out_trade_no)
    expect(await readNotification('pay')).toMatchObject({ out_trade_no, total_fee: '500' })
    expect(await client.orderQuery(query)).toMatchObject({ trade_state: 'SUCCESS' })
    await expect(client.closeOrder(query)).rejects.toThrow('ORDERPAID')

    const unpaid = { out_trade_no: `${out_trade_no}-2`, sign_type }
    await client.getPayParams({ ...order, ...unpaid })
    await client.closeOrder(unpaid)
    expect(await client.orderQuery(unpaid)).toMatchObject({ trade_state: 'CLOSED' })
  },
)

it('tenpay refunds with its certificate, and reads notice, query and bill', async () => {
  const out_trade_no = 'tenpay-refund'
  await client.getPayParams(orderOf(out_trade_no, 'MD5'))
  simulator.pay(out_trade_no)
  await readNotification('pay')
  const refund = {
    out_trade_no,
    out_refund_no: 'tenpay-refund-1',
    total_fee: '500',
    refund_fee: '200',
  }
  expect(await client.refund(refund)).toMatchObject({ refund_fee: '200', result_code: 'SUCCESS' })
  await simulator.clock.advance(3000)
  const notice = await readNotification('refund')
  expect(JSON.stringify(notice)).toContain('tenpay-refund-1')
  expect(await client.refundQuery({ out_trade_no })).toMatchObject({ refund_status_0: 'SUCCESS' })

  const bill_date = formatBeijingTime(simulator.clock.now()).slice(0, 8)
  await simulator.clock.advance(40 * 3_600_000)
  const bill = await client.downloadBill({ bill_date }, true)
  const column = bill.list_title.indexOf('商户退款单号')
  expect(bill.list_data.map((row) => row[column])).toContain('tenpay-refund-1')
})

it('tenpay with another key or without the certificate is refused', async () => {
  const { merchantCert: cert, merchantKey: key } = simulator.certificates
  const other = connect('x'.repeat(32), writePfx({ cert, key }))
  await expect(other.getPayParams(orderOf('tenpay-other', 'MD5'))).rejects.toThrow('签名错误')
  const made = await makeCertificates(ACCOUNT.mchid)
  const pfx = writePfx({ cert: made.merchantCert, key: made.merchantKey })
  const foreign = connect(ACCOUNT.v2Key, pfx)
  const refund = { out_trade_no: 'x', out_refund_no: 'y', total_fee: '1', refund_fee: '1' }
  await expect(foreign.refund(refund)).rejects.toThrow('CERT_ERROR')
})
