import type { Protocol } from './protocol.ts'
import { paymentMessage, refundMessage } from './v3-message.ts'

/** https://pay.weixin.qq.com/doc/v3/merchant/4012791861 */
export const V3_PROTOCOL: Protocol = {
  payment: paymentMessage,
  refund: refundMessage,
  isAccepted: ({ status }) => status === 200 || status === 204,
}
