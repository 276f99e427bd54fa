import { gunzipSync } from 'node:zlib'
import { signed, type Fields } from '@dashang/shared/signing/v2'
import { parseXml, writeXml } from '@dashang/shared/signing/xml'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { downloadBill } from '../src/bills/download.ts'
import type { BillFault } from '../src/fault-table.ts'
import { startSimulator, type Simulator } from '../src/simulator.ts'
import { ACCOUNT } from './account.ts'
import { createMerchant, orderFields, refundFields } from './merchant.ts'

// Two payments and a refund on the 1st of March in Beijing, one refund on the 2nd.
const FIRST_PAYMENT = new Date('2026-03-01T01:00:00Z')
const HOUR_MS = 3_600_000

let simulator: Simulator
let merchant: ReturnType<typeof createMerchant>

beforeEach(async () => {
  simulator = await startSimulator({ account: ACCOUNT, startAt: FIRST_PAYMENT })
  merchant = createMerchant(simulator)
  const { openid } = simulator.login('alice')
  const place = (changes: Fields) => merchant.send('unifiedorder', orderFields(openid, changes))
  await place({ body: '打赏，a,b', attach: 'x,y' })
  await place({ out_trade_no: 'order-0002', total_fee: '600' })
  simulator.pay('order-0001')
  await simulator.clock.advance(HOUR_MS)
  await merchant.refund(refundFields({ refund_fee: '200' }))
  await simulator.clock.advance(HOUR_MS)
  simulator.pay('order-0002')
  await simulator.clock.advance(20 * HOUR_MS)
  simulator.faults.add({ on: 'refund_settlement', fault: 'hold', times: 1 })
  await merchant.refund(refundFields({ out_refund_no: 'refund-0002', refund_fee: '300' }))
  await simulator.clock.advance(4 * HOUR_MS)
})
afterEach(() => simulator.close())

async function download(changes: Fields = {}, key = ACCOUNT.v2Key): Promise<Buffer> {
  const fields = {
    appid: ACCOUNT.appid,
    mch_id: ACCOUNT.mchid,
    nonce_str: 'nonce',
    bill_date: '20260301',
    ...changes,
  }
  const response = await fetch(`${simulator.url}/pay/downloadbill`, {
    method: 'POST',
    body: writeXml(signed(fields, { key, signType: 'MD5' })),
  })
  expect(response.status).toBe(200)
  return Buffer.from(await response.arrayBuffer())
}

interface ReadBill {
  readonly headers: readonly string[]
  readonly rows: readonly Fields[]
  readonly sums: Fields
}

/** Reads a bill as its format says, knowing nothing of how it was made. */
function read(bill: string): ReadBill {
  const lines = bill
    .replace(/^\ufeff/, '')
    .trimEnd()
    .split(/\r?\n/)
  const values = (line = '') => line.slice(1).split(',`')
  const [header = '', ...others] = lines
  const [sumHeader = '', sumLine] = others.slice(-2)
  const record = (names: string[], line?: string) =>
    Object.fromEntries(names.map((name, i) => [name, values(line)[i] ?? '']))
  const headers = header.split(',')
  return {
    headers,
    rows: others.slice(0, -2).map((line) => record(headers, line)),
    sums: record(sumHeader.split(','), sumLine),
  }
}

const bill = async (changes: Fields = {}) => read((await download(changes)).toString())
const refusal = async (changes: Fields = {}, key?: string) => parseXml(await download(changes, key))

