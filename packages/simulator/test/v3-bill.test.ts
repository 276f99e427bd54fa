import { createHash } from 'node:crypto'
import { gunzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { STRANGERS } from '../src/ids.ts'
import { startSimulator, type Simulator } from '../src/simulator.ts'
import { ACCOUNT } from './account.ts'
import { createV3Merchant, fieldsOf, REFUNDS, refundBody, verdictOf } from './v3-merchant.ts'

// A payment and a refund on the 1st of March in Beijing; the bill is there on the 2nd at 9:00.
const FIRST_PAYMENT = new Date('2026-03-01T01:00:00Z')
const HOUR_MS = 3_600_000

let simulator: Simulator
let merchant: ReturnType<typeof createV3Merchant>

beforeEach(async () => {
  simulator = await startSimulator({ account: ACCOUNT, startAt: FIRST_PAYMENT })
  merchant = createV3Merchant(simulator)
  const { openid } = simulator.login('alice')
  await merchant.place({ payer: { openid }, attach: '留言' })
  simulator.pay('order-0001')
  await merchant.post(REFUNDS, refundBody({ amount: { refund: 200, total: 500, currency: 'CNY' } }))
  await simulator.clock.advance(30 * HOUR_MS)
})
afterEach(() => simulator.close())

const ask = (kind: string, query: string) => merchant.get(`/v3/bill/${kind}?${query}`)
const DAY = 'bill_date=2026-03-01'

async function askFor(kind: string, query: string) {
  const reply = await ask(kind, query)
  expect(verdictOf(simulator, reply).kind).toBe('genuine')
  const { hash_type, hash_value, download_url } = fieldsOf(reply) as Record<string, string>
  expect(hash_type).toBe('SHA1')
  const { pathname, search, origin } = new URL(download_url ?? '')
  expect(origin).toBe(simulator.url)
  return { hash: hash_value, target: `${pathname}${search}` }
}

/** The bytes of a file, fetched with a request that is signed like any other. */
async function fetchFile(target: string): Promise<{ headers: Headers; bytes: Buffer }> {
  const response = await fetch(`${simulator.url}${target}`, {
    headers: { 'User-Agent': 'test', Authorization: merchant.authorize('GET', target) },
  })
  expect(response.status).toBe(200)
  return { headers: response.headers, bytes: Buffer.from(await response.arrayBuffer()) }
}

const sha1 = (bytes: Buffer) => createHash('sha1').update(bytes).digest('hex')

describe('a bill of trades', () => {
  it('is a file with the hash that was told, unsigned, with a mark and line ends in it', async () => {
    const { hash, target } = await askFor('tradebill', DAY)
    const { headers, bytes } = await fetchFile(target)
    expect(sha1(bytes)).toBe(hash)
    expect(headers.has('wechatpay-signature')).toBe(false)
    const text = bytes.toString()
    expect(text).toMatch(/^\ufeff交易时间,.*\r\n/)
    expect(text.split('\r\n').slice(1, 3).join()).toContain('`order-0001,')
    expect(text).toContain('`2,`5.00,`2.00,')
  })

  it('has the same hash when it comes as GZIP: it is that of what is in it', async () => {
    const plain = await askFor('tradebill', DAY)
    const { hash, target } = await askFor('tradebill', `${DAY}&tar_type=GZIP`)
    const { bytes } = await fetchFile(target)
    expect(hash).toBe(plain.hash)
    expect(sha1(bytes)).not.toBe(hash)
    expect(sha1(gunzipSync(bytes))).toBe(hash)
  })

  it.each(['SUCCESS', 'REFUND'])('can be of %s alone', async (type) => {
    const { target } = await askFor('tradebill', `${DAY}&bill_type=${type}`)
    const rows = (await fetchFile(target)).bytes.toString().trimEnd().split('\r\n')
    expect(rows).toHaveLength(4)
    expect(rows[1]).toContain(`\`${type},`)
  })

  it('keeps a fault that was planted, under the hash of it', async () => {
    simulator.faults.add({ on: 'bill', fault: 'wrong_amount', times: 1 })
    const { hash, target } = await askFor('tradebill', DAY)
    const { bytes } = await fetchFile(target)
    expect(sha1(bytes)).toBe(hash)
    expect(bytes.toString()).toContain('`5.01')
    expect(
      (await fetchFile((await askFor('tradebill', DAY)).target)).bytes.toString(),
    ).not.toContain('`5.01')
  })

  it('has another hash than was told by the fault wrong_hash', async () => {
    simulator.faults.add({ on: 'v3_bill', fault: 'wrong_hash', times: 1 })
    const { hash, target } = await askFor('tradebill', DAY)
    expect(sha1((await fetchFile(target)).bytes)).not.toBe(hash)
  })

  it('ends in the middle of a row by the fault short', async () => {
    const { hash, target } = await askFor('tradebill', DAY)
    simulator.faults.add({ on: 'v3_bill_file', fault: 'short', times: 1 })
    expect(sha1((await fetchFile(target)).bytes)).not.toBe(hash)
  })
})

it('a bill of the flow of money tells of the payment, the refund and the fees', async () => {
  const { hash, target } = await askFor('fundflowbill', DAY)
  const { bytes } = await fetchFile(target)
  expect(sha1(bytes)).toBe(hash)
  expect(bytes.toString()).toMatch(/^\ufeff记账时间,/)
  expect(bytes.toString()).toContain('扣除交易手续费')
})

describe('a bill is refused', () => {
  it.each([
    ['tradebill', 'bill_date=20260301', 'PARAM_ERROR'],
    ['tradebill', 'bill_date=2026-02-30', 'INVALID_REQUEST'],
    ['tradebill', 'bill_date=2026-03-02', 'INVALID_REQUEST'],
    ['tradebill', 'bill_date=2025-11-01', 'INVALID_REQUEST'],
    ['tradebill', 'bill_date=2026-02-28', 'NO_STATEMENT_EXIST'],
    ['tradebill', `${DAY}&bill_type=RECHARGE`, 'PARAM_ERROR'],
    ['tradebill', `${DAY}&tar_type=ZIP`, 'PARAM_ERROR'],
    ['fundflowbill', 'bill_date=2026-02-28', 'NO_STATEMENT_EXIST'],
    ['fundflowbill', `${DAY}&account_type=FEES`, 'NO_STATEMENT_EXIST'],
    ['fundflowbill', `${DAY}&account_type=Basic`, 'PARAM_ERROR'],
  ])('as %s?%s: %s', async (kind, query, code) => {
    expect(fieldsOf(await ask(kind, query))['code']).toBe(code)
  })

  it('before nine in the morning', async () => {
    await simulator.clock.advance(12 * HOUR_MS)
    expect(fieldsOf(await ask('tradebill', 'bill_date=2026-03-02'))['code']).toBe(
      'STATEMENT_CREATING',
    )
  })
})

describe('the address of a file', () => {
  it('is good for five minutes', async () => {
    const { target } = await askFor('tradebill', DAY)
    await simulator.clock.advance(5 * 60_000 - 5000)
    await fetchFile(target)
    await simulator.clock.advance(6000)
    expect(await merchant.get(target)).toMatchObject({ status: 400 })
  })

  it('is for the merchant who asked', async () => {
    const { target } = await askFor('tradebill', DAY)
    const [[token, ticket] = []] = simulator.platform.billTickets
    if (token === undefined || ticket === undefined) throw new Error('no ticket')
    simulator.platform.billTickets.set(token, { ...ticket, mchid: STRANGERS.mchid })
    const reply = await merchant.get(target)
    expect(reply).toMatchObject({ status: 403 })
    expect(fieldsOf(reply)['code']).toBe('NO_AUTH')
  })

  it('has to be signed for', async () => {
    const { target } = await askFor('tradebill', DAY)
    expect(await merchant.get(target, { authorization: null })).toMatchObject({ status: 401 })
    const [path = ''] = target.split('?')
    expect(await merchant.get(target, { signedTarget: path })).toMatchObject({ status: 401 })
    expect(await merchant.get(path)).toMatchObject({ status: 400 })
  })
})
