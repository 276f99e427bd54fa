import { AppError } from '@dashang/shared/errors'
import { Type } from 'typebox'
import type { RefundReading } from '../payment-channel.ts'
import type { V3Account } from './account.ts'
import { malformed, type Opened } from './envelope.ts'
import { readAs } from './json.ts'
import { refundFact } from './refund-fields.ts'

const OurId = (maxLength: number) => Type.String({ pattern: '^[\\w\\-|*@]+$', maxLength })
const WeChatId = Type.String({ pattern: '^[0-9A-Za-z]+$', maxLength: 32 })

const RefundNotice = Type.Object({
  mchid: Type.String(),
  out_trade_no: OurId(32),
  transaction_id: WeChatId,
  out_refund_no: OurId(64),
  refund_id: WeChatId,
  refund_status: Type.String(),
  amount: Type.Object({ total: Type.Integer(), refund: Type.Integer() }),
})

/** Each refund that is over makes one; other kinds of event may come some day. */
const EVENTS = new Set(['REFUND.SUCCESS', 'REFUND.ABNORMAL', 'REFUND.CLOSED'])

/** What an opened notification says of a refund. */
export function readRefund({ eventType, content }: Opened, account: V3Account): RefundReading {
  if (eventType.startsWith('TRANSACTION.')) {
    throw malformed('it tells of a payment, at this address')
  }
  if (!EVENTS.has(eventType)) return { kind: 'ignored' }
  const notice = readAs(RefundNotice, content)
  const fact = notice && refundFact(notice, notice.refund_status)
  if (!fact) throw malformed('signed, but without a part of a refund')
  if (notice.mchid !== account.mchid) {
    throw new AppError('NOTIFICATION_UNAUTHENTIC', 'the notice is for another merchant')
  }
  return { kind: 'refund', orderId: notice.out_trade_no, fact }
}
