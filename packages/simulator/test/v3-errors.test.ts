import { generateKeyPairSync } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { V3CallFault, V3OrderFault, V3RefundFault } from '../src/fault-table.ts'
import { STRANGERS } from '../src/ids.ts'
import { ERRORS, type V3Error } from '../src/pay-v3/errors.ts'
import { startSimulator, type Simulator } from '../src/simulator.ts'
import { ACCOUNT } from './account.ts'
import {
  createV3Merchant,
  fieldsOf,
  JSAPI,
  orderBody,
  REFUNDS,
  refundBody,
  verdictOf,
  type Changes,
  type V3Reply,
} from './v3-merchant.ts'

let simulator: Simulator
let merchant: ReturnType<typeof createV3Merchant>
let openid: string

// Half past nine in Beijing, so that the bill of yesterday is there.
const MORNING = new Date('2026-03-02T01:30:00Z')
const DAY_MS = 24 * 3_600_000

beforeEach(async () => {
  simulator = await startSimulator({ account: ACCOUNT, startAt: MORNING })
  merchant = createV3Merchant(simulator)
  openid = simulator.login('alice').openid
})
afterEach(() => simulator.close())

const place = (changes: object = {}) => merchant.place({ payer: { openid }, ...changes })
const ORDER = '/v3/pay/transactions/out-trade-no/order-0001'
const mine = `mchid=${ACCOUNT.mchid}`
const query = (changes?: Changes) => merchant.get(`${ORDER}?${mine}`, changes)
const refund = (changes: object = {}) => merchant.post(REFUNDS, refundBody(changes))
const fen = (part: number, total = 500) => ({ refund: part, total, currency: 'CNY' })
const bill = (day: string) => merchant.get(`/v3/bill/tradebill?bill_date=${day}`)

async function paid() {
  await place()
  simulator.pay('order-0001')
}
/** A refund of 1 fen that was accepted. */
async function refunded() {
  await paid()
  await refund({ amount: fen(1) })
}

async function struck(fault: V3CallFault) {
  simulator.faults.add({ on: 'v3_query', fault, times: 1 })
  return query()
}
async function struckOrder(fault: V3OrderFault) {
  simulator.faults.add({ on: 'v3_jsapi', fault, times: 1 })
  return place()
}
async function struckRefund(fault: V3RefundFault) {
  await paid()
  simulator.faults.add({ on: 'v3_refund', fault, times: 1 })
  return refund()
}

const headers = (changes: Record<string, string | undefined>) => ({ headers: changes })

