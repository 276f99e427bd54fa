import type { NotificationReading } from '../payment-channel.ts'
import { malformed, type Opened } from './envelope.ts'
import { readAs } from './json.ts'
import { paymentFact, Transaction } from './payment-fields.ts'

const EVENT = 'TRANSACTION.SUCCESS'

/** What an opened notification says of a payment. Other kinds of event may come some day. */
export function readPayment({ eventType, content }: Opened): NotificationReading {
  if (eventType.startsWith('REFUND.')) throw malformed('it tells of a refund, at this address')
  if (eventType !== EVENT) return { kind: 'ignored' }
  const transaction = readAs(Transaction, content)
  if (transaction === null) throw malformed('signed, but without a part of a transaction')
  if (transaction.trade_state !== 'SUCCESS') {
    return { kind: 'not_paid', orderId: transaction.out_trade_no }
  }
  const fact = paymentFact(transaction)
  if (fact === null) throw malformed('signed, but without a part of a payment')
  return { kind: 'paid', fact }
}
