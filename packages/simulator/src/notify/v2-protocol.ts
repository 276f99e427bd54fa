import { parseXml, XmlError } from '@dashang/shared/signing/xml'
import { paymentNotification } from './payment-message.ts'
import type { Protocol } from './protocol.ts'
import { refundNotification } from './refund-message.ts'

const HEADERS = { 'content-type': 'text/xml' } as const

/** https://pay.weixin.qq.com/wiki/doc/api/wxa/wxa_api.php?chapter=9_7 */
export const V2_PROTOCOL: Protocol = {
  payment: (platform, { transaction }, fault, field) => ({
    headers: HEADERS,
    body: paymentNotification(platform, transaction, { fault, field }),
  }),
  refund: (platform, notification, fault) => ({
    headers: HEADERS,
    body: refundNotification(platform, notification, fault),
  }),
  unfit: {
    payment: ['unknown_serial', 'expired', 'future', 'signtest'],
    refund: ['unsigned', 'unknown_serial', 'expired', 'future', 'signtest'],
  },
  isAccepted: ({ status, answer }) => status === 200 && isSuccess(answer),
}

function isSuccess(answer: string): boolean {
  try {
    return parseXml(answer)['return_code'] === 'SUCCESS'
  } catch (error) {
    if (error instanceof XmlError) return false
    throw error
  }
}
