/** What a user of the mini-program left behind at the last visit. */
export interface Visit {
  readonly at: Date
  /** The newest; `null` until a code was exchanged. */
  sessionKey: string | null
}

export interface AccessToken {
  readonly kind: 'legacy' | 'stable'
  readonly expiresAt: Date
  /** Earlier than `expiresAt` once another has replaced it. */
  diesAt: Date
}

export interface SentMessage {
  readonly at: Date
  readonly openid: string
  readonly templateId: string
  /** Which page of the mini-program a tap opens; empty for none. */
  readonly page: string
  readonly data: Readonly<Record<string, string>>
}

/** What a text was found to be. */
export interface TextCheck {
  readonly at: Date
  readonly openid: string
  readonly content: string
  readonly suggest: 'pass' | 'review' | 'risky'
}

/** What a merchant reported of a payment. */
export interface Shipment {
  /** Of the newest report. */
  reportedAt: Date
  readonly reports: string[]
  isCorrected: boolean
  isComplete: boolean
}

/** What the mini-program's half of the platform knows. */
export interface MiniProgramState {
  /** By openid. */
  readonly visits: Map<string, Visit>
  readonly tokens: Map<string, AccessToken>
  readonly forcedRefreshes: Date[]
  /** How many messages a user still takes, by openid and template. */
  readonly acceptances: Map<string, number>
  readonly messages: SentMessage[]
  readonly textChecks: TextCheck[]
  /** By `transaction_id`. */
  readonly shipments: Map<string, Shipment>
  /** Whether paid orders have to be reported as shipped. */
  isTradeManaged: boolean
}

const KEPT_TEXT_CHECKS = 500

export function keepTextCheck({ textChecks }: MiniProgramState, check: TextCheck): void {
  textChecks.push(check)
  if (textChecks.length > KEPT_TEXT_CHECKS) textChecks.shift()
}

export const createMiniProgramState = (): MiniProgramState => ({
  visits: new Map(),
  tokens: new Map(),
  forcedRefreshes: [],
  acceptances: new Map(),
  messages: [],
  textChecks: [],
  shipments: new Map(),
  isTradeManaged: true,
})
