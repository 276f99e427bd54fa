import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startSimulator, type Simulator } from '../src/simulator.ts'
import { ACCOUNT } from './account.ts'
import { createMerchant, orderFields } from './merchant.ts'

let simulator: Simulator
let openid: string

beforeAll(async () => {
  simulator = await startSimulator({ account: ACCOUNT })
  openid = simulator.login('alice').openid
})
afterAll(() => simulator.close())

let count = 0
/** What an order is answered that has this value in this field, and is right otherwise. */
async function answerTo(field: string, value: string): Promise<string> {
  const number = { out_trade_no: `order-${(count += 1)}` }
  const fields = orderFields(openid, { ...number, [field]: value })
  const answer = (await createMerchant(simulator).send('unifiedorder', fields)).fields
  return answer['return_code'] === 'SUCCESS'
    ? String(answer['result_code'])
    : String(answer['return_msg'])
}

describe('a limit counts bytes of UTF-8', () => {
  it.each([
    ['body', 127],
    ['attach', 127],
    ['detail', 6144],
    ['device_info', 32],
    ['goods_tag', 32],
    ['product_id', 32],
    ['scene_info', 256],
    ['version', 32],
    ['receipt', 8],
  ])('of %s: %i', async (field, bytes) => {
    const han = Math.floor(bytes / 3)
    const fits = '字'.repeat(han) + 'x'.repeat(bytes - 3 * han)
    expect(await answerTo(field, fits)).toBe('SUCCESS')
    expect(await answerTo(field, `${fits}x`)).toContain(`字节数 ${bytes + 1}，大于最大值 ${bytes}`)
    expect(await answerTo(field, '字'.repeat(han + 1))).toContain('字节数')
  })
})

describe('a field is refused', () => {
  it.each([
    ['out_trade_no', 'x'.repeat(33)],
    ['out_trade_no', 'with space'],
    ['total_fee', '0'],
    ['total_fee', '1.00'],
    ['total_fee', '-1'],
    ['fee_type', 'USD'],
    ['spbill_create_ip', 'localhost'],
    ['time_start', '2026-01-01'],
    ['time_expire', '20260230000000'],
    ['notify_url', 'http://merchant.example/notify?order=1'],
    ['notify_url', 'ftp://merchant.example/notify'],
    ['notify_url', '/notify'],
    ['notify_url', `http://merchant.example/${'x'.repeat(256)}`],
    ['trade_type', 'NATIVE'],
    ['trade_type', 'BARTER'],
    ['limit_pay', 'no_debit'],
    ['profit_sharing', 'maybe'],
  ])('%s of %j', async (field, value) => {
    expect(await answerTo(field, value)).not.toBe('SUCCESS')
  })

  it.each([
    ['spbill_create_ip', '2001:db8::1'],
    ['notify_url', 'https://merchant.example:8443/notify/v2'],
    ['out_trade_no', 'a_b-c|d*e@f'],
    ['profit_sharing', 'N'],
    ['limit_pay', 'no_credit'],
  ])('and is not: %s of %j', async (field, value) => {
    expect(await answerTo(field, value)).toBe('SUCCESS')
  })
})
