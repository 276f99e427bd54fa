import type { BeijingDay } from '@dashang/shared/signing/beijing-time'
import { Type } from 'typebox'
import { openBytes } from '../bill/first-bytes.ts'
import { openHashedBill } from '../bill/open-bill.ts'
import type { WeChatHttp } from '../http.ts'
import type { BillResult } from '../payment-channel.ts'
import type { V3Account } from './account.ts'
import type { V3Answer, V3Call } from './call.ts'
import { readAs } from './json.ts'
import { signedRequest } from './send.ts'

const Link = Type.Object({
  hash_type: Type.Literal('SHA1'),
  hash_value: Type.String({ pattern: '^[0-9a-fA-F]{40}$' }),
  download_url: Type.String({ maxLength: 2048 }),
})

/**
 * Asks for the link of a bill, and then for the file. The file is not signed: the link is, and names
 * the hash of it. https://pay.weixin.qq.com/doc/v3/merchant/4013071238
 */
export async function downloadBill(
  { call, http, account, now }: { call: V3Call; http: WeChatHttp; account: V3Account; now: Date },
  day: BeijingDay,
): Promise<BillResult> {
  const query = `bill_date=${day.name}&bill_type=ALL&tar_type=GZIP`
  const answer = await call({ method: 'GET', target: `/v3/bill/tradebill?${query}` })
  if (answer.kind !== 'done') return refusalOf(answer)
  const link = readAs(Link, answer.body)
  const target = link && targetOf(link.download_url)
  if (!target) return { kind: 'unknown', why: 'malformed' }
  // Whatever host the link names, our signature goes to the one that is configured.
  const request = signedRequest(account, { method: 'GET', target }, now, account.baseUrl)
  const file = await http.download(request)
  if (file.kind === 'unknown') return file
  try {
    const bytes = await openBytes(file.bytes)
    return { kind: 'bill', parts: openHashedBill(bytes, link.hash_value.toLowerCase()) }
  } catch {
    return { kind: 'unknown', why: 'unreachable' }
  }
}

function targetOf(link: string): string | null {
  const url = URL.parse(link)
  return url && `${url.pathname}${url.search}`
}

function refusalOf(answer: Exclude<V3Answer, { kind: 'done' }>): BillResult {
  if (answer.kind === 'unknown') return answer
  if (answer.meaning === 'bill_empty') return { kind: 'empty' }
  if (answer.meaning === 'bill_not_ready') return { kind: 'not_ready' }
  return { kind: 'refused', reason: answer.reason }
}
