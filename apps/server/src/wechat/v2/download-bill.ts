import type { BeijingDay } from '@dashang/shared/signing/beijing-time'
import type { Fields } from '@dashang/shared/signing/v2'
import { MAX_XML_BYTES } from '@dashang/shared/signing/xml'
import { openBytes, type OpenBytes } from '../bill/first-bytes.ts'
import { openBill } from '../bill/open-bill.ts'
import type { WeChatHttp } from '../http.ts'
import type { BillResult } from '../payment-channel.ts'
import type { V2Account } from './account.ts'
import { readFields, signedXml } from './call.ts'

/** https://pay.weixin.qq.com/doc/v2/merchant/4011985905 */
export async function downloadBill(
  http: WeChatHttp,
  account: V2Account,
  day: BeijingDay,
): Promise<BillResult> {
  const url = new URL('/pay/downloadbill', account.baseUrl)
  const bill_date = day.name.replaceAll('-', '')
  const request = signedXml(account, { bill_date, bill_type: 'ALL', tar_type: 'GZIP' })
  const result = await http.download({ method: 'POST', url, body: request })
  if (result.kind === 'unknown') return result
  try {
    return await open(await openBytes(result.bytes))
  } catch {
    return { kind: 'unknown', why: 'unreachable' }
  }
}

/** A failure is XML; all else is a file. */
async function open(file: OpenBytes): Promise<BillResult> {
  return file.start.startsWith('<')
    ? readRefusal(file.all)
    : { kind: 'bill', parts: openBill(file) }
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
