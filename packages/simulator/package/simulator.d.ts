// What a program may count on that installs the package; the source has more, for its own tests.

/** One merchant with one mini-program, as they stand in WeChat's consoles. */
export interface Account {
  readonly appid: string
  readonly appSecret: string
  readonly mchid: string
  readonly merchantName: string
  /** The API key, 32 characters. */
  readonly v2Key: string
  /** The APIv3 key, 32 bytes. */
  readonly v3Key: string
}

/** PEM text, all of it. */
export interface Certificates {
  readonly caCert: string
  readonly caKey: string
  readonly serverCert: string
  readonly serverKey: string
  readonly merchantCert: string
  readonly merchantKey: string
  readonly platformCert: string
  readonly platformKey: string
  readonly wechatPublicKey: string
  readonly wechatPrivateKey: string
}

/** An authority of its own, the server that it vouches for, and the merchant with this number. */
export declare function makeCertificates(mchid: string): Promise<Certificates>

/** What goes wrong where; the README has the table of `on` and `fault`. */
export interface FaultRule {
  readonly on: string
  readonly fault: string
  /** How many times from now; without it, until removed. */
  readonly times?: number
  /** How many occasions pass by first. */
  readonly after?: number
  /** Each how manieth occasion after these; 1, the default, is each. */
  readonly every?: number
  /** Only what concerns one of these `out_trade_no`. */
  readonly orders?: string[]
  /** Only a text that has one of these words. */
  readonly words?: string[]
  readonly seconds?: number
  readonly copies?: number
  readonly field?: string
}

/** Whether the tables know it; `add` throws for one that they do not. */
export declare function isFaultRule(rule: FaultRule): boolean

/** A rule as it stands now. */
export interface ListedRule extends FaultRule {
  readonly id: string
  /** On how many occasions it could have struck, whether it was its turn or not. */
  readonly seen: number
  /** How often it struck. */
  readonly fired: number
  /** How often it will yet; `null` where only its removal ends it. */
  readonly left: number | null
}

export interface Faults {
  list(): readonly ListedRule[]
  /** Answers the id of the rule, which no other one ever has. */
  add(rule: FaultRule): string
  /** Answers the rule that is gone; `null` when no such rule was left. */
  remove(id: string): FaultRule | null
  clear(): void
}

/** A clock that can be stepped ahead, doing on the way what falls due. */
export interface Clock {
  now(): Date
  /** When the next of its tasks is due, if one is planned. */
  nextAt(): Date | null
  advance(ms: number): Promise<void>
}

export type KeyMode = 'public_key' | 'certificate' | 'migration'
export type KeyKind = 'public_key' | 'certificate'

export interface Shares {
  /** In migration, of a hundred notifications how many the public key signs. */
  readonly publicKeyPercent: number
  /** After a rotation, of a hundred notifications how many the key before still signs. */
  readonly overlapPercent: number
}

/** A key of WeChat's: its `Wechatpay-Serial`, and what merchants are given. */
export interface PlatformKey {
  readonly id: string
  readonly kind: KeyKind
  readonly publicPem: string
}

/** The keys of WeChat's that API v3 signs with. */
export interface KeyRing {
  mode(): KeyMode
  setMode(mode: KeyMode): void
  setShares(shares: Partial<Shares>): void
  /** Those that are valid, the newest first. */
  list(): readonly PlatformKey[]
  newest(kind: KeyKind): PlatformKey
  /** A new key of this kind signs from now on; the one before stays valid. */
  rotate(kind: KeyKind): Promise<PlatformKey>
  /** False for an unknown key, and for the last one of its kind. */
  revoke(id: string): { isRevoked: boolean }
}

/** What a merchant of API v3 is given beside its certificate, as it stands now. */
export interface V3Credentials {
  /** `PUB_KEY_ID_…` */
  readonly publicKeyId: string
  readonly publicKey: string
  readonly platformSerial: string
  readonly platformCertificate: string
  readonly merchantSerial: string
}

