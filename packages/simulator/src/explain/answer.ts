import { refused, type Explanation } from './explanation.ts'
import type { HttpMessage } from './http-message.ts'
import type { ExplainKeys } from './keys.ts'
import { explainV2Message, readFields } from './v2.ts'

/** An HTTP answer without `Wechatpay-Signature`: of API v2, or of nobody who can be trusted. */
export function explainAnswer(
  message: HttpMessage,
  status: number,
  keys: ExplainKeys,
): Explanation {
  const { headers, body } = message
  const fields = readFields(body)
  if (fields?.['return_code'] !== undefined) return explainV2Message(fields, keys)
  const type = headers['content-type'] ?? 'without a Content-Type'
  const said = errorOf(body.toString())
  const detail = [`HTTP ${status}, ${type}`, ...(said === null ? [] : [said])].join(': ')
  return refused('HTTP answer', 'unsigned_answer', { detail })
}

/** What an error of API v3 says of itself. */
function errorOf(body: string): string | null {
  try {
    const { code, message } = JSON.parse(body) as Record<string, unknown>
    return typeof code === 'string' ? [code, message].filter(Boolean).join(' ') : null
  } catch {
    return null
  }
}