describe('a bill', () => {
  it('begins with a byte order mark and ends its lines with CRLF', async () => {
    const bytes = await download()
    expect(bytes.subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]))
    expect(bytes.toString().replaceAll('\r\n', '')).not.toMatch(/[\r\n]/)
    expect(bytes.toString().endsWith('\r\n')).toBe(true)
  })

  it('tells of the payments and refunds of a day of Beijing, by time', async () => {
    const { headers, rows, sums } = await bill()
    expect(headers).toHaveLength(27)
    expect(rows.map((row) => [row['交易状态'], row['商户订单号'], row['商户退款单号']])).toEqual([
      ['SUCCESS', 'order-0001', '0'],
      ['REFUND', 'order-0001', 'refund-0001'],
      ['SUCCESS', 'order-0002', '0'],
    ])
    expect(rows[0]).toMatchObject({
      公众账号ID: ACCOUNT.appid,
      商户号: ACCOUNT.mchid,
      特约商户号: '0',
      微信订单号: simulator.order('order-0001')?.transactionId,
      用户标识: simulator.order('order-0001')?.openid,
      应结订单金额: '5.00',
      订单金额: '5.00',
      退款金额: '0.00',
      商品名称: '打赏，a,b',
      商户数据包: 'x,y',
      手续费: '0.03000',
      费率: '0.60%',
    })
    expect(rows[0]?.['交易时间']).toMatch(/^2026-03-01 09:00:\d\d$/)
    expect(rows[1]).toMatchObject({
      应结订单金额: '0.00',
      订单金额: '0.00',
      微信退款单号: simulator.refund('refund-0001')?.refundId,
      退款金额: '2.00',
      申请退款金额: '2.00',
      退款类型: 'ORIGINAL',
      退款状态: 'SUCCESS',
      手续费: '-0.01000',
    })
    expect(rows[2]?.['手续费']).toBe('0.04000')
    expect(sums).toEqual({
      总交易单数: '3',
      应结订单总金额: '11.00',
      退款总金额: '2.00',
      充值券退款总金额: '0.00',
      手续费总金额: '0.06000',
      订单总金额: '11.00',
      申请退款总金额: '2.00',
    })
  })

  it('has the columns of its type', async () => {
    const success = await bill({ bill_type: 'SUCCESS' })
    expect(success.headers).toHaveLength(20)
    expect(success.rows).toHaveLength(2)
    const refunds = await bill({ bill_type: 'REFUND' })
    expect(refunds.headers).toHaveLength(29)
    expect(refunds.headers.indexOf('退款申请时间')).toBe(
      refunds.headers.indexOf('微信退款单号') - 2,
    )
    expect(refunds.rows).toHaveLength(1)
    expect(refunds.rows[0]?.['退款申请时间']).toMatch(/^2026-03-01 10:00:0\d$/)
    expect(refunds.rows[0]?.['退款成功时间']).toMatch(/^2026-03-01 10:00:0\d$/)
  })

  it('keeps the status that a refund had when it was made', async () => {
    await simulator.clock.advance(24 * HOUR_MS)
    simulator.settleRefund('refund-0002', 'SUCCESS')
    const { rows } = await bill({ bill_date: '20260302' })
    expect(rows).toMatchObject([{ 商户退款单号: 'refund-0002', 退款状态: 'PROCESSING' }])
  })

  it('comes compressed when it is asked for so', async () => {
    const plain = await download()
    expect(gunzipSync(await download({ tar_type: 'GZIP' }))).toEqual(plain)
  })

  it('has both payments of an order that was paid twice', async () => {
    simulator.pay('order-0002', 'pay_again')
    await simulator.clock.advance(24 * HOUR_MS)
    const { rows } = await bill({ bill_date: '20260302', bill_type: 'SUCCESS' })
    expect(rows).toMatchObject([{ 商户订单号: 'order-0002', 应结订单金额: '6.00' }])
  })

  it('is made piece by piece, however long the day was', () => {
    const [first] = simulator.platform.transactions.values()
    if (first === undefined) throw new Error('nothing was paid')
    const { transactions } = simulator.platform
    for (let n = 0; n < 10_000; n += 1) transactions.set(String(n), first)
    const text = downloadBill(simulator.platform, { bill_date: '20260301' }, null)
    const pieces = [...text]
    expect(pieces.length).toBeGreaterThan(10)
    expect(Math.max(...pieces.map((piece) => piece.length))).toBeLessThan(70_000)
    expect(read(pieces.join('')).sums['总交易单数']).toBe('10003')
  })
})

describe('there is no bill', () => {
  it.each([
    ['of a day without trade', { bill_date: '20260228' }, '20002', 'No Bill Exist'],
    ['of refunds of vouchers', { bill_type: 'RECHARGE_REFUND' }, '20002', 'No Bill Exist'],
    ['of today', { bill_date: '20260302' }, '20001', 'invalid bill_date'],
    ['of tomorrow', { bill_date: '20260303' }, '20001', 'invalid bill_date'],
    ['of more than three months ago', { bill_date: '20251129' }, '20001', 'invalid bill_date'],
    ['of no day', { bill_date: '20260231' }, '20001', 'invalid bill_date'],
    ['of another writing', { bill_date: '2026-3-1' }, '20001', 'invalid bill_date'],
    ['of an unknown type', { bill_type: 'ANY' }, '20001', 'invalid bill_type'],
    ['without a day', { bill_date: '' }, '20001', 'missing parameter'],
    ['in another pack', { tar_type: 'ZIP' }, '20001', 'data format error'],
  ])('%s', async (_, changes, error_code, return_msg) => {
    expect(await refusal(changes)).toEqual({ return_code: 'FAIL', return_msg, error_code })
  })

  it('for who signs with another key', async () => {
    expect(await refusal({}, '0'.repeat(32))).toMatchObject({ return_msg: 'SIGN ERROR' })
  })

  it('before nine in the morning', async () => {
    await simulator.clock.advance(22 * HOUR_MS - 5 * 60_000)
    const yesterday = { bill_date: '20260302' }
    expect(await refusal(yesterday)).toMatchObject({
      error_code: '20002',
      return_msg: 'Bill Creating',
    })
    await simulator.clock.advance(5 * 60_000)
    expect((await bill(yesterday)).rows).toHaveLength(1)
  })
})

