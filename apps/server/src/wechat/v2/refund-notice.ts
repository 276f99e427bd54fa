import { AppError } from '@dashang/shared/errors'
import { decryptRefundNotice, RefundNoticeError } from '@dashang/shared/signing/refund-notice'
import type { Fields } from '@dashang/shared/signing/v2'
import type { RefundNotice } from '../payment-channel.ts'
import type { V2Account } from './account.ts'
import { readFields } from './notification.ts'
import { refundEvent, refundFact } from './refund.ts'

const ORDER_ID = /^[\w\-|*@]{1,32}$/
const REFUND_ID = /^[\w\-|*@]{1,64}$/
const WECHAT_ID = /^[0-9A-Za-z]{1,32}$/

/**
 * Reads a refund notice. It is encrypted and not signed, so what it says may still be a lie: it only
 * names a refund that is worth a question.
 */
export function readRefundNotice(body: Uint8Array, account: V2Account): RefundNotice {
  const outer = readFields(body)
  if (outer['return_code'] !== 'SUCCESS') {
    throw new AppError('NOTIFICATION_MALFORMED', 'return_code is not SUCCESS')
  }
  if (outer['appid'] !== account.appid || outer['mch_id'] !== account.mchid) {
    throw new AppError('NOTIFICATION_UNAUTHENTIC', 'the notice is for another merchant')
  }
  const fields = decrypt(outer['req_info'] ?? '', account)
  const fact = refundFact({
    refundId: fields['out_refund_no'],
    wechatRefundId: fields['refund_id'],
    transactionId: fields['transaction_id'],
    refundFee: fields['refund_fee'],
    totalFee: fields['total_fee'],
    event: refundEvent(fields['refund_status']),
  })
  const { out_trade_no: orderId = '' } = fields
  if (fact === null || !ORDER_ID.test(orderId) || !REFUND_ID.test(fact.refundId)) {
    throw new AppError('NOTIFICATION_MALFORMED', 'decrypted, but without a part of a refund')
  }
  if (!WECHAT_ID.test(fact.transactionId) || !WECHAT_ID.test(fact.wechatRefundId)) {
    throw new AppError('NOTIFICATION_MALFORMED', 'decrypted, but with numbers that are none')
  }
  return { kind: 'refund', orderId, fact }
}

function decrypt(reqInfo: string, { signingKey }: V2Account): Fields {
  try {
    return decryptRefundNotice(reqInfo, signingKey.key)
  } catch (cause) {
    if (!(cause instanceof RefundNoticeError)) throw cause
    throw new AppError('NOTIFICATION_UNAUTHENTIC', `req_info: ${cause.message}`, { cause })
  }
}
