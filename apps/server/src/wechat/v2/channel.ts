import type { Payment } from '@dashang/shared/contracts/payment'
import { sign } from '@dashang/shared/signing/v2'
import type { WeChatHttp } from '../http.ts'
import type { PaymentChannel } from '../payment-channel.ts'
import type { V2Account } from './account.ts'
import { createV2Call, newNonce } from './call.ts'
import { closeOrder } from './close.ts'
import { downloadBill } from './download-bill.ts'
import { readNotification } from './notification.ts'
import { placeOrder } from './place.ts'
import { queryOrder } from './query.ts'
import { readRefundNotice } from './refund-notice.ts'
import { queryRefund, sendRefund } from './refund.ts'

/** The way to WeChat on which this merchant shows a certificate. */
export interface RefundAccess {
  readonly http: WeChatHttp
  readonly baseUrl: string
}

const NO_ACCESS = {
  kind: 'blocked',
  code: 'NO_CLIENT_CERTIFICATE',
  reason: 'refunds need a client certificate',
} as const

export function createV2Channel(
  http: WeChatHttp,
  account: V2Account,
  refundAccess: RefundAccess | null,
): PaymentChannel {
  const call = createV2Call(http, account)
  const refundCall =
    refundAccess && createV2Call(refundAccess.http, { ...account, baseUrl: refundAccess.baseUrl })
  return {
    name: 'v2',
    notifyPath: '/notify/wechat-pay/v2/payment',
    place: (order) => placeOrder(call, order),
    query: (orderId) => queryOrder(call, { out_trade_no: orderId }),
    queryTransaction: (transactionId) => queryOrder(call, { transaction_id: transactionId }),
    close: (orderId) => closeOrder(call, orderId),
    paymentFor: (prepayId, now) => secondSignature(account, prepayId, now),
    downloadBill: (day) => downloadBill(http, account, day),
    readNotification: async ({ body }) => readNotification(body, account),
    canRefund: refundCall !== null,
    refundNotifyPath: '/notify/wechat-pay/v2/refund',
    refund: async (refund) => (refundCall === null ? NO_ACCESS : sendRefund(refundCall, refund)),
    queryRefund: (refundId) => queryRefund(call, refundId),
    readRefundNotice: async ({ body }) => readRefundNotice(body, account),
  }
}

/**
 * Signed over five fields, of which `appId` (with a capital I) is not among those that the client
 * hands over. https://pay.weixin.qq.com/doc/v2/merchant/4011985891
 */
function secondSignature(account: V2Account, prepayId: string, now: Date): Payment {
  const parameters = {
    timeStamp: String(Math.floor(now.getTime() / 1000)),
    nonceStr: newNonce(),
    package: `prepay_id=${prepayId}`,
    signType: account.signingKey.signType,
  }
  const paySign = sign({ appId: account.appid, ...parameters }, account.signingKey)
  return { kind: 'requestPayment', ...parameters, paySign }
}
