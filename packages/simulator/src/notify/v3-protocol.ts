import type { Protocol } from './protocol.ts'
import { paymentMessage, refundMessage } from './v3-message.ts'

/** https://pay.weixin.qq.com/doc/v3/merchant/4012791861 */
export const V3_PROTOCOL: Protocol = {
  payment: paymentMessage,
  refund: refundMessage,
  isAccepted: ({ status, answer }) => status === 204 || (status === 200 && !isPage(answer)),
  // A refund speaks of no appid, and JSON has no document type.
  unfit: { payment: ['doctype'], refund: ['doctype', 'wrong_appid'] },
}

/** A login page and the like; XML may be the acknowledgement of v2. */
const isPage = (answer: string) => /^\s*<(?!xml\b)/i.test(answer)
