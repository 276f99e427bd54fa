import type { ToldEvent } from './refund.ts'

/** What WeChat says of one refund, whichever way it said so. */
export interface RefundFact {
  /** Ours; WeChat's out_refund_no. */
  readonly refundId: string
  readonly transactionId: string
  readonly amountFen: number
  /** Of the whole payment. */
  readonly totalFen: number
  readonly wechatRefundId: string
  readonly event: ToldEvent
}

/** What was asked for. */
export type RequestedRefund = Omit<RefundFact, 'wechatRefundId' | 'event'>

/** A word of WeChat that means something for a refund. */
export type RefundNews =
  | { readonly kind: 'told'; readonly fact: RefundFact }
  /** Not carried out for now: the balance, the configuration, a limit. */
  | { readonly kind: 'blocked'; readonly code: string; readonly reason: string }
  /** Not carried out, and it never will be. */
  | { readonly kind: 'refused'; readonly code: string; readonly reason: string }

const COMPARED = {
  refundId: true,
  transactionId: true,
  amountFen: true,
  totalFen: true,
} as const satisfies Record<keyof RequestedRefund, true>

/** The names of the fields in which a refund differs from what was asked for. */
export function refundMismatches(
  requested: RequestedRefund,
  fact: RefundFact,
): (keyof RequestedRefund)[] {
  const names = Object.keys(COMPARED) as (keyof RequestedRefund)[]
  return names.filter((name) => requested[name] !== fact[name])
}
