import type { Fields } from '@dashang/shared/signing/v2'
import type { QueryResult } from '../payment-channel.ts'
import type { V2Call } from './call.ts'
import { paymentFact } from './payment-fields.ts'

/** A refund presupposes a payment, so both states of the first row tell of one. */
const STATES: ReadonlyMap<string, (fields: Fields) => QueryResult> = new Map([
  ['SUCCESS', paid],
  ['REFUND', paid],
  ['NOTPAY', notPaid],
  ['USERPAYING', notPaid],
  ['PAYERROR', notPaid],
  ['ACCEPT', notPaid],
  ['CLOSED', closed],
  ['REVOKED', closed],
])

/** Which payment is meant: by our number of the order, or by WeChat's of the payment. */
type Which = { readonly out_trade_no: string } | { readonly transaction_id: string }

export async function queryOrder(call: V2Call, which: Which): Promise<QueryResult> {
  const answer = await call('/pay/orderquery', which)
  switch (answer.kind) {
    case 'unknown':
      return answer
    case 'foreign':
      // Money that is said to be another's pays nothing, but somebody has to look at it.
      return STATES.get(answer.fields['trade_state'] ?? '') === paid
        ? paid(answer.fields)
        : { kind: 'unknown', why: 'untrusted' }
    case 'rejected':
      return { kind: 'refused', reason: answer.message }
    case 'failed':
      return answer.code === 'ORDERNOTEXIST'
        ? { kind: 'not_found' }
        : { kind: 'refused', reason: `${answer.code} ${answer.message}` }
    case 'done': {
      const read = STATES.get(answer.fields['trade_state'] ?? '')
      return read?.(answer.fields) ?? { kind: 'unknown', why: 'malformed' }
    }
  }
}

function paid(fields: Fields): QueryResult {
  const fact = paymentFact(fields)
  return fact === null ? { kind: 'unknown', why: 'malformed' } : { kind: 'paid', fact }
}

function notPaid(): QueryResult {
  return { kind: 'not_paid' }
}

function closed(): QueryResult {
  return { kind: 'closed' }
}
