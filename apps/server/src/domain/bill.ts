import type { PaymentFact } from './payment-fact.ts'

/** A row that tells of money that came in. */
export interface BillPayment {
  readonly kind: 'payment'
  readonly fact: PaymentFact
  readonly fee: Fee
}

/** What WeChat says of one refund; its state is that of the moment the bill was made. */
export interface RefundFact {
  readonly appid: string
  readonly mchid: string
  readonly orderId: string
  readonly transactionId: string
  readonly refundId: string
  readonly wechatRefundId: string
  readonly amountFen: number
  readonly currency: string
  readonly state: string
  readonly requestedAt: Date
}

/** A row that tells of money that went back. */
export interface BillRefund {
  readonly kind: 'refund'
  readonly fact: RefundFact
  readonly fee: Fee
}

export type BillRow = BillPayment | BillRefund

/** What WeChat keeps of one payment, or gives back with a refund, and how it came to that. */
export interface Fee {
  readonly feeMilliFen: number
  /** The amount that the fee is taken of, in fen. */
  readonly baseFen: number
  /** `0.60%` is 60000 of ten million; `null` where the bill names no rate. */
  readonly rateTenMillionths: number | null
}

export interface BillTotals {
  readonly paymentCount: number
  readonly paymentFen: number
  readonly refundCount: number
  readonly refundFen: number
  readonly feeMilliFen: number
}

export const EMPTY_BILL: BillTotals = {
  paymentCount: 0,
  paymentFen: 0,
  refundCount: 0,
  refundFen: 0,
  feeMilliFen: 0,
}

/** A bill as it comes: rows, and at the very end totals that its own summary agreed with. */
export type BillPart =
  | { readonly kind: 'rows'; readonly rows: readonly BillRow[] }
  | { readonly kind: 'totals'; readonly totals: BillTotals }

/** `cut`: it ended too early, so ask again. The others stay true however often one asks. */
export type BillFault = 'cut' | 'unreadable' | 'inconsistent'

/** A bill that nothing may be believed of; the message names the line or the sum. */
export class BillError extends Error {
  override readonly name = 'BillError'
  readonly fault: BillFault

  constructor(fault: BillFault, message: string, options?: ErrorOptions) {
    super(message, options)
    this.fault = fault
  }
}

/**
 * WeChat rounds the fee of a payment to a fen. What it gives back with a refund is the difference of
 * two such fees.
 */
const TOLERANCE_MILLI_FEN = { payment: 500, refund: 1000 } as const satisfies Record<
  BillRow['kind'],
  number
>
/** A fen times a ten-millionth, seen as thousandths of a fen. */
const PRODUCT_SCALE = 10_000n

/**
 * Whether a fee is what its rate makes of its amount. With a refund WeChat gives back a share of the
 * fee or nothing, depending on the contract. Multiplied out, because nothing here divides.
 */
export function isFeeOfRate({ kind, fee }: Pick<BillRow, 'kind' | 'fee'>): boolean {
  const { feeMilliFen, baseFen, rateTenMillionths } = fee
  if (rateTenMillionths === null) return true
  const exact = BigInt(baseFen) * BigInt(rateTenMillionths)
  const given = BigInt(kind === 'payment' ? feeMilliFen : -feeMilliFen) * PRODUCT_SCALE
  const tolerance = BigInt(TOLERANCE_MILLI_FEN[kind]) * PRODUCT_SCALE
  const least = kind === 'payment' ? exact - tolerance : 0n
  return given >= least && given <= exact + tolerance
}

/** From then on WeChat has made the bill of a day, if there was any trade. */
const READY_AFTER_MS = 10 * 60 * 60 * 1000
/** How late a bill may still come to a day that our books know payments of. */
const LATE_AFTER_MS = 24 * 60 * 60 * 1000

/**
 * Whether «No Bill Exist» means a day without trade: WeChat says the same when it was asked too
 * early, and a day that we were paid on cannot have been without trade.
 */
export function isDayWithoutTrade(facts: {
  dayEndedAt: Date
  now: Date
  booksPaymentCount: number
}): boolean {
  const age = facts.now.getTime() - facts.dayEndedAt.getTime()
  return age >= (facts.booksPaymentCount === 0 ? READY_AFTER_MS : LATE_AFTER_MS)
}
