import { AppError } from '@dashang/shared/errors'
import { isSignedBy, type Fields } from '@dashang/shared/signing/v2'
import { parseXml, XmlError } from '@dashang/shared/signing/xml'
import type { NotificationReading } from '../payment-channel.ts'
import type { V2Account } from './account.ts'
import { paymentFact } from './payment-fields.ts'

/** Reads a notification from its bytes, and believes nothing of it before the signature. */
export function readNotification(body: Uint8Array, account: V2Account): NotificationReading {
  const fields = readFields(body)
  if (!isSignedBy(fields, account.signingKey)) {
    throw new AppError('NOTIFICATION_UNAUTHENTIC', 'the signature does not fit')
  }
  if (fields['return_code'] !== 'SUCCESS') {
    throw new AppError('NOTIFICATION_MALFORMED', 'return_code is not SUCCESS')
  }
  if (fields['result_code'] !== 'SUCCESS') {
    return { kind: 'not_paid', orderId: fields['out_trade_no'] ?? '' }
  }
  const fact = paymentFact(fields)
  if (fact === null) {
    throw new AppError('NOTIFICATION_MALFORMED', 'signed, but without a part of a payment')
  }
  return { kind: 'paid', fact }
}

/** The fields of what claims to come from WeChat. */
export function readFields(body: Uint8Array): Fields {
  try {
    return parseXml(body)
  } catch (cause) {
    if (!(cause instanceof XmlError)) throw cause
    throw new AppError('NOTIFICATION_MALFORMED', `the body has ${cause.message}`, { cause })
  }
}