/** How to be refused so, for each row of the table. */
const PROVOCATIONS: Readonly<Record<V3Error, () => Promise<V3Reply>>> = {
  UNKNOWN_PATH: () => merchant.post('/v3/pay/transactions/native', orderBody()),
  WRONG_METHOD: () => merchant.get(JSAPI),
  BODY_TOO_LARGE: () => place({ attach: 'a'.repeat(70_000) }),
  LACKS_ACCEPT_OR_USER_AGENT: () =>
    merchant.get('/v3/certificates', {
      ...headers({ 'User-Agent': undefined }),
      authorization: null,
    }),
  AUTHORIZATION_TYPE: () => merchant.get('/v3/certificates', { authorization: 'Bearer token' }),
  AUTHORIZATION_FORMAT: () => merchant.get('/v3/certificates', { authorization: null }),
  AUTHORIZATION_OF_ORDER: () => query({ authorization: null }),
  TIMESTAMP_TOO_FAR: () => query({ timestamp: '1554208460', serialNo: 'F'.repeat(40) }),
  UNKNOWN_MERCHANT: () => query({ mchid: STRANGERS.mchid }),
  UNKNOWN_MERCHANT_SERIAL: () => query({ serialNo: 'F'.repeat(40), signedBody: 'other' }),
  WRONG_SIGNATURE: () => query({ signedBody: 'other' }),
  WRONG_WECHATPAY_SERIAL: () => query(headers({ 'Wechatpay-Serial': 'PUB_KEY_ID_0000000000' })),
  LACKS_WECHATPAY_SERIAL: () =>
    merchant.post(
      `${REFUNDS}/50000000000000000000000000001/apply-abnormal-refund`,
      {
        out_refund_no: 'refund-0001',
        type: 'USER_BANK_CARD',
        bank_account: 'AAAA',
        real_name: 'AAAA',
      },
      headers({ 'Wechatpay-Serial': undefined }),
    ),
  CONTENT_TYPE: () => merchant.post(JSAPI, orderBody(), headers({ 'Content-Type': 'text/plain' })),
  BODY_FORMAT: () => merchant.post(JSAPI, '{"appid":'),
  PARAM_ERROR: () => place({ out_trade_no: 'x' }),
  MCHID_NOT_MATCH: () => place({ mchid: STRANGERS.mchid }),
  APPID_MCHID_NOT_MATCH: () => place({ appid: STRANGERS.appid }),
  OPENID_NOT_MATCH: () => place({ payer: { openid: STRANGERS.openid } }),
  OUT_TRADE_NO_USED: async () => {
    await place()
    return place({ description: 'other' })
  },
  TIME_EXPIRE_CHANGED: async () => {
    await place()
    return place({ time_expire: '2026-03-03T00:00:00+08:00' })
  },
  ORDER_PAID: async () => {
    await paid()
    return merchant.post(`${ORDER}/close`, { mchid: ACCOUNT.mchid })
  },
  ORDER_CLOSED: async () => {
    await place()
    await merchant.post(`${ORDER}/close`, { mchid: ACCOUNT.mchid })
    return place()
  },
  ORDER_NOT_EXIST: () => query(),
  RESOURCE_NOT_EXISTS: () => merchant.get(`${REFUNDS}/refund-0001`),
  NO_CERTIFICATE: () => merchant.get('/v3/certificates'),
  REFUND_NOT_READY: async () => {
    await place()
    return refund()
  },
  REFUND_NO_USED: async () => {
    await refunded()
    await place({ out_trade_no: 'order-0002' })
    simulator.pay('order-0002')
    return refund({ out_trade_no: 'order-0002', amount: fen(1) })
  },
  REFUND_CHANGED: async () => {
    await refunded()
    return refund({ amount: fen(2) })
  },
  REFUND_TOTAL: async () => {
    await paid()
    return refund({ amount: fen(1, 501) })
  },
  REFUND_NOTHING_LEFT: async () => {
    await paid()
    await refund()
    return refund({ out_refund_no: 'refund-0002' })
  },
  REFUND_TOO_MUCH: async () => {
    await refunded()
    return refund({ out_refund_no: 'refund-0002' })
  },
  REFUND_FROM: async () => {
    await paid()
    return refund({ amount: { ...fen(2), from: [{ account: 'AVAILABLE', amount: 1 }] } })
  },
  REFUND_TOO_LATE: async () => {
    await paid()
    await simulator.clock.advance(366 * DAY_MS)
    return refund()
  },
  REFUND_TOO_OFTEN: async () => {
    await refunded()
    return refund({ out_refund_no: 'refund-0002', amount: fen(1) })
  },
  NOT_ABNORMAL: async () => {
    await refunded()
    const { refundId = '' } = simulator.refund('refund-0001') ?? {}
    return merchant.post(`${REFUNDS}/${refundId}/apply-abnormal-refund`, {
      out_refund_no: 'refund-0001',
      type: 'MERCHANT_BANK_CARD',
    })
  },
  CANNOT_DECRYPT: () =>
    merchant.post(`${REFUNDS}/50000000000000000000000000001/apply-abnormal-refund`, {
      out_refund_no: 'refund-0001',
      type: 'MERCHANT_BANK_CARD',
      real_name: '张三',
    }),
  BILL_DATE: () => bill('2026-03-02'),
  STATEMENT_CREATING: async () => {
    await simulator.clock.advance(DAY_MS - 3_600_000)
    return bill('2026-03-02')
  },
  NO_STATEMENT_EXIST: () => bill('2026-03-01'),
  DOWNLOAD_TOKEN: () => merchant.get('/v3/billdownload/file?token=none'),
  NO_AUTH: () => struck('no_auth'),
  MCH_NOT_EXISTS: () => struckOrder('mch_not_exists'),
  REFUND_MCH_NOT_EXISTS: () => struckRefund('refund_mch_not_exists'),
  RULE_LIMIT: () => struckOrder('rule_limit'),
  TRADE_ERROR: () => struckOrder('trade_error'),
  ACCOUNT_ERROR: () => struckOrder('account_error'),
  BANK_ERROR: () => struckOrder('bank_error'),
  RATELIMIT_EXCEEDED: () => struck('ratelimit_exceeded'),
  NOT_ENOUGH: () => struckRefund('not_enough'),
  USER_ACCOUNT_ABNORMAL: () => struckRefund('account_abnormal'),
  FREQUENCY_LIMITED: () => struck('frequency_limited'),
  SYSTEM_ERROR: () => struck('system_error'),
  SERVICE_UNAVAILABLE: () => struck('service_unavailable'),
}

