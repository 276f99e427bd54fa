import { parseBeijingDay } from '@dashang/shared/signing/beijing-time'
import { isSignedBy } from '@dashang/shared/signing/v2'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { BillPart } from '../src/domain/bill.ts'
import { createWeChatHttp, type WeChatHttp } from '../src/wechat/http.ts'
import type { BillResult, PaymentChannel } from '../src/wechat/payment-channel.ts'
import { createV2Channel } from '../src/wechat/v2/channel.ts'
import { billText, type BillEntry } from './support/bill.ts'
import {
  refuse,
  sayGzip,
  sayPlain,
  startBillServer,
  type BillServer,
} from './support/bill-server.ts'
import { ACCOUNT } from './support/world.ts'

const KEY = { key: ACCOUNT.v2Key, signType: 'HMAC-SHA256' } as const
const DAY = parseBeijingDay('2026-01-31') ?? never()

let server: BillServer
let http: WeChatHttp
let channel: PaymentChannel

beforeAll(async () => {
  server = await startBillServer()
  http = createWeChatHttp({ timeoutMs: 500, idleMs: 300 })
  channel = createV2Channel(http, { ...ACCOUNT, signingKey: KEY, baseUrl: server.url }, null)
})
afterAll(async () => {
  await server.close()
  await http.close()
})

function never(): never {
  throw new Error('the day of this test is a day')
}

const entries: BillEntry[] = Array.from({ length: 3000 }, (_, i) => ({
  kind: 'payment',
  at: new Date(DAY.from.getTime() + i * 1000),
  orderId: `order${i}`,
  transactionId: `transaction${i}`,
  amountFen: 500 + i,
  openid: 'oAlice',
}))
const BILL = billText(entries, ACCOUNT)

async function readAll(result: BillResult): Promise<{ rows: number; parts: BillPart[] }> {
  if (result.kind !== 'bill') throw new Error(`no bill but ${JSON.stringify(result)}`)
  const parts: BillPart[] = []
  for await (const part of result.parts) parts.push(part)
  const rows = parts.reduce((sum, part) => sum + (part.kind === 'rows' ? part.rows.length : 0), 0)
  return { rows, parts }
}

it('asks for the day, all kinds of rows and a gzip file, with a signature', async () => {
  await channel.downloadBill(DAY)
  const request = server.requests.at(-1) ?? {}
  expect(request).toMatchObject({ bill_date: '20260131', bill_type: 'ALL', tar_type: 'GZIP' })
  expect(isSignedBy(request, KEY)).toBe(true)
})

it.each([
  ['a gzip file', sayGzip(BILL)],
  ['plain text, whatever was asked for', sayPlain(BILL)],
])('reads %s', async (_, reply) => {
  server.reply = reply
  const { rows, parts } = await readAll(await channel.downloadBill(DAY))
  expect(rows).toBe(entries.length)
  expect(parts.at(-1)).toMatchObject({ kind: 'totals', totals: { paymentCount: entries.length } })
})

it('reads a file that comes byte by byte', async () => {
  const bytes = gzipSync(billText(entries.slice(0, 2), ACCOUNT))
  server.reply = (response) => {
    for (const byte of bytes) response.write(Buffer.of(byte))
    response.end()
  }
  expect((await readAll(await channel.downloadBill(DAY))).rows).toBe(2)
})

it.each<[what: string, bytes: Buffer]>([
  ['a gzip file', gzipSync(BILL)],
  ['plain text', Buffer.from(BILL)],
])('takes %s that is cut for no bill at all', async (_, bytes) => {
  server.reply = (response) => response.end(bytes.subarray(0, bytes.length - 300))
  await expect(readAll(await channel.downloadBill(DAY))).rejects.toMatchObject({ fault: 'cut' })
})

it('takes a connection that breaks off for a cut', async () => {
  const bytes = gzipSync(BILL)
  server.reply = (response) => {
    response.writeHead(200, { 'content-length': bytes.length })
    response.write(bytes.subarray(0, 2000), () => response.destroy())
  }
  await expect(readAll(await channel.downloadBill(DAY))).rejects.toMatchObject({ fault: 'cut' })
})

it('gives up on a file that stands still', async () => {
  server.reply = (response) => void response.write(gzipSync(BILL).subarray(0, 2000))
  await expect(readAll(await channel.downloadBill(DAY))).rejects.toMatchObject({ fault: 'cut' })
})

it.each<[code: string, message: string, result: BillResult]>([
  ['20002', 'No Bill Exist', { kind: 'empty' }],
  ['20002', 'NO Bill Exist', { kind: 'empty' }],
  ['20002', 'Bill Creating', { kind: 'not_ready' }],
  ['20003', 'download failed', { kind: 'unknown', why: 'busy' }],
  ['100', 'system timeout', { kind: 'unknown', why: 'busy' }],
  ['20100', 'system error', { kind: 'unknown', why: 'busy' }],
  ['20001', 'UnCompressGZip Error', { kind: 'unknown', why: 'busy' }],
  ['20001', 'SIGN ERROR', { kind: 'refused', reason: '20001 SIGN ERROR' }],
  ['20007', 'API closed', { kind: 'refused', reason: '20007 API closed' }],
])('understands %s %s', async (code, message, result) => {
  server.reply = refuse(code, message)
  expect(await channel.downloadBill(DAY)).toEqual(result)
})

it.each<[what: string, reply: BillServer['reply'], result: BillResult]>([
  ['XML that says nothing', sayPlain('<html></html>'), { kind: 'unknown', why: 'malformed' }],
  [
    'XML without end',
    sayPlain(`<xml>${'x'.repeat(70_000)}`),
    { kind: 'unknown', why: 'malformed' },
  ],
  ['HTTP 500', (response) => response.writeHead(500).end(), { kind: 'unknown', why: 'busy' }],
  ['no answer', () => undefined, { kind: 'unknown', why: 'timeout' }],
])('knows nothing after %s', async (_, reply, result) => {
  server.reply = reply
  expect(await channel.downloadBill(DAY)).toEqual(result)
})
