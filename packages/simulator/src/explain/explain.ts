import { explainAnswer } from './answer.ts'
import { refused, type Explanation } from './explanation.ts'
import type { HttpMessage } from './http-message.ts'
import type { ExplainKeys } from './keys.ts'
import { explainV2, isV2Path } from './v2.ts'
import { explainV3Message } from './v3-message.ts'
import { explainV3Request } from './v3.ts'

/** Whether WeChat, or a merchant, would accept these bytes, and if not, why not. */
export function explain(message: HttpMessage, keys: ExplainKeys): Explanation {
  const { target, status, headers, body } = message
  const names = Object.keys(headers)
  const isStamped = names.some((name) => name.startsWith('wechatpay-'))
  if (names.some((name) => name.startsWith('wechatpay-signature'))) {
    return explainV3Message(message, keys)
  }
  if (status !== null && !isStamped) return explainAnswer(message, status, keys)
  if (headers['authorization'] !== undefined || target?.startsWith('/v3/') === true) {
    return explainV3Request(message, keys)
  }
  if (isV2Path(target) || body.toString().trimStart().startsWith('<'))
    return explainV2(message, keys)
  if (isStamped) return explainV3Message(message, keys)
  const isEmpty = names.length === 0 && body.length === 0
  return refused(null, 'no_message', { detail: isEmpty ? 'it is empty' : null })
}