/** Rows whose message says more than that of the table. */
const LONGER: readonly V3Error[] = ['PARAM_ERROR']

describe('the table of errors', () => {
  it.each(Object.keys(ERRORS) as V3Error[])(
    '%s can be provoked, and is as the table says',
    async (row) => {
      const { status, code, message, isSigned } = ERRORS[row]
      const reply = await PROVOCATIONS[row]()
      expect(reply.status).toBe(status)
      const verdict = verdictOf(simulator, reply)
      expect(verdict).toMatchObject(
        isSigned ? { kind: 'genuine' } : { kind: 'refused', why: 'missing_header' },
      )
      expect(Boolean(reply.headers['wechatpay-nonce'])).toBe(isSigned)
      if (code === null) {
        expect(reply.body).toBe('')
        return
      }
      expect(fieldsOf(reply)['code']).toBe(code)
      if (!LONGER.includes(row)) expect(fieldsOf(reply)['message']).toBe(message)
      expect(reply.headers['content-type']).toMatch(/^application\/json/)
      expect(Boolean(reply.headers['request-id'])).toBe(row !== 'AUTHORIZATION_OF_ORDER')
      expect(reply.hint).toBeTruthy()
      expect(reply.hint).not.toContain(ACCOUNT.v3Key)
    },
  )
})

describe('a wrong signature', () => {
  it('is told what was signed, in WeChat’s words', async () => {
    const reply = await merchant.post(JSAPI, orderBody(), { signedBody: '' })
    const body = JSON.stringify(orderBody())
    const { detail } = fieldsOf(reply) as { detail: Record<string, Record<string, unknown>> }
    expect(detail).toMatchObject({
      field: 'signature',
      location: 'authorization',
      detail: { issue: 'sign not match' },
    })
    const head = String(detail['sign_information']?.['truncated_sign_message'])
    expect(head).toMatch(/^POST\n\/v3\/pay\/transactions\/jsapi\n\d{10}\n[0-9a-f]{32}\n$/)
    const length = Buffer.byteLength(`${head}${body}\n`)
    expect(detail['sign_information']).toMatchObject({ sign_message_length: length, url: JSAPI })
  })

  it.each<[string, Changes, string]>([
    ['without its query', { signedTarget: ORDER }, 'without the query string, first differing'],
    ['by another key', { privateKey: strangersPem() }, 'expected the base64 of SHA256 with RSA'],
  ])('is explained: signed %s', async (_, changes, words) => {
    expect((await query(changes)).hint).toContain(words)
  })

  it.each<[string, (body: string) => string]>([
    ['with an empty body', () => ''],
    ['with the JSON written anew', (body) => JSON.stringify(JSON.parse(body))],
    ['with the letters of the body as', (body) => body.replace('打赏', '\\u6253\\u8d4f')],
  ])('is explained: signed %s', async (words, signed) => {
    const body = JSON.stringify(orderBody(), null, 1)
    const { hint } = await merchant.post(JSAPI, body, { signedBody: signed(body) })
    expect(hint).toContain(`it was signed ${words}`)
    expect(hint).toMatch(/first differing at byte \d+/)
  })
})

function strangersPem(): string {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  return privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
}
