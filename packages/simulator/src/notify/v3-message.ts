import { createHash } from 'node:crypto'
import { ALGORITHM, seal } from '@dashang/shared/signing/v3/resource'
import type { NotificationFault, RefundNotificationFault } from '../fault-table.ts'
import { STRANGERS } from '../ids.ts'
import type { RefundOutcome } from '../order.ts'
import { paymentFields } from '../pay-v3/query.ts'
import { noticeFields, STATUSES } from '../pay-v3/refund-fields.ts'
import { sealNonce } from '../pay-v3/seal-nonce.ts'
import { signatureHeaders, type Signing } from '../pay-v3/signing.ts'
import { formatRfc3339 } from '../pay-v3/time.ts'
import type {
  Account,
  Message,
  Notification,
  PaymentNotification,
  Platform,
  RefundNotification,
} from '../platform.ts'
import { tamperedContent } from './v3-tampering.ts'

type Payment = ReturnType<typeof paymentFields>
type Notice = ReturnType<typeof noticeFields>

/** Changes under a good signature: authentic, and still not what was ordered. */
const PAYMENT_LIES: Partial<Record<NotificationFault, (truth: Payment) => object>> = {
  wrong_amount: ({ amount }) => ({ amount: { ...amount, total: amount.total + 1 } }),
  wrong_appid: () => ({ appid: STRANGERS.appid }),
  wrong_mchid: () => ({ mchid: STRANGERS.mchid }),
  wrong_currency: ({ amount }) => ({ amount: { ...amount, currency: 'USD' } }),
  wrong_payer: () => ({ payer: { openid: STRANGERS.openid } }),
  unknown_order: () => ({ out_trade_no: STRANGERS.outTradeNo }),
  payment_failed: () => ({ trade_state: 'PAYERROR', trade_state_desc: '支付失败' }),
}

const REFUND_LIES: Partial<Record<RefundNotificationFault, (truth: Notice) => object>> = {
  wrong_amount: ({ amount }) => ({ amount: { ...amount, refund: amount.refund + 1 } }),
  wrong_status: ({ refund_status }) => ({
    refund_status: refund_status === 'SUCCESS' ? STATUSES.REFUNDCLOSE : STATUSES.SUCCESS,
  }),
  wrong_mchid: () => ({ mchid: STRANGERS.mchid }),
  unknown_order: () => ({
    out_trade_no: STRANGERS.outTradeNo,
    transaction_id: STRANGERS.transactionId,
  }),
  unknown_refund: () => ({ out_refund_no: STRANGERS.outRefundNo, refund_id: STRANGERS.refundId }),
}

export function paymentMessage(
  platform: Platform,
  notification: PaymentNotification,
  fault: NotificationFault | null,
  field?: string,
): Message {
  const { account } = platform
  const truth = paymentFields(account, notification.transaction)
  const lie = fault === null ? undefined : PAYMENT_LIES[fault]
  const envelope = {
    event: 'TRANSACTION.SUCCESS',
    summary: '支付成功',
    type: 'transaction',
    content: { ...truth, ...lie?.(truth) },
    lie: lie === undefined ? '' : String(fault),
  } as const
  const body = writeBody(account, notification, envelope)
  if (fault !== 'tampered' || field === undefined) return messageOf(platform, body, fault)
  const content = tamperedContent(envelope.content, field)
  const changed = { ...envelope, content, lie: `${fault} ${field}` }
  // Signed as it was before, and well encrypted.
  const { headers } = messageOf(platform, body, null)
  return { headers, body: writeBody(account, notification, changed) }
}

const REFUND_EVENTS = {
  SUCCESS: { event: 'REFUND.SUCCESS', summary: '退款成功' },
  CHANGE: { event: 'REFUND.ABNORMAL', summary: '退款异常' },
  REFUNDCLOSE: { event: 'REFUND.CLOSED', summary: '退款关闭' },
} as const satisfies Record<RefundOutcome, { event: string; summary: string }>

export function refundMessage(
  platform: Platform,
  notification: RefundNotification,
  fault: RefundNotificationFault | null,
): Message {
  const { refund, settlement } = notification
  const truth = noticeFields(platform.account, refund, settlement)
  const lie = fault === null ? undefined : REFUND_LIES[fault]
  const envelope = {
    ...REFUND_EVENTS[settlement.outcome],
    type: 'refund',
    content: { ...truth, ...lie?.(truth) },
    lie: lie === undefined ? '' : String(fault),
  } as const
  return messageOf(platform, writeBody(platform.account, notification, envelope), fault)
}

interface Envelope {
  readonly event: string
  readonly summary: string
  readonly type: 'transaction' | 'refund'
  readonly content: object
  /** The fault that changed the content, or nothing. */
  readonly lie: string
}

/** The same bytes in every attempt: what is random in it comes from the id of the notification. */
function writeBody(
  { v3Key }: Account,
  { id, createdAt }: Pick<Notification, 'id' | 'createdAt'>,
  { event, summary, type, content, lie }: Envelope,
): string {
  // Two texts under one nonce would tell of the key, so a changed one has its own.
  const nonce = sealNonce(createHash('sha256').update(`${id}\n${lie}`).digest())
  const sealed = { nonce, associatedData: type }
  return JSON.stringify({
    id,
    create_time: formatRfc3339(createdAt),
    resource_type: 'encrypt-resource',
    event_type: event,
    summary,
    resource: {
      original_type: type,
      algorithm: ALGORITHM,
      ciphertext: seal(JSON.stringify(content), sealed, Buffer.from(v3Key)),
      associated_data: type,
      nonce,
    },
  })
}

/** As in a real capture. */
const HEADERS = {
  'User-Agent': 'Mozilla/4.0',
  Accept: '*/*',
  'Content-Type': 'application/json',
  Pragma: 'no-cache',
  Connection: 'close',
} as const

const SIGNINGS: Partial<Record<NotificationFault | RefundNotificationFault, Signing>> = {
  wrong_key: 'wrongly signed',
  unsigned: 'unsigned',
  unknown_serial: 'unknown serial',
  expired: 'expired',
  future: 'future',
  signtest: 'probe',
}

function messageOf(
  platform: Platform,
  body: string,
  fault: NotificationFault | RefundNotificationFault | null,
): Message {
  const signing = (fault === null ? undefined : SIGNINGS[fault]) ?? 'signed'
  const headers = {
    ...HEADERS,
    'Request-ID': platform.random.bytes(16).toString('hex').toUpperCase(),
    ...signatureHeaders(platform, body, { key: platform.keys.forNotification(), signing }),
  }
  return { headers, body: fault === 'tampered' ? tampered(body) : body }
}

/** Another ciphertext than was signed, in the first of its bytes. */
const tampered = (body: string): string =>
  body.replace(
    /"ciphertext":"(.)/,
    (_, first: string) => `"ciphertext":"${first === 'A' ? 'B' : 'A'}`,
  )
