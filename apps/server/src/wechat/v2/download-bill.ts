import { pipeline } from 'node:stream'
import { createGunzip } from 'node:zlib'
import type { BeijingDay } from '@dashang/shared/signing/beijing-time'
import type { Fields } from '@dashang/shared/signing/v2'
import { MAX_XML_BYTES } from '@dashang/shared/signing/xml'
import { BillError } from '../../domain/bill.ts'
import type { WeChatHttp } from '../http.ts'
import type { BillResult } from '../payment-channel.ts'
import type { V2Account } from './account.ts'
import { readBill } from './bill/read-bill.ts'
import { readFields, signedXml } from './call.ts'
import { openBytes, type OpenBytes } from './first-bytes.ts'

/** Some 200 rows: the 16 KB that zlib takes by itself keep the garbage collector busy. */
const CHUNK_BYTES = 65_536

const GZIP_MAGIC = '\u001f\u008b'

/** https://pay.weixin.qq.com/doc/v2/merchant/4011985905 */
export async function downloadBill(
  http: WeChatHttp,
  account: V2Account,
  day: BeijingDay,
): Promise<BillResult> {
  const url = new URL('/pay/downloadbill', account.baseUrl)
  const bill_date = day.name.replaceAll('-', '')
  const request = signedXml(account, { bill_date, bill_type: 'ALL', tar_type: 'GZIP' })
  const result = await http.download(url, request)
  if (result.kind === 'unknown') return result
  try {
    return await open(await openBytes(result.bytes))
  } catch {
    return { kind: 'unknown', why: 'unreachable' }
  }
}

/** A failure is XML; a bill is a gzip file, or plain text if WeChat does not care for our wish. */
async function open({ start, all }: OpenBytes): Promise<BillResult> {
  if (start.startsWith('<')) return readRefusal(all)
  const text = start.startsWith(GZIP_MAGIC)
    ? pipeline(all, createGunzip({ chunkSize: CHUNK_BYTES }), ignore)
    : all
  return { kind: 'bill', parts: readBill(untilCut(text)) }
}

/** Whoever reads the stream is told the same. */
const ignore = () => undefined

async function* untilCut(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* bytes
  } catch (cause) {
    throw new BillError('cut', 'the download broke off', { cause })
  }
}

async function readRefusal(bytes: AsyncIterable<Uint8Array>): Promise<BillResult> {
  let body = Buffer.alloc(0)
  for await (const piece of bytes) {
    body = Buffer.concat([body, piece])
    if (body.byteLength > MAX_XML_BYTES) return { kind: 'unknown', why: 'malformed' }
  }
  const fields = readFields(body)
  if (fields?.['return_code'] === undefined) return { kind: 'unknown', why: 'malformed' }
  return meaningOf(fields)
}

// The documents do not agree on which code goes with which words, so the code counts first and then
// the words, in whichever case they come.
const TRANSIENT_CODES = new Set(['20003', '100', '20100'])
const TRANSIENT_WORDS = /system ?(timeout|error)|compressgzip error/i

function meaningOf({ error_code: code = '', return_msg: message = '' }: Fields): BillResult {
  if (TRANSIENT_CODES.has(code)) return { kind: 'unknown', why: 'busy' }
  if (/no bill exist/i.test(message)) return { kind: 'empty' }
  if (/bill creating/i.test(message)) return { kind: 'not_ready' }
  if (TRANSIENT_WORDS.test(message)) return { kind: 'unknown', why: 'busy' }
  return { kind: 'refused', reason: `${code} ${message}`.trim() }
}
