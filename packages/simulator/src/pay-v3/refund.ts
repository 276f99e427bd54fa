import type { Fields } from '@dashang/shared/signing/v2'
import type { Transaction } from '../order.ts'
import type { Platform } from '../platform.ts'
import { acceptRefund, type RefundRefusal } from '../refunds/accept.ts'
import type { V3Error } from './errors.ts'
import { Refusal } from './refusal.ts'
import type { Call } from './gateway.ts'
import { BODY, PATH } from './places.ts'
import { refundFields } from './refund-fields.ts'
import { OutRefundNoPath, RefundBody } from './schemas.ts'

const REFUSALS = {
  other_payment: 'REFUND_NO_USED',
  other_amount: 'REFUND_CHANGED',
  wrong_total: 'REFUND_TOTAL',
  nothing_left: 'REFUND_NOTHING_LEFT',
  too_much: 'REFUND_TOO_MUCH',
  too_late: 'REFUND_TOO_LATE',
  too_often: 'REFUND_TOO_OFTEN',
} as const satisfies Record<RefundRefusal, V3Error>

/** https://pay.weixin.qq.com/doc/v3/merchant/4013071036 */
export function refund(platform: Platform, call: Call): object {
  const body = readRefund(call)
  const transaction = findTransaction(platform, body)
  const decision = acceptRefund(platform, transaction, {
    api: 'v3',
    outRefundNo: body.out_refund_no,
    refundFee: body.amount.refund,
    totalFee: body.amount.total,
    placed: placedFields(body),
  })
  if (decision.kind === 'accepted') return refundFields(decision.refund)
  throw new Refusal(REFUSALS[decision.why], decision.hint)
}

/** https://pay.weixin.qq.com/doc/v3/merchant/4013071041 */
export function queryRefund(platform: Platform, call: Call): object {
  const { out_refund_no: outRefundNo } = readRefundNo(call)
  const known = platform.refunds.get(outRefundNo)
  if (known === undefined) throw new Refusal('RESOURCE_NOT_EXISTS', 'nobody asked for this refund')
  return refundFields(known)
}

export const readRefundNo = ({ params }: Call) => OutRefundNoPath.read(params, PATH)

export function readRefund(call: Call): RefundBody {
  const body = RefundBody.read(call.body, BODY)
  checkFrom(body)
  if (body.transaction_id !== undefined || body.out_trade_no !== undefined) return body
  const hint = 'give transaction_id or out_trade_no'
  throw new Refusal('PARAM_ERROR', hint, {
    message: { zh: '商户订单号和微信支付订单号不能同时为空', en: hint },
    detail: { location: 'body', value: '' },
  })
}

function checkFrom({ amount }: RefundBody): void {
  if (amount.from === undefined) return
  const sum = amount.from.reduce((total, one) => total + one.amount, 0)
  if (sum !== amount.refund) throw new Refusal('REFUND_FROM', `${sum} is not ${amount.refund}`)
}

/** `transaction_id` wins over `out_trade_no`, which means the first payment of the order. */
function findTransaction(platform: Platform, body: RefundBody): Transaction {
  const { transaction_id: transactionId, out_trade_no: outTradeNo } = body
  if (transactionId !== undefined) {
    const transaction = platform.transactions.get(transactionId)
    if (transaction !== undefined) return transaction
    throw new Refusal('RESOURCE_NOT_EXISTS', 'nobody paid with this transaction_id')
  }
  const order = platform.orders.get(outTradeNo ?? '')
  if (order === undefined) throw new Refusal('RESOURCE_NOT_EXISTS', 'nobody placed this order')
  const [transaction] = order.transactions
  if (transaction !== undefined) return transaction
  throw new Refusal('REFUND_NOT_READY', `the order is ${order.state}, nothing was paid`)
}

const ACCOUNTS = {
  AVAILABLE: 'REFUND_SOURCE_RECHARGE_FUNDS',
  UNSETTLED: 'REFUND_SOURCE_UNSETTLED_FUNDS',
} as const satisfies Record<NonNullable<RefundBody['funds_account']>, string>

function placedFields(body: RefundBody): Fields {
  const { reason, notify_url: notifyUrl, funds_account: account } = body
  return {
    ...(reason !== undefined && { refund_desc: reason }),
    ...(notifyUrl !== undefined && { notify_url: notifyUrl }),
    ...(account !== undefined && { refund_account: ACCOUNTS[account] }),
  }
}
