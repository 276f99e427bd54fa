import { parseFen } from '@dashang/shared/money'
import { parseBeijingTime } from '@dashang/shared/signing/beijing-time'
import type { Fields } from '@dashang/shared/signing/v2'
import type { PaymentFact } from '../../domain/payment-fact.ts'

/** The payment that a query or a notification tells of; `null` when it lacks a part of one. */
export function paymentFact(fields: Fields): PaymentFact | null {
  const amountFen = parseFen(fields['total_fee'] ?? '')
  const paidAt = parseBeijingTime(fields['time_end'] ?? '')
  const { appid, mch_id: mchid, out_trade_no: orderId, openid } = fields
  const { transaction_id: transactionId, fee_type: currency = 'CNY' } = fields
  if (amountFen === null || paidAt === null) return null
  if (!appid || !mchid || !orderId || !openid || !transactionId) return null
  return { appid, mchid, orderId, amountFen, currency, openid, transactionId, paidAt }
}
