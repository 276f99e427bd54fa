import { parseAuthorization } from '@dashang/shared/signing/v3/authorization'
import { isSignedBy, requestText } from '@dashang/shared/signing/v3/signature'
import { createPublicKey } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import type { BillPart } from '../../src/domain/bill.ts'
import { createWeChatHttp, type WeChatHttp } from '../../src/wechat/http.ts'
import type { BillResult, PaymentChannel } from '../../src/wechat/payment-channel.ts'
import { createV3Channel } from '../../src/wechat/v3/channel.ts'
import { linkTo } from '../support/bill-hosts.ts'
import { billText, type BillEntry } from '../support/bill.ts'
import { dayOf } from '../support/books.ts'
import { ACCOUNT } from '../support/config.ts'
import { makeKeys, readKeys, type MadeKeys } from '../support/v3-keys.ts'
import {
  byPath,
  refuseWith,
  saySigned,
  startV3Platform,
  type V3Platform,
  type V3Reply,
} from '../support/v3-platform.ts'

const DAY = dayOf('2026-01-31')
const FILE = '/v3/billdownload/file?token=1'

let keys: MadeKeys
let platform: V3Platform
let http: WeChatHttp
let channel: PaymentChannel
beforeAll(async () => {
  ;[keys, platform] = await Promise.all([makeKeys(), startV3Platform()])
  http = createWeChatHttp({ timeoutMs: 500, idleMs: 300 })
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

const entries: BillEntry[] = Array.from({ length: 3000 }, (_, i) => ({
  kind: 'payment',
  at: new Date(DAY.from.getTime() + i * 1000),
  orderId: `order${i}`,
  transactionId: `transaction${i}`,
  amountFen: 500 + i,
  openid: 'oAlice',
}))
const BILL = billText(entries, ACCOUNT)

const serve = (file: V3Reply, link: object = linkTo(BILL)) => {
  platform.reply = byPath({ '/v3/bill/tradebill': saySigned(keys.platform, link), [FILE]: file })
}
const say =
  (bytes: Buffer | string): V3Reply =>
  (response) =>
    response.end(bytes)

async function readAll(result: BillResult): Promise<BillPart[]> {
  if (result.kind !== 'bill') throw new Error(`no bill but ${JSON.stringify(result)}`)
  const parts: BillPart[] = []
  for await (const part of result.parts) parts.push(part)
  return parts
}

it('asks for the link and then for the file, both signed, and at no other host than ours', async () => {
  serve(say(gzipSync(BILL)))
  await readAll(await channel.downloadBill(DAY))
  expect(platform.requests.map(({ method, target }) => `${method} ${target}`)).toEqual([
    'GET /v3/bill/tradebill?bill_date=2026-01-31&bill_type=ALL&tar_type=GZIP',
    `GET ${FILE}`,
  ])
  for (const { method, target, headers } of platform.requests) {
    const {
      nonce = '',
      timestamp = '',
      signature = '',
    } = parseAuthorization(headers.authorization) ?? {}
    const text = requestText({ method, target, timestamp, nonce, body: '' })
    expect(isSignedBy(text, signature, createPublicKey(keys.merchant.cert))).toBe(true)
  }
})

it.each([
  ['a gzip file, whose hash is that of the text', gzipSync(BILL)],
  ['plain text', BILL],
])('reads %s', async (_, bytes) => {
  serve(say(bytes))
  const parts = await readAll(await channel.downloadBill(DAY))
  expect(parts.at(-1)).toMatchObject({ kind: 'totals', totals: { paymentCount: 3000 } })
})

it.each<[what: string, file: () => V3Reply, link?: object]>([
  ['is cut', () => say(gzipSync(BILL).subarray(0, -300))],
  ['is another one that agrees with itself', () => say(billText(entries.slice(1), ACCOUNT))],
  ['is hashed as it is packed', () => say(gzipSync(BILL)), linkTo(gzipSync(BILL))],
  ['stands still', () => (response) => void response.write(gzipSync(BILL).subarray(0, 2000))],
])('believes no totals of a file that %s', async (_, file, link) => {
  serve(file(), link)
  const result = await channel.downloadBill(DAY)
  if (result.kind !== 'bill') throw new Error('the file is opened before it is known to be wrong')
  const kinds: string[] = []
  const reading = (async () => {
    for await (const part of result.parts) kinds.push(part.kind)
  })()
  await expect(reading).rejects.toMatchObject({ fault: 'cut' })
  expect(kinds).not.toContain('totals')
})

it.each<[what: string, reply: () => V3Reply, result: BillResult]>([
  ['no bill', () => refuseWith(400, 'NO_STATEMENT_EXIST'), { kind: 'empty' }],
  ['a bill in the making', () => refuseWith(400, 'STATEMENT_CREATING'), { kind: 'not_ready' }],
  ['no right', () => refuseWith(403, 'NO_AUTH', 'x'), { kind: 'refused', reason: 'NO_AUTH x' }],
  ['a busy platform', () => refuseWith(500, 'SYSTEM_ERROR'), { kind: 'unknown', why: 'busy' }],
  [
    'a link that nobody signed',
    () => say(JSON.stringify(linkTo(BILL))),
    { kind: 'unknown', why: 'untrusted' },
  ],
  [
    'a link with another kind of hash',
    () => saySigned(keys.platform, { ...linkTo(BILL), hash_type: 'MD5' }),
    { kind: 'unknown', why: 'malformed' },
  ],
  [
    'a link that is none',
    () => saySigned(keys.platform, { ...linkTo(BILL), download_url: 'nowhere' }),
    { kind: 'unknown', why: 'malformed' },
  ],
  [
    'a link that has run out',
    () => saySigned(keys.platform, { ...linkTo(BILL), download_url: 'https://x/gone' }),
    { kind: 'unknown', why: 'busy' },
  ],
])('understands %s', async (_, reply, result) => {
  platform.reply = byPath({ '/v3/bill/tradebill': reply() })
  expect(await channel.downloadBill(DAY)).toEqual(result)
})