export interface Order {
  /** By which it was placed. */
  readonly api: 'v2' | 'v3'
  readonly outTradeNo: string
  readonly openid: string
  readonly totalFee: number
  readonly createdAt: Date
  readonly state: 'NOTPAY' | 'SUCCESS' | 'REFUND' | 'CLOSED'
  /** Of the first payment. */
  readonly transactionId: string | null
  readonly paidAt: Date | null
}

export type RefundOutcome = 'SUCCESS' | 'CHANGE' | 'REFUNDCLOSE'

export interface Refund {
  readonly outRefundNo: string
  readonly refundId: string
  readonly refundFee: number
  readonly createdAt: Date
  readonly status: 'PROCESSING' | RefundOutcome
  readonly settledAt: Date | null
}

/** The options of `wx.requestPayment`, and who calls it. */
export interface PaymentRequest {
  readonly openid: string
  readonly appid?: string
  readonly timeStamp: string
  readonly nonceStr: string
  readonly package: string
  readonly signType: string
  readonly paySign: string
}

export type PaymentRequestResult =
  | { readonly kind: 'open'; readonly order: Order }
  | { readonly kind: 'fail'; readonly errMsg: string; readonly hint: string }
  /** A rule said beforehand what the person does; `null` when the client never hears of it. */
  | { readonly kind: 'scripted'; readonly order: Order; readonly errMsg: string | null }

/** What a person, or a script, can do at the cashier. */
export type Outcome =
  'pay' | 'cancel' | 'fail' | 'vanish' | 'pay_and_report_fail' | 'pay_and_vanish' | 'pay_again'

export interface SimulatorOptions {
  readonly account: Account
  /** `0`, the default, takes any free port. */
  readonly port?: number
  /** The same for the port where client certificates count. */
  readonly tlsPort?: number
  readonly host?: string
  /** Where the clock starts; without it where `stateFile` left it, else at the real time. */
  readonly startAt?: Date
  /** Read at the start and written at the end, so that a restart goes on from before. */
  readonly stateFile?: string | null
  /** Numbers, nonces, tokens, keys and certificates are the same for the same seed. */
  readonly seed?: string | null
  /** `runs` with the real one, or `stands` but for steps; with a seed it stands unless told so. */
  readonly clock?: 'runs' | 'stands'
  /** Without them, some that last as long as the process. */
  readonly certificates?: Certificates
  /** Which keys of WeChat's the merchant has; without it as in `stateFile`, else the public key alone. */
  readonly keyMode?: KeyMode
  /** The clock that signatures of API v3 go by; `clock` without it. */
  readonly stampNow?: () => Date
  /** What the merchant's console has for refunds whose request names no address. */
  readonly refundNotifyUrl?: string | null
}

/** The platform, running, with the things a test does to it. */
export interface Simulator {
  readonly url: string
  /** WeChat over TLS; a refund of v2 is taken here only, from who shows the certificate of the merchant. */
  readonly tlsUrl: string
  readonly certificates: Pick<Certificates, 'caCert' | 'merchantCert' | 'merchantKey'>
  readonly account: Account
  readonly clock: Clock
  readonly faults: Faults
  readonly keys: KeyRing
  v3(): V3Credentials
  /** What `wx.login` does on the phone of this user. */
  login(user: string): { code: string; openid: string }
  /** What `wx.requestPayment` checks before the cashier opens. */
  requestPayment(request: PaymentRequest): PaymentRequestResult
  /** What a person does at the cashier. */
  pay(outTradeNo: string, outcome?: Outcome): { errMsg: string | null }
  order(outTradeNo: string): Order | undefined
  refund(outRefundNo: string): Refund | undefined
  /** What the bank does to a refund before it settles by itself. */
  settleRefund(outRefundNo: string, outcome: RefundOutcome): void
  close(): Promise<void>
}

/** Starts the WeChat platform on 127.0.0.1; every signature it makes and checks is real. */
export declare function startSimulator(options: SimulatorOptions): Promise<Simulator>
