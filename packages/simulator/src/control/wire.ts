import type { ListedRule } from '../faults.ts'
import type { Api, RefundOutcome, TradeState } from '../order.ts'
import type { SignatureFacts } from '../signatures/compare.ts'

// What the pages read, apart from what the platform is made of: a browser knows nothing of that.
// Each `Date` becomes text on its way.

export interface OrderView {
  readonly outTradeNo: string
  readonly api: Api
  readonly state: TradeState
  readonly totalFee: number
  readonly amount: string
  /** What the wallet at the cashier holds. */
  readonly balance: string
  readonly body: string
  readonly attach: string
  readonly notifyUrl: string
  readonly merchant: string
  readonly openid: string
  /** The name of who pays, where it is known. */
  readonly user: string | null
  readonly transactionId: string | null
  readonly transactions: readonly { readonly transactionId: string; readonly paidAt: Date }[]
  readonly createdAt: Date
  readonly expiresAt: Date
  readonly paidAt: Date | null
}

export interface RefundView {
  readonly outRefundNo: string
  readonly api: Api
  readonly refundId: string
  readonly outTradeNo: string
  readonly transactionId: string
  readonly status: 'PROCESSING' | RefundOutcome
  readonly refundFee: number
  readonly amount: string
  readonly totalFee: number
  readonly totalAmount: string
  readonly reason: string
  readonly createdAt: Date
  readonly settlesAt: Date | null
  readonly settledAt: Date | null
}

export interface AttemptView {
  readonly at: Date
  readonly fault: string | null
  readonly request: {
    readonly headers: Readonly<Record<string, string>>
    readonly body: string
    /** More than `body` has, where only its beginning is here. */
    readonly bodyLength: number
  }
  readonly status: number | null
  readonly answer: string
  readonly isAccepted: boolean
}

export interface NotificationView {
  readonly id: string
  readonly kind: 'payment' | 'refund'
  readonly protocol: Api
  readonly outTradeNo: string
  readonly outRefundNo: string | null
  readonly url: string
  readonly attempts: readonly AttemptView[]
  readonly createdAt: Date
  readonly nextAt: Date | null
}

export interface CallView {
  readonly id: number
  readonly at: Date
  readonly api: string
  readonly outTradeNo: string | null
  readonly result: string
  readonly hint: string | null
  readonly signature?: SignatureFacts | null
}

export interface UserView {
  readonly openid: string
  readonly name: string | null
  readonly orders: number
}

export type FaultView = ListedRule

export interface KeyView {
  readonly id: string
  readonly kind: 'public_key' | 'certificate'
  readonly isNewest: boolean
  readonly validFrom: Date | null
  readonly validTo: Date | null
  readonly publicPem: string
}

export interface KeysView {
  readonly mode: 'public_key' | 'certificate' | 'migration'
  /** In migration, of a hundred notifications how many the public key signs. */
  readonly publicKeyPercent: number
  /** After a rotation, of a hundred notifications how many the key before still signs. */
  readonly overlapPercent: number
  readonly merchant: { readonly mchid: string; readonly serial: string }
  readonly keys: readonly KeyView[]
}

interface OfUser {
  readonly openid: string
  /** The name, where it is known. */
  readonly user: string | null
}

/** A subscribe message that reached a user. */
export interface MessageView extends OfUser {
  readonly at: Date
  readonly templateId: string
  readonly page: string
  readonly data: Readonly<Record<string, string>>
}

/** How many more messages of a template a user takes. */
export interface AcceptanceView extends OfUser {
  readonly templateId: string
  readonly left: number
}

export interface TextCheckView extends OfUser {
  readonly at: Date
  readonly content: string
  readonly suggest: 'pass' | 'review' | 'risky'
}

export interface ShipmentView extends OfUser {
  readonly transactionId: string
  readonly outTradeNo: string
  /** The newest report. */
  readonly reportedAt: Date
  readonly reports: number
  readonly logisticsType: number
  readonly description: string
  readonly trackingNo: string
  readonly isCorrected: boolean
  readonly isComplete: boolean
}

/** What there can be many of. */
export interface StateLists {
  readonly users: readonly UserView[]
  readonly orders: readonly OrderView[]
  readonly refunds: readonly RefundView[]
  readonly notifications: readonly NotificationView[]
  readonly messages: readonly MessageView[]
  readonly textChecks: readonly TextCheckView[]
  readonly shipments: readonly ShipmentView[]
  readonly calls: readonly CallView[]
}

export type StateCounts = Readonly<Record<keyof StateLists, number>>

export interface StateView extends StateLists {
  /** The same as the id of the last event. */
  readonly version: string
  readonly now: Date
  readonly nextEventAt: Date | null
  readonly merchant: string
  readonly appid: string
  readonly mchid: string
  /** Where the state is kept between two runs, if it is. */
  readonly stateFile: string | null
  readonly counts: StateCounts
  /** How many of each have the words that were looked for. */
  readonly found: StateCounts
  readonly billKinds: readonly string[]
  readonly acceptances: readonly AcceptanceView[]
  readonly isTradeManaged: boolean
  readonly faults: readonly FaultView[]
}
