import { isSignedBy, type Fields } from '@dashang/shared/signing/v2'
import { formatBeijingTime } from '@dashang/shared/signing/beijing-time'
import { parseXml } from '@dashang/shared/signing/xml'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { isFaultRule } from '../src/fault-rule.ts'
import type { FaultName } from '../src/fault-table.ts'
import { ERRORS, sentCode, type V2Error } from '../src/pay-v2/errors.ts'
import { startSimulator, type Simulator } from '../src/simulator.ts'
import { ACCOUNT } from './account.ts'
import { exchange } from './call-targets.ts'
import { createMerchant, orderFields, refundFields, type Reply } from './merchant.ts'
import { createV3Merchant } from './v3-merchant.ts'

let simulator: Simulator
let merchant: ReturnType<typeof createMerchant>
let openid: string

beforeEach(async () => {
  simulator = await startSimulator({ account: ACCOUNT })
  simulator.faults.add({ on: 'notification', fault: 'drop' })
  merchant = createMerchant(simulator)
  openid = simulator.login('alice').openid
})
afterEach(() => simulator.close())

const place = (changes: Fields = {}) => merchant.send('unifiedorder', orderFields(openid, changes))
const days = (count: number) => simulator.clock.advance(count * 24 * 3_600_000)

async function placeAndPay(): Promise<void> {
  await place()
  simulator.pay('order-0001')
}

async function refundUnder(fault: string): Promise<Reply> {
  await placeAndPay()
  const rule = { on: 'refund', fault, times: 1 }
  if (!isFaultRule(rule)) throw new Error('no rule')
  simulator.faults.add(rule)
  return merchant.refund(refundFields())
}

const bill = (changes: Fields = {}) =>
  merchant.send('downloadbill', {
    bill_date: formatBeijingTime(simulator.clock.now()).slice(0, 8),
    ...changes,
  })

/** The bill of the day on which the simulator started, so many days later. */
async function billAfter(count: number): Promise<Reply> {
  const date = formatBeijingTime(simulator.clock.now()).slice(0, 8)
  await days(count)
  return bill({ bill_date: date })
}

async function billUnder(fault: FaultName<'downloadbill'>): Promise<Reply> {
  await placeAndPay()
  simulator.faults.add({ on: 'downloadbill', fault, times: 1 })
  return billAfter(2)
}

