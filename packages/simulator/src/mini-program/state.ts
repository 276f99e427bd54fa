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
  readonly data: Readonly<Record<string, string>>
}

/** What a merchant reported of a payment. */
export interface Shipment {
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
  /** By `transaction_id`. */
  readonly shipments: Map<string, Shipment>
  /** Whether paid orders have to be reported as shipped. */
  isTradeManaged: boolean
}

export const createMiniProgramState = (): MiniProgramState => ({
  visits: new Map(),
  tokens: new Map(),
  forcedRefreshes: [],
  acceptances: new Map(),
  messages: [],
  shipments: new Map(),
  isTradeManaged: true,
})
