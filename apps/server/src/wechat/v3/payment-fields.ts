import { Type, type Static } from 'typebox'
import type { PaymentFact } from '../../domain/payment-fact.ts'
import { parseTime } from './time.ts'

/** What a query and a notification tell of an order, as far as it is looked at. */
export const Transaction = Type.Object({
  appid: Type.String(),
  mchid: Type.String(),
  out_trade_no: Type.String(),
  trade_state: Type.String(),
  transaction_id: Type.Optional(Type.String()),
  success_time: Type.Optional(Type.String()),
  payer: Type.Optional(Type.Object({ openid: Type.Optional(Type.String()) })),
  amount: Type.Optional(
    Type.Object({
      total: Type.Optional(Type.Integer({ minimum: 0 })),
      currency: Type.Optional(Type.String()),
    }),
  ),
})
export type Transaction = Static<typeof Transaction>

/** The payment that it tells of; `null` when it lacks a part of one. */
export function paymentFact(transaction: Transaction): PaymentFact | null {
  const { appid, mchid, out_trade_no: orderId, transaction_id: transactionId } = transaction
  const { total: amountFen, currency = 'CNY' } = transaction.amount ?? {}
  const { openid } = transaction.payer ?? {}
  const paidAt = parseTime(transaction.success_time ?? '')
  if (amountFen === undefined || paidAt === null) return null
  if (!appid || !mchid || !orderId || !openid || !transactionId) return null
  return { appid, mchid, orderId, amountFen, currency, openid, transactionId, paidAt }
}
