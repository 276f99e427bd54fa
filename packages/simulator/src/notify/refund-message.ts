import { formatBeijingDateTime } from '@dashang/shared/signing/beijing-time'
import { encryptRefundNotice } from '@dashang/shared/signing/refund-notice'
import type { Fields } from '@dashang/shared/signing/v2'
import { writeXml } from '@dashang/shared/signing/xml'
import type { RefundNotificationFault } from '../faults.ts'
import { newNonce, STRANGERS } from '../ids.ts'
import type { Refund, Settlement } from '../order.ts'
import { refundAccountOf, USER_BALANCE } from '../pay-v2/refund-fields.ts'
import type { Platform, RefundNotification } from '../platform.ts'

/** Changes outside, where nothing is signed. */
const OUTER_LIES: Partial<Record<RefundNotificationFault, Fields>> = {
  wrong_appid: { appid: STRANGERS.appid },
  wrong_mchid: { mch_id: STRANGERS.mchid },
}

/** Changes inside, well encrypted. */
const INNER_LIES: Partial<Record<RefundNotificationFault, (fields: Fields) => Fields>> = {
  wrong_amount: ({ refund_fee }) => ({ refund_fee: String(Number(refund_fee) + 1) }),
  wrong_status: ({ refund_status }) => ({
    refund_status: refund_status === 'SUCCESS' ? 'REFUNDCLOSE' : 'SUCCESS',
  }),
  unknown_order: () => ({
    out_trade_no: STRANGERS.outTradeNo,
    transaction_id: STRANGERS.transactionId,
  }),
  unknown_refund: () => ({ out_refund_no: STRANGERS.outRefundNo, refund_id: STRANGERS.refundId }),
}

/** The XML of a refund notification: unsigned, with all that matters encrypted in `req_info`. */
export function refundNotification(
  { account, random }: Platform,
  { refund, settlement }: Pick<RefundNotification, 'refund' | 'settlement'>,
  fault: RefundNotificationFault | null,
): string {
  const truth = noticeFields(refund, settlement)
  const lie = fault === null ? undefined : INNER_LIES[fault]
  const reqInfo = encryptRefundNotice({ ...truth, ...lie?.(truth) }, account.v2Key)
  return writeXml({
    return_code: 'SUCCESS',
    return_msg: 'OK',
    appid: account.appid,
    mch_id: account.mchid,
    nonce_str: newNonce(random),
    req_info: fault === 'tampered' ? changed(reqInfo) : reqInfo,
    ...(fault !== null && OUTER_LIES[fault]),
  })
}

function noticeFields(refund: Refund, { outcome, settledAt }: Settlement): Fields {
  const { transaction } = refund
  const totalFee = String(transaction.order.totalFee)
  const refundFee = String(refund.refundFee)
  return {
    transaction_id: transaction.transactionId,
    out_trade_no: transaction.order.outTradeNo,
    refund_id: refund.refundId,
    out_refund_no: refund.outRefundNo,
    total_fee: totalFee,
    settlement_total_fee: totalFee,
    refund_fee: refundFee,
    settlement_refund_fee: refundFee,
    cash_refund_fee: refundFee,
    refund_status: outcome,
    ...(outcome === 'SUCCESS' && { success_time: formatBeijingDateTime(settledAt) }),
    refund_recv_accout: USER_BALANCE,
    refund_account: refundAccountOf(refund),
    refund_request_source: 'API',
  }
}

// The first character of base64 stands for six bits of the first block, which all of it depends on.
const changed = (base64: string) => `${base64.startsWith('A') ? 'B' : 'A'}${base64.slice(1)}`
