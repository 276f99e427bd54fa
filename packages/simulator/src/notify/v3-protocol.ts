import type { Protocol } from './protocol.ts'
import { paymentMessage, refundMessage } from './v3-message.ts'

/** https://pay.weixin.qq.com/doc/v3/merchant/4012791861 */
export const V3_PROTOCOL: Protocol = {
  payment: paymentMessage,
  refund: refundMessage,
  isAccepted: ({ status }) => status === 200 || status === 204,
  // A refund speaks of no appid, and JSON has no document type.
  unfit: { payment: ['doctype'], refund: ['doctype', 'wrong_appid'] },
}
