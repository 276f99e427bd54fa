/** What WeChat says of one payment, whichever way it said so. */
export interface PaymentFact {
  readonly appid: string
  readonly mchid: string
  readonly orderId: string
  readonly amountFen: number
  readonly currency: string
  readonly openid: string
  readonly transactionId: string
  readonly paidAt: Date
}

/** What was ordered: the same fields, as far as an order knows them before it is paid. */
export type Ordered = Omit<PaymentFact, 'transactionId' | 'paidAt'>

const COMPARED = {
  appid: true,
  mchid: true,
  orderId: true,
  amountFen: true,
  currency: true,
  openid: true,
} as const satisfies Record<keyof Ordered, true>

/**
 * The names of the fields in which a payment differs from what was ordered. Only a payment without
 * any pays an order.
 */
export function mismatches(ordered: Ordered, fact: PaymentFact): (keyof Ordered)[] {
  const names = Object.keys(COMPARED) as (keyof Ordered)[]
  return names.filter((name) => ordered[name] !== fact[name])
}
