import type { IncomingHttpHeaders } from 'node:http'

/** What came to a notify address. */
export interface Received {
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

export interface OrderToPlace {
  readonly outTradeNo: string
  readonly amount: string
  readonly openid: string
  readonly notifyUrl: string
}

/** What a payment notification says, in one vocabulary for both versions. */
export interface ToldPayment {
  readonly outTradeNo: string
  readonly transactionId: string
  readonly appid: string
  readonly mchid: string
  readonly openid: string
  readonly currency: string
  readonly amount: string
  readonly isPaid: boolean
  /** The day of Beijing on which it was paid, as 2026-01-31. */
  readonly paidOn: string
}

export interface RefundToAsk {
  readonly outTradeNo: string
  readonly outRefundNo: string
  readonly amount: string
  readonly total: string
  readonly notifyUrl: string | null
}

/** The same of a refund. */
export interface ToldRefund {
  readonly outRefundNo: string
  readonly mchid: string
  readonly amount: string
  readonly isRefunded: boolean
}

export interface Answer {
  readonly status: number
  readonly body: string
}

/** How somebody's server speaks to WeChat. */
export interface Dialect {
  /** Answers the five parameters of the cashier. */
  place(order: OrderToPlace): Promise<object>
  isPaid(outTradeNo: string): Promise<boolean>
  close(outTradeNo: string): Promise<void>
  /** Throws for what it does not believe. */
  readPayment(received: Received): Promise<ToldPayment>
  refund(refund: RefundToAsk): Promise<void>
  isRefunded(outRefundNo: string): Promise<boolean>
  readRefund(received: Received): Promise<ToldRefund>
  /** The text of a bill; `null` for a day without one. */
  bill(day: string): Promise<string | null>
  readonly success: Answer
  readonly failure: Answer
}

/** To answer nothing at all, and go. */
export class HangUp extends Error {
  override readonly name = 'HangUp'
}

/** What it cannot read or does not believe, and acknowledges all the same. */
export class Shrug extends Error {
  override readonly name = 'Shrug'
}
