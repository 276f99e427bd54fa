import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Message } from '../src/platform.ts'
import { startSimulator, type Simulator } from '../src/simulator.ts'
import { ACCOUNT } from './account.ts'
import { createInbox, orderFields, postTls, refundFields, REFUSE, type Inbox } from './merchant.ts'
import { signed, type Fields } from '@dashang/shared/signing/v2'
import { writeXml } from '@dashang/shared/signing/xml'
import {
  createV3Inbox,
  createV3Merchant,
  JSAPI,
  orderBody,
  refundBody,
  REFUNDS,
  type V3Inbox,
} from './v3-merchant.ts'
import { createWeixinClient } from './weixin.ts'

let inbox: Inbox
let v3Inbox: V3Inbox

beforeAll(async () => {
  ;[inbox, v3Inbox] = await Promise.all([createInbox(), createV3Inbox()])
})
afterAll(() => Promise.all([inbox.close(), v3Inbox.close()]))

const START = new Date('2026-01-31T15:59:00Z')
const start = (seed: string) => startSimulator({ account: ACCOUNT, seed, startAt: START })

/** A merchant without any chance of its own. */
const xmlOf = (fields: Fields) => {
  const common = { appid: ACCOUNT.appid, mch_id: ACCOUNT.mchid, nonce_str: 'n' }
  return writeXml(signed({ ...common, ...fields }, { key: ACCOUNT.v2Key, signType: 'MD5' }))
}

/** A day with faults, retries, refunds and messages: every step waits for what it sets off. */
async function play(simulator: Simulator): Promise<void> {
  const post = async (api: string, fields: Fields) => {
    await fetch(`${simulator.url}/pay/${api}`, { method: 'POST', body: xmlOf(fields) })
  }
  const client = createWeixinClient(simulator)
  inbox.answers = [REFUSE]
  for (const user of ['alice', 'bob', 'carol']) {
    const { code, openid } = simulator.login(user)
    await client.exchange(code)
    const numbers = { out_trade_no: `order-of-${user}`, notify_url: inbox.url }
    await post('unifiedorder', orderFields(openid, numbers))
    simulator.faults.add({ on: 'notification', fault: 'parallel', times: 1 })
    simulator.faults.add({ on: 'orderquery', fault: 'unsigned', times: 1 })
    simulator.pay(numbers.out_trade_no)
    await simulator.clock.advance(0)
    await post('orderquery', { out_trade_no: numbers.out_trade_no })
  }
  await client.stableToken({ force_refresh: true })
  const { caCert: ca, merchantCert: cert, merchantKey: key } = simulator.certificates
  const refund = refundFields({ out_trade_no: 'order-of-bob', notify_url: inbox.url })
  await postTls(`${simulator.tlsUrl}/secapi/pay/refund`, xmlOf(refund), { ca, cert, key })
  await simulator.clock.advance(25 * 3_600_000)
  await post('downloadbill', { bill_date: '20260131' })
}

/** The same by API v3, whose answers and notifications are signed, with keys that turn meanwhile. */
async function playV3(simulator: Simulator): Promise<void> {
  // The port is chance, and the address of a bill names the host that was asked.
  const headers = { Host: 'api.mch.weixin.qq.com' }
  const merchant = createV3Merchant(simulator)
  const { openid } = simulator.login('alice')
  const notify_url = v3Inbox.url
  v3Inbox.statuses = [500]
  const placed = orderBody({ payer: { openid }, notify_url })
  await merchant.post(JSAPI, placed, { headers, authorization: null })
  await merchant.post(JSAPI, placed, { headers })
  simulator.pay('order-0001')
  await simulator.clock.advance(60_000)
  await simulator.keys.rotate('public_key')
  await merchant.post(REFUNDS, refundBody({ notify_url }), { headers })
  await simulator.clock.advance(60_000)
  simulator.keys.setMode('migration')
  simulator.keys.setShares({ publicKeyPercent: 50, overlapPercent: 40 })
  await simulator.keys.rotate('certificate')
  await merchant.get('/v3/certificates', { headers })
  await simulator.clock.advance(25 * 3_600_000)
  const { body } = await merchant.get('/v3/bill/tradebill?bill_date=2026-01-31', { headers })
  const address = new URL((JSON.parse(body) as { download_url: string }).download_url)
  await merchant.get(`${address.pathname}${address.search}`, { headers })
}

async function logOf(seed: string, script = play): Promise<string> {
  const simulator = await start(seed)
  await script(simulator)
  const log = await (await fetch(`${simulator.url}/_sim/log`)).text()
  await simulator.close()
  return log
}

describe('the log', { timeout: 30_000 }, () => {
  it('is the same to the last byte for the same seed and the same script', async () => {
    const first = await logOf('seed')
    expect(await logOf('seed')).toBe(first)
    const lines = first.trimEnd().split('\n')
    const events = lines.map((line) => (JSON.parse(line) as { event: string }).event)
    expect(new Set(events)).toEqual(
      new Set([
        'login',
        'call',
        'cashier',
        'attempt',
        'refund_settled',
        'rule_added',
        'clock_stepped',
      ]),
    )
    // Three payments and a refund, told 16 times each, the first time of a payment fivefold.
    expect(events.filter((event) => event === 'attempt')).toHaveLength(4 * 16 + 3 * 4)
    expect(first).toContain('prepay_id')
  })

  it('is so by API v3 too, with its signatures, certificates and rotated keys', async () => {
    const first = await logOf('seed', playV3)
    expect(await logOf('seed', playV3)).toBe(first)
    const lines = first.trimEnd().split('\n')
    const events = lines.map((line) => JSON.parse(line) as { event: string; request?: Message })
    const serials = events.map(({ request }) => request?.headers['Wechatpay-Serial'])
    // Both public keys and both certificates signed notifications.
    expect(new Set(serials.filter((serial) => serial !== undefined)).size).toBe(4)
    expect(events.filter(({ event }) => event === 'attempt')).toHaveLength(2 * 16)
    for (const part of ['SIGN_ERROR', 'prepay_id', 'encrypt_certificate', 'hash_value']) {
      expect(first).toContain(part)
    }
  })

  it('is another one for another seed', async () => {
    expect(await logOf('seed')).not.toBe(await logOf('another'))
  })

  it('begins anew, and alike, after a reset', async () => {
    const simulator = await start('seed')
    simulator.login('alice')
    const first = simulator.platform.log.lines()
    await fetch(`${simulator.url}/_sim/reset`, { method: 'POST' })
    expect(simulator.platform.log.lines()).toEqual([])
    simulator.login('alice')
    expect(simulator.platform.log.lines()).toEqual(first)
    await simulator.close()
  })
})
