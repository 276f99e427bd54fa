import type { PaymentStatus } from '@dashang/shared/contracts/orders'
import { codeOf, type RefusalOf } from './api-error'
import type { CashierOutcome } from './tip'
import type { TipEnding } from './tip-ending'

type Refusal = RefusalOf<'POST /api/prepay' | 'POST /api/login'>

/** What a refusal before the cashier is to the person; nothing was charged by any of them. */
const REFUSALS = {
  OFFLINE: 'offline',
  RATE_LIMITED: 'busy',
  NOT_READY: 'busy',
  DATABASE_BUSY: 'busy',
  INTERNAL: 'busy',
  WECHAT_BUSY: 'busy',
  WECHAT_TIMEOUT: 'busy',
  WECHAT_UNTRUSTED: 'busy',
  LOGIN_TOO_OFTEN: 'busy',
  LOGIN_CODE_INVALID: 'busy',
  LOGIN_CODE_USED: 'busy',
  UNAUTHENTICATED: 'busy',
  ORDER_PAID: 'already_paid',
  ORDER_CLOSED: 'closed',
  ORDER_EXPIRED: 'closed',
  ORDER_CONFLICT: 'closed',
  ORDER_NOT_FOUND: 'closed',
  AMOUNT_NOT_ALLOWED: 'refused',
  MESSAGE_NOT_ALLOWED: 'refused',
  MESSAGE_REFUSED: 'refused',
  NAME_NOT_ALLOWED: 'refused',
  CREATOR_NOT_FOUND: 'unpayable',
  CREATOR_RETIRED: 'unpayable',
  INVALID_REQUEST: 'unpayable',
  WECHAT_REFUSED: 'unpayable',
  LOGIN_REFUSED: 'unpayable',
} as const satisfies Record<Refusal, TipEnding>

const BY_CODE: ReadonlyMap<string, TipEnding> = new Map(
  (Object.keys(REFUSALS) as Refusal[]).map((code) => [code, REFUSALS[code]]),
)

export function endingOfRefusal(error: unknown): TipEnding {
  return BY_CODE.get(codeOf(error)) ?? 'failed'
}

/** The word of the phone against the word of WeChat. Only WeChat can say «paid». */
const ENDINGS = {
  submitted: { paid: 'paid', not_paid: 'unconfirmed', unknown: 'unconfirmed' },
  unknown: { paid: 'paid', not_paid: 'failed', unknown: 'unconfirmed' },
  cancelled: { paid: 'paid', not_paid: 'cancelled', unknown: 'unconfirmed' },
} as const satisfies Record<CashierOutcome, Record<PaymentStatus, TipEnding>>

/** WeChat may lag behind the phone that long; after it, its «not paid» counts. */
export const PATIENCE_MS = 60_000

export function endingOf(
  phone: CashierOutcome,
  status: PaymentStatus,
  sinceOpenedMs: number,
): TipEnding {
  const word = phone === 'submitted' && sinceOpenedMs > PATIENCE_MS ? 'unknown' : phone
  return ENDINGS[word][status]
}

/** What the one button under a result does. */
export type NextStep = 'finish' | 'pay_same' | 'pay_anew' | 'ask' | 'go_back' | 'show_record'

export const NEXT_STEPS = {
  paid: 'finish',
  already_paid: 'show_record',
  cancelled: 'pay_same',
  failed: 'pay_same',
  unconfirmed: 'ask',
  closed: 'pay_anew',
  offline: 'pay_same',
  busy: 'pay_same',
  refused: 'go_back',
  unpayable: 'go_back',
} as const satisfies Record<TipEnding, NextStep>

const OVER: ReadonlySet<TipEnding> = new Set(['closed', 'refused', 'unpayable'])

/** After these the order id can never be paid; another try is another order. */
export const isOver = (kind: TipEnding): boolean => OVER.has(kind)
