import { refused, type Explanation } from './explanation.ts'
import type { HttpMessage } from './http-message.ts'
import type { ExplainKeys } from './keys.ts'
import { explainV2 } from './v2.ts'
import { explainV3Message, explainV3Request } from './v3.ts'

/** Whether WeChat, or a merchant, would accept these bytes, and if not, why not. */
export function explain(message: HttpMessage, keys: ExplainKeys): Explanation {
  const { target, headers, body } = message
  const names = Object.keys(headers)
  if (names.some((name) => name.startsWith('wechatpay-signature'))) {
    return explainV3Message(message, keys)
  }
  if (headers['authorization'] !== undefined || target?.startsWith('/v3/') === true) {
    return explainV3Request(message, keys)
  }
  if (body.toString().trimStart().startsWith('<') || target?.startsWith('/pay/') === true) {
    return explainV2(message, keys)
  }
  return names.some((name) => name.startsWith('wechatpay-'))
    ? explainV3Message(message, keys)
    : refused('unknown', 'no_message')
}
