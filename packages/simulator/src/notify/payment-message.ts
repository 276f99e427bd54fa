import { signed, type Fields } from '@dashang/shared/signing/v2'
import { writeXml } from '@dashang/shared/signing/xml'
import type { NotificationFault } from '../faults.ts'
import { newNonce, STRANGERS } from '../ids.ts'
import type { Transaction } from '../order.ts'
import { signTypeOf } from '../pay-v2/gateway.ts'
import { paymentFields } from '../pay-v2/order-query.ts'
import type { Platform } from '../platform.ts'

/** Changes under a good signature: authentic, and still not what was ordered. */
const LIES: Partial<Record<NotificationFault, (fields: Fields) => Fields>> = {
  wrong_amount: ({ total_fee }) => ({ total_fee: String(Number(total_fee) + 1) }),
  wrong_appid: () => ({ appid: STRANGERS.appid }),
  wrong_mchid: () => ({ mch_id: STRANGERS.mchid }),
  wrong_currency: () => ({ fee_type: 'USD' }),
  wrong_payer: () => ({ openid: STRANGERS.openid }),
  unknown_order: () => ({ out_trade_no: STRANGERS.outTradeNo }),
  payment_failed: () => ({
    result_code: 'FAIL',
    err_code: 'BANKERROR',
    err_code_des: '银行系统异常',
  }),
}

/** The XML of a payment notification. */
export function paymentNotification(
  { account, random }: Platform,
  transaction: Transaction,
  fault: NotificationFault | null,
): string {
  const { order } = transaction
  const truth = {
    return_code: 'SUCCESS',
    return_msg: 'OK',
    appid: account.appid,
    mch_id: account.mchid,
    nonce_str: newNonce(random),
    result_code: 'SUCCESS',
    out_trade_no: order.outTradeNo,
    ...given({ attach: order.placed['attach'], sign_type: order.placed['sign_type'] }),
    ...paymentFields(transaction),
  }
  const lie = fault === null ? undefined : LIES[fault]
  const message = signed(
    { ...truth, ...lie?.(truth) },
    { key: account.v2Key, signType: signTypeOf(order.placed) },
  )
  return writeXml(fault === 'tampered' ? { ...message, total_fee: `${order.totalFee}0` } : message)
}

// Fields with no value are absent.
function given(fields: Readonly<Record<string, string | undefined>>): Fields {
  const entries = Object.entries(fields)
  return Object.fromEntries(entries.filter((entry): entry is [string, string] => !!entry[1]))
}