describe('a fault of the download', () => {
  it('breaks the connection or ends too early, in the middle of the last row', async () => {
    const whole = (await download()).toString()
    simulator.faults.add({ on: 'downloadbill', fault: 'short', times: 1 })
    const short = (await download()).toString()
    expect(whole.startsWith(short)).toBe(true)
    expect(short.split('\r\n')).toHaveLength(4)
    for (const tar_type of ['', 'GZIP']) {
      simulator.faults.add({ on: 'downloadbill', fault: 'cut', times: 1 })
      await expect(download({ tar_type })).rejects.toThrow('terminated')
    }
  })

  it('answers what is no bill', async () => {
    simulator.faults.add({ on: 'downloadbill', fault: 'system_error', times: 1 })
    expect(await refusal()).toMatchObject({ error_code: '20100' })
    simulator.faults.add({ on: 'downloadbill', fault: 'garbage', times: 1 })
    expect((await download()).toString()).toMatch(/^<</)
    simulator.faults.add({ on: 'downloadbill', fault: 'http_500', times: 1 })
    await expect(download()).rejects.toThrow('200')
  })
})

describe('a fault of the bill', () => {
  const add = (fault: BillFault) => {
    simulator.faults.add({ on: 'bill', fault, times: 1 })
  }
  const planted = (...faults: BillFault[]) => {
    faults.forEach(add)
    return bill()
  }

  it.each([
    ['omit_payment', { rows: 2, paid: '6.00', refunded: '2.00', fee: '0.03000' }],
    ['extra_payment', { rows: 4, paid: '16.00', refunded: '2.00', fee: '0.09000' }],
    ['wrong_amount', { rows: 3, paid: '11.01', refunded: '2.00', fee: '0.06000' }],
    ['omit_refund', { rows: 2, paid: '11.00', refunded: '0.00', fee: '0.07000' }],
    ['extra_refund', { rows: 4, paid: '11.00', refunded: '4.00', fee: '0.05000' }],
    ['wrong_refund_amount', { rows: 3, paid: '11.00', refunded: '2.01', fee: '0.06000' }],
    ['wrong_fee', { rows: 3, paid: '11.00', refunded: '2.00', fee: '0.07000' }],
    ['wrong_summary', { rows: 3, paid: '11.01', refunded: '2.00', fee: '0.06000' }],
  ] as const)('%s makes it %o, once', async (fault, { rows, paid, refunded, fee }) => {
    const lie = await planted(fault)
    expect(lie.rows).toHaveLength(rows)
    expect(lie.sums).toMatchObject({
      总交易单数: String(rows),
      订单总金额: paid,
      退款总金额: refunded,
      手续费总金额: fee,
    })
    expect((await bill()).sums).toMatchObject({ 订单总金额: '11.00', 退款总金额: '2.00' })
  })

  it('strikes the first row that it fits', async () => {
    const { rows } = await planted('wrong_amount', 'extra_refund')
    expect(rows.map((row) => row['应结订单金额'])).toEqual(['5.01', '0.00', '0.00', '6.00'])
    expect(rows[2]?.['商户退款单号']).toBe('e'.repeat(32))
    expect(rows[1]?.['商户退款单号']).toBe('refund-0001')
  })

  it('wrong_summary leaves the rows alone', async () => {
    expect((await planted('wrong_summary')).rows).toEqual((await bill()).rows)
  })

  it('legacy_columns has the names of old', async () => {
    const { headers, rows, sums } = await planted('legacy_columns')
    expect(headers).toHaveLength(24)
    expect(rows[0]).toMatchObject({ 子商户号: '0', 总金额: '5.00', 代金券或立减优惠金额: '0.00' })
    expect(sums).toMatchObject({ 总交易单数: '3', 总交易额: '11.00', 总退款金额: '2.00' })
  })

  it('no_bom_lf has neither mark nor carriage returns', async () => {
    add('no_bom_lf')
    expect((await download()).toString()).toMatch(/^交易时间[^\r]+$/)
  })
})
