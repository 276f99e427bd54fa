import type { QueryResult } from '../payment-channel.ts'
import type { V3Account } from './account.ts'
import type { V3Answer, V3Call } from './call.ts'
import { readAs } from './json.ts'
import { paymentFact, Transaction } from './payment-fields.ts'

/** A refund presupposes a payment, so both states of the first row tell of one. */
const STATES: ReadonlyMap<string, (transaction: Transaction) => QueryResult> = new Map([
  ['SUCCESS', paid],
  ['REFUND', paid],
  ['NOTPAY', () => ({ kind: 'not_paid' })],
  ['USERPAYING', () => ({ kind: 'not_paid' })],
  ['PAYERROR', () => ({ kind: 'not_paid' })],
  ['ACCEPT', () => ({ kind: 'not_paid' })],
  ['CLOSED', () => ({ kind: 'closed' })],
  ['REVOKED', () => ({ kind: 'closed' })],
])

/** By our number of the order. https://pay.weixin.qq.com/doc/v3/merchant/4012791859 */
export async function queryOrder(
  call: V3Call,
  account: V3Account,
  orderId: string,
): Promise<QueryResult> {
  const path = `/v3/pay/transactions/out-trade-no/${encodeURIComponent(orderId)}`
  const answer = await call({ method: 'GET', target: `${path}?mchid=${account.mchid}` })
  return resultOf(answer, (told) => isOf(account, told) && told.out_trade_no === orderId)
}

/** By WeChat's number of the payment. https://pay.weixin.qq.com/doc/v3/merchant/4012791858 */
export async function queryTransaction(
  call: V3Call,
  account: V3Account,
  transactionId: string,
): Promise<QueryResult> {
  const path = `/v3/pay/transactions/id/${encodeURIComponent(transactionId)}`
  const answer = await call({ method: 'GET', target: `${path}?mchid=${account.mchid}` })
  return resultOf(answer, (told) => isOf(account, told) && told.transaction_id === transactionId)
}

const isOf = ({ appid, mchid }: V3Account, told: Transaction) =>
  told.appid === appid && told.mchid === mchid

function resultOf(answer: V3Answer, isAsked: (told: Transaction) => boolean): QueryResult {
  if (answer.kind === 'unknown') return answer
  if (answer.kind === 'failed') {
    return answer.meaning === 'order_unknown'
      ? { kind: 'not_found' }
      : { kind: 'refused', reason: answer.reason }
  }
  const told = readAs(Transaction, answer.body)
  const read = told && STATES.get(told.trade_state)
  if (!read) return { kind: 'unknown', why: 'malformed' }
  // An answer to another question says nothing here; but money somebody has to look at.
  return isAsked(told) || read === paid ? read(told) : { kind: 'unknown', why: 'untrusted' }
}

function paid(transaction: Transaction): QueryResult {
  const fact = paymentFact(transaction)
  return fact === null ? { kind: 'unknown', why: 'malformed' } : { kind: 'paid', fact }
}