/** How each row of the table comes about. A row that nobody provokes does not compile. */
const PROVOCATIONS = {
  REQUIRE_POST_METHOD: async () => {
    const { body } = await exchange(`${simulator.url}/pay/orderquery`, { method: 'GET' })
    return { fields: parseXml(body), hint: null, contentType: null }
  },
  POST_DATA_EMPTY: () => merchant.post('unifiedorder', ''),
  NOT_UTF8: async () => {
    const body = Buffer.from('<xml><body>\xff</body></xml>', 'latin1')
    const response = await fetch(`${simulator.url}/pay/unifiedorder`, { method: 'POST', body })
    return { fields: parseXml(await response.text()), hint: null, contentType: null }
  },
  XML_FORMAT_ERROR: () => merchant.post('unifiedorder', '{"appid":1}'),
  LACK_PARAMS: () => place({ body: '' }),
  PARAM_ERROR: () => place({ total_fee: '1.5' }),
  MCHID_NOT_EXIST: () => place({ mch_id: '1234567890' }),
  SIGNERROR: () =>
    merchant.post('unifiedorder', merchant.xmlOf(orderFields(openid)).replace('打赏', '大赏')),
  APPID_NOT_EXIST: () => place({ appid: 'wx-of-nobody' }),
  PRODUCT_NOT_OPENED: () => place({ trade_type: 'NATIVE' }),
  APPID_MCHID_NOT_MATCH: () => place({ appid: 'wx1111111111111111' }),
  OPENID_NOT_MATCH: () => place({ openid: 'oNobody' }),
  INVALID_REQUEST: async () => {
    await place()
    return place({ total_fee: '501' })
  },
  OUT_TRADE_NO_USED: async () => {
    await createV3Merchant(simulator).place({ payer: { openid } })
    return place()
  },
  CERT_ERROR: () => merchant.refund(refundFields(), { ca: simulator.certificates.caCert }),
  ORDERPAID: async () => {
    await placeAndPay()
    return merchant.send('closeorder', { out_trade_no: 'order-0001' })
  },
  ORDERCLOSED: async () => {
    await place()
    await merchant.send('closeorder', { out_trade_no: 'order-0001' })
    return place()
  },
  ORDERNOTEXIST: () => merchant.send('orderquery', { out_trade_no: 'order-0001' }),
  SYSTEMERROR: () => refundUnder('system_error'),
  FREQUENCY_LIMITED: () => refundUnder('frequency_limited'),
  NOAUTH: () => refundUnder('no_auth'),
  USER_NOTENOUGH: () => {
    simulator.faults.add({ on: 'unifiedorder', fault: 'user_not_enough', times: 1 })
    return place()
  },
  TRADE_STATE_ERROR: async () => {
    await place()
    simulator.faults.add({ on: 'closeorder', fault: 'trade_state_error', times: 1 })
    return merchant.send('closeorder', { out_trade_no: 'order-0001' })
  },
  ERROR: () => refundUnder('business_error'),
  INVALID_REQ_TOO_MUCH: () => refundUnder('too_many_invalid'),
  INVALID_TRANSACTIONID: () =>
    merchant.refund(refundFields({ out_trade_no: '', transaction_id: 'nobody' })),
  ORDER_NOT_READY: async () => {
    await place()
    return merchant.refund(refundFields())
  },
  TRADE_OVERDUE: async () => {
    await placeAndPay()
    await days(366)
    return merchant.refund(refundFields())
  },
  REFUND_FEE_MISMATCH: async () => {
    await placeAndPay()
    await merchant.refund(refundFields({ refund_fee: '1' }))
    return merchant.refund(refundFields({ refund_fee: '2' }))
  },
  REFUNDNOTEXIST: () => merchant.send('refundquery', { out_refund_no: 'refund-0001' }),
  NOTENOUGH: () => refundUnder('not_enough'),
  BIZERR_NEED_RETRY: () => refundUnder('need_retry'),
  USER_ACCOUNT_ABNORMAL: () => refundUnder('account_abnormal'),
  INVALID_BILL_DATE: () => bill(),
  INVALID_BILL_TYPE: () => bill({ bill_type: 'EVERYTHING' }),
  BILL_CREATING: async () => {
    // To the first minute of the next day in Beijing.
    const dayMs = 24 * 3_600_000
    const date = formatBeijingTime(simulator.clock.now()).slice(0, 8)
    const sinceMidnight = (simulator.clock.now().getTime() + 8 * 3_600_000) % dayMs
    await simulator.clock.advance(dayMs - sinceMidnight + 60_000)
    return bill({ bill_date: date })
  },
  NO_BILL_EXIST: () => billAfter(2),
  BILL_NO_AUTH: () => billUnder('no_auth'),
  BILL_SYSTEM_ERROR: () => billUnder('system_error'),
  BILL_SYSTEM_TIMEOUT: () => billUnder('system_timeout'),
  BILL_COMPRESS_ERROR: () => billUnder('compress_error'),
} satisfies Record<V2Error, () => Promise<Reply>>

const EXPECTED = {
  return: ({ message }: Row) => ({
    return_code: 'FAIL',
    return_msg: expect.stringContaining(message.slice(0, 2)) as unknown,
  }),
  result: ({ code }: Row) => ({ return_code: 'SUCCESS', result_code: 'FAIL', err_code: code }),
  bill: ({ message, errorCode }: Row) => ({
    return_code: 'FAIL',
    return_msg: message,
    error_code: errorCode,
  }),
} as const

interface Row {
  readonly code: string
  readonly message: string
  readonly errorCode?: string
}

it.each(Object.keys(PROVOCATIONS) as V2Error[])('%s is answered as its row says', async (code) => {
  const row: Row & { level: keyof typeof EXPECTED } = { ...ERRORS[code], code: sentCode(code) }
  const { fields } = await PROVOCATIONS[code]()
  expect(fields).toMatchObject(EXPECTED[row.level](row))
  // What is refused at the door, and a bill, has no signature; all else has the one of the request.
  const isSigned = isSignedBy(fields, { key: ACCOUNT.v2Key, signType: 'MD5' })
  expect(isSigned).toBe(row.level === 'result')
  expect(Object.hasOwn(fields, 'sign')).toBe(row.level === 'result')
})
