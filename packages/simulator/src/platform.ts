import type { Certificate } from '@dashang/shared/signing/v3/keys'
import type { Changes } from './changes.ts'
import type { Clock } from './clock.ts'
import type { Faults } from './faults.ts'
import type { Log } from './log.ts'
import { createMiniProgramState, type MiniProgramState } from './mini-program/state.ts'
import type { Api, Order, Refund, Settlement, Transaction } from './order.ts'
import type { KeyRing } from './pay-v3/key-ring.ts'
import type { Random } from './random.ts'
import type { SignatureFacts } from './signatures/compare.ts'

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

export interface LoginCode {
  readonly openid: string
  readonly issuedAt: Date
  isUsed: boolean
}

export interface PrepayId {
  readonly outTradeNo: string
  readonly issuedAt: Date
}

/** One request of the merchant's server, or of a phone, kept for the person who looks. */
export interface Call {
  readonly at: Date
  readonly api: string
  readonly outTradeNo: string | null
  /** What it was answered: a code of WeChat's, `OK`, or the fault that struck. */
  readonly result: string
  readonly hint: string | null
  /** Only where it was the signature that did not fit. */
  readonly signature?: SignatureFacts | null
}

/** What an attempt sends. */
export interface Message {
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

export interface Attempt {
  readonly at: Date
  readonly fault: string | null
  readonly request: Message
  readonly status: number | null
  readonly answer: string
  readonly isAccepted: boolean
}

interface Telling {
  /** The same in every attempt. */
  readonly id: string
  readonly createdAt: Date
  /** How the merchant is told: in XML as of API v2, or in JSON as of API v3. */
  readonly protocol: Api
  readonly outTradeNo: string
  readonly url: string
  readonly attempts: Attempt[]
  /** How many of the planned retries are used up. */
  retries: number
  nextAt: Date | null
}

export interface PaymentNotification extends Telling {
  readonly kind: 'payment'
  readonly transaction: Transaction
}

export interface RefundNotification extends Telling {
  readonly kind: 'refund'
  readonly refund: Refund
  readonly settlement: Settlement
}

/** What a merchant is told of, until it is accepted. */
export type Notification = PaymentNotification | RefundNotification

/** A bill that may be fetched, for five minutes and by this merchant. */
export interface BillTicket {
  readonly mchid: string
  readonly issuedAt: Date
  readonly form: 'plain' | 'gzip'
  /** The same each time; `short` ends in the middle of the last row. */
  readonly text: (fault: 'cut' | 'short' | null) => Iterable<string>
}

/** All that the platform knows. Every room works on this one state. */
export interface Platform {
  readonly account: Account
  readonly clock: Clock
  readonly faults: Faults
  readonly random: Random
  readonly log: Log
  readonly changes: Changes
  /** The keys of WeChat's that API v3 signs with. */
  readonly keys: KeyRing
  /** The merchant's API certificate, which its requests are checked with. */
  readonly merchantCertificate: Certificate
  /** The clock of signatures: the real one where the other side cannot follow `clock`. */
  readonly stampNow: () => Date
  /** Where the merchant's console says that refunds are told, if it says so. */
  readonly refundNotifyUrl: string | null
  readonly codes: Map<string, LoginCode>
  readonly openids: Set<string>
  /** By openid, the names that scripts and people gave their users. */
  readonly userNames: Map<string, string>
  readonly orders: Map<string, Order>
  readonly prepayIds: Map<string, PrepayId>
  /** By `transaction_id`, in the order of time. */
  readonly transactions: Map<string, Transaction>
  /** By `out_refund_no`, in the order of time. */
  readonly refunds: Map<string, Refund>
  /** Bills that were asked for by API v3, by the token of their address. */
  readonly billTickets: Map<string, BillTicket>
  readonly notifications: Notification[]
  /** Messages that wait until a later one has been sent. */
  readonly held: { notification: Notification; until: Date; finish: () => Promise<void> }[]
  miniProgram: MiniProgramState
  readonly calls: (Call & { readonly id: number })[]
}

const KEPT_CALLS = 500

export function createPlatform(
  parts: Pick<
    Platform,
    | 'account'
    | 'clock'
    | 'faults'
    | 'random'
    | 'log'
    | 'changes'
    | 'keys'
    | 'merchantCertificate'
    | 'stampNow'
    | 'refundNotifyUrl'
  >,
): Platform {
  return {
    ...parts,
    codes: new Map(),
    openids: new Set(),
    userNames: new Map(),
    orders: new Map(),
    prepayIds: new Map(),
    transactions: new Map(),
    refunds: new Map(),
    billTickets: new Map(),
    notifications: [],
    held: [],
    miniProgram: createMiniProgramState(),
    calls: [],
  }
}

/** What is kept of a call, and with its answer in the log. */
export function recordCall(platform: Platform, call: Omit<Call, 'at'>, answer?: object): void {
  const id = (platform.calls.at(-1)?.id ?? 0) + 1
  const kept = { id, at: platform.clock.now(), ...call }
  platform.log.add(kept.at, 'call', { ...kept, ...(answer && { answer }) })
  platform.calls.push(kept)
  if (platform.calls.length > KEPT_CALLS) platform.calls.shift()
  platform.changes.announce()
}

export function resetPlatform(platform: Platform): void {
  const { codes, openids, userNames, orders, prepayIds, transactions, refunds } = platform
  const kinds = [codes, openids, userNames, orders, prepayIds, transactions, refunds]
  for (const kind of [...kinds, platform.billTickets]) kind.clear()
  platform.clock.clear()
  // What is under way goes on only as long as its notification says so.
  for (const notification of platform.notifications) notification.nextAt = null
  for (const kept of [platform.notifications, platform.held, platform.calls]) kept.length = 0
  platform.miniProgram = createMiniProgramState()
  platform.faults.clear()
  // The same script after a reset is told in the same words.
  platform.log.clear()
  platform.random.moveTo(0)
  platform.keys.reset()
}
