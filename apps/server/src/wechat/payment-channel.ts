import type { Payment } from '@dashang/shared/contracts/payment'
import type { BeijingDay } from '@dashang/shared/signing/beijing-time'
import type { BillPart } from '../domain/bill.ts'
import type { PaymentFact } from '../domain/payment-fact.ts'
import type { RefundFact, RefundNews } from '../domain/refund-fact.ts'
import type { ChannelName } from './channel-names.ts'

/** What an order tells WeChat; equal in every repeat, or WeChat refuses it. */
export interface OrderToPlace {
  readonly orderId: string
  readonly amountFen: number
  readonly description: string
  readonly openid: string
  readonly clientIp: string
  readonly notifyUrl: string
  readonly createdAt: Date
  readonly expiresAt: Date
}

/** Why nothing is known. After any of these the request may have been carried out or not. */
export type Unclear = 'timeout' | 'unreachable' | 'busy' | 'malformed' | 'untrusted'

export type PlaceResult =
  | { readonly kind: 'placed'; readonly prepayId: string }
  | { readonly kind: 'already_paid' }
  | { readonly kind: 'already_closed' }
  /** A mistake of ours or of the configuration; the reason is for the log. */
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'unknown'; readonly why: Unclear }

export type QueryResult =
  | { readonly kind: 'paid'; readonly fact: PaymentFact }
  | { readonly kind: 'not_paid' }
  | { readonly kind: 'closed' }
  /** Never placed, or placed a moment ago: it proves nothing by itself. */
  | { readonly kind: 'not_found' }
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'unknown'; readonly why: Unclear }

export type CloseResult =
  /** Nobody can pay it any more, since now or since before. */
  | { readonly kind: 'closed' }
  | { readonly kind: 'already_paid' }
  | { readonly kind: 'not_found' }
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'unknown'; readonly why: Unclear }

/** What came to a notify address: the bytes, and the headers by lower-case name. */
export interface NotifiedMessage {
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array
}

/** An authentic notification. */
export type NotificationReading =
  | { readonly kind: 'paid'; readonly fact: PaymentFact }
  | { readonly kind: 'not_paid'; readonly orderId: string }
  /** Of a kind that nobody has described yet. */
  | { readonly kind: 'ignored' }

/** What a refund tells WeChat; the same id with the same amounts refunds once, however often. */
export interface RefundToSend {
  readonly refundId: string
  readonly transactionId: string
  readonly amountFen: number
  readonly totalFen: number
  readonly reason: string
  readonly notifyUrl: string
}

export type RefundResult = RefundNews | { readonly kind: 'unknown'; readonly why: Unclear }

/** `missing`: WeChat knows no such refund, so it may be sent, also again. */
export type RefundQueryResult = RefundResult | { readonly kind: 'missing' }

/** What a refund notice says. Not every one is signed, so none counts before it is asked about. */
export interface RefundNotice {
  readonly kind: 'refund'
  readonly orderId: string
  readonly fact: RefundFact
}

export type RefundReading = RefundNotice | { readonly kind: 'ignored' }

export type BillResult =
  /** Reading it throws `BillError` for a bill that nothing may be believed of. */
  | { readonly kind: 'bill'; readonly parts: AsyncIterable<BillPart> }
  /** No trade that day, or asked too early. */
  | { readonly kind: 'empty' }
  /** WeChat is still making it. */
  | { readonly kind: 'not_ready' }
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'unknown'; readonly why: Unclear }

/** One way to take money through WeChat. Nothing above `wechat/` knows which one it talks to. */
export interface PaymentChannel {
  readonly name: ChannelName
  /** Where WeChat sends this channel's payment notifications. */
  readonly notifyPath: string
  place(order: OrderToPlace): Promise<PlaceResult>
  query(orderId: string): Promise<QueryResult>
  /** The same, by the number that WeChat gave the payment. */
  queryTransaction(transactionId: string): Promise<QueryResult>
  /** Ends the time to pay an order; may be asked again. */
  close(orderId: string): Promise<CloseResult>
  /** The second signature: what the client hands to the cashier. */
  paymentFor(prepayId: string, now: Date): Payment
  /** All that WeChat booked on a day, for every mini-program of the merchant. */
  downloadBill(day: BeijingDay): Promise<BillResult>
  /** Throws `AppError` for what WeChat did not send or did not sign. */
  readNotification(message: NotifiedMessage, now: Date): Promise<NotificationReading>
  /** API v2 takes no refunds without a client certificate. */
  readonly canRefund: boolean
  /** Where WeChat sends this channel's refund notices. */
  readonly refundNotifyPath: string
  refund(refund: RefundToSend): Promise<RefundResult>
  queryRefund(refundId: string): Promise<RefundQueryResult>
  /** Throws `AppError` for what cannot be read with the keys of this merchant. */
  readRefundNotice(message: NotifiedMessage, now: Date): Promise<RefundReading>
}
