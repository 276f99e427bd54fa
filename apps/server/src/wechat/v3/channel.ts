import { AppError } from '@dashang/shared/errors'
import type { Payment } from '@dashang/shared/contracts/payment'
import { paySign } from '@dashang/shared/signing/v3/pay-sign'
import type { WeChatHttp } from '../http.ts'
import type { NotifiedMessage, PaymentChannel, RefundReading } from '../payment-channel.ts'
import type { V3Account } from './account.ts'
import { createV3Call } from './call.ts'
import { createCertificateSource, type OnCertificatesFailed } from './certificates.ts'
import { closeOrder } from './close.ts'
import { downloadBill } from './download-bill.ts'
import { openEnvelope } from './envelope.ts'
import { createKeyRing } from './key-ring.ts'
import { readPayment } from './notification.ts'
import { placeOrder } from './place.ts'
import { queryOrder, queryTransaction } from './query.ts'
import { readRefund } from './refund-notice.ts'
import { queryRefund, sendRefund } from './refund.ts'
import { createV3Send, newNonce, unixSeconds } from './send.ts'

interface Options {
  readonly http: WeChatHttp
  readonly account: V3Account
  readonly now: () => Date
  /** Reads the XML of API v2; `null` without its key. */
  readonly readXmlNotice: ((body: Uint8Array) => RefundReading) | null
  readonly onCertificatesFailed?: OnCertificatesFailed
}

export function createV3Channel(options: Options): PaymentChannel {
  const { http, account, now, readXmlNotice, onCertificatesFailed } = options
  const send = createV3Send(http, account, now)
  const source = createCertificateSource(send, account, onCertificatesFailed)
  const ring = createKeyRing(account.keys, source)
  const call = createV3Call(send, ring, now)
  const open = (message: NotifiedMessage, at: Date) => openEnvelope({ ring, account }, message, at)
  return {
    name: 'v3',
    notifyPath: '/notify/wechat-pay/v3/payment',
    place: (order) => placeOrder(call, account, order),
    query: (orderId) => queryOrder(call, account, orderId),
    queryTransaction: (transactionId) => queryTransaction(call, account, transactionId),
    close: (orderId) => closeOrder(call, account, orderId),
    paymentFor: (prepayId, at) => secondSignature(account, prepayId, at),
    downloadBill: (day) => downloadBill({ call, http, account, now: now() }, day),
    readNotification: async (message, at) => readPayment(await open(message, at)),
    canRefund: true,
    refundNotifyPath: '/notify/wechat-pay/v3/refund',
    refund: (refund) => sendRefund(call, refund),
    queryRefund: (refundId) => queryRefund(call, refundId),
    async readRefundNotice(message, at) {
      if (message.body[0] !== LESS_THAN) return readRefund(await open(message, at), account)
      if (readXmlNotice !== null) return readXmlNotice(message.body)
      throw new AppError('NOTIFICATION_UNAUTHENTIC', 'a notice of API v2, of which there is no key')
    },
  }
}

const LESS_THAN = 0x3c

/** https://pay.weixin.qq.com/doc/v3/merchant/4012365339 */
function secondSignature({ appid, keys }: V3Account, prepayId: string, at: Date): Payment {
  const parameters = {
    timeStamp: unixSeconds(at),
    nonceStr: newNonce(),
    package: `prepay_id=${prepayId}`,
  }
  const signature = paySign({ appId: appid, ...parameters }, keys.privateKey)
  return { kind: 'requestPayment', ...parameters, signType: 'RSA', paySign: signature }
}
