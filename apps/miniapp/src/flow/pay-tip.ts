import type { PaymentStatus } from '@dashang/shared/contracts/orders'
import type { Payment } from '@dashang/shared/contracts/payment'
import { codeOf } from './api-error'
import { endingOf, endingOfRefusal, isOver } from './endings'
import type { TipServices } from './services'
import type { CashierOutcome, PendingTip, Tip, TipContent, TipResult } from './tip'

/** Waits before each question whether the tip was paid; notification and query take their time. */
const QUESTIONS_MS: Readonly<Record<CashierOutcome, readonly number[]>> = {
  submitted: [0, 1000, 2000, 3000],
  unknown: [0, 1500],
  cancelled: [0],
}
const ONE_QUESTION_MS = [0]

/** A tip of this content: the one that is still open, or a new one. */
export function tipOf(services: TipServices, content: TipContent): Tip {
  const pending = services.pending.read()
  if (pending !== null && isSame(pending.tip, content)) return pending.tip
  return { ...content, orderId: services.newOrderId() }
}

/** Another content under the same id would be refused, so every word of it counts. */
const CONTENT = ['amountFen', 'creator', 'message', 'displayName', 'isAnonymous'] as const

function isSame(open: Tip, content: TipContent): boolean {
  return CONTENT.every((name) => open[name] === content[name])
}

/** What «try again» pays: the same order, so that nobody pays twice, unless that one is over. */
export function tipToRetry(services: TipServices, { kind, tip }: TipResult): Tip {
  return isOver(kind) ? { ...tip, orderId: services.newOrderId() } : tip
}

/** From the tap to what really happened. Never throws. */
export async function payTip(services: TipServices, tip: Tip): Promise<TipResult> {
  const doubt = await settleOther(services, tip)
  if (doubt !== null) return doubt

  const before = services.pending.read()
  const pending = before?.tip.orderId === tip.orderId ? before : { tip, phone: null, openedAt: 0 }
  let opened: PendingTip
  let payment: Payment
  try {
    services.pending.write(pending)
    payment = await services.prepay(tip)
    opened = { tip, phone: 'unknown', openedAt: services.now() }
    services.pending.write(opened)
  } catch (error) {
    return refused(services, pending, error)
  }
  const phone = await services.openCashier(payment).catch(() => 'unknown' as const)
  const closed = { ...opened, phone }
  services.pending.write(closed)
  return check(services, closed, QUESTIONS_MS[phone])
}

/** Pays what the form says: that an order of before was closed meanwhile is nothing to tell there. */
export async function giveTip(services: TipServices, tip: Tip): Promise<TipResult> {
  const isOfBefore = services.pending.read()?.tip.orderId === tip.orderId
  const result = await payTip(services, tip)
  const isBegunAnew = isOfBefore && result.kind === 'closed'
  return isBegunAnew ? payTip(services, tipToRetry(services, result)) : result
}

/** Somebody impatient taps another amount while one may be paid: first what became of that one. */
async function settleOther(services: TipServices, tip: Tip): Promise<TipResult | null> {
  const other = services.pending.read()
  if (other === null || other.tip.orderId === tip.orderId || other.phone === null) return null
  const result = await check(services, other, ONE_QUESTION_MS)
  return result.kind === 'paid' || result.kind === 'unconfirmed' ? result : null
}

/** What became of the tip that was open when the app ended; `null` when there is nothing to tell. */
export async function resumeTip(services: TipServices): Promise<TipResult | null> {
  const pending = services.pending.read()
  if (pending === null) return null
  if (pending.phone === null) return null
  return check(services, pending, QUESTIONS_MS.unknown)
}

/** Asks once more about a tip of which nobody knew. */
export function checkTip(services: TipServices, tip: Tip): Promise<TipResult> {
  return check(services, rememberedOf(services, tip), ONE_QUESTION_MS)
}

/** Another page may have forgotten it; what nobody remembers may have been paid. */
function rememberedOf(services: TipServices, tip: Tip): PendingTip {
  const pending = services.pending.read()
  return pending?.tip.orderId === tip.orderId ? pending : { tip, phone: 'unknown', openedAt: 0 }
}

async function check(
  services: TipServices,
  pending: PendingTip,
  delaysMs: readonly number[],
): Promise<TipResult> {
  const { tip, phone, openedAt } = pending
  const status = await ask(services, tip.orderId, delaysMs)
  const kind = endingOf(phone ?? 'unknown', status, services.now() - openedAt)
  if (kind === 'paid') services.pending.clear()
  else if (status === 'not_paid' && kind !== 'unconfirmed') {
    services.pending.write({ tip, phone: null, openedAt: 0 })
  }
  return { kind, tip }
}

async function ask(
  { confirm, wait }: TipServices,
  orderId: string,
  delaysMs: readonly number[],
): Promise<PaymentStatus> {
  let status: PaymentStatus = 'unknown'
  for (const delayMs of delaysMs) {
    if (delayMs > 0) await wait(delayMs)
    status = await confirm(orderId).catch(() => 'unknown' as const)
    if (status === 'paid') break
  }
  return status
}

/** Before the cashier nothing was charged, unless by an earlier try of the same tip. */
async function refused(
  services: TipServices,
  pending: PendingTip,
  error: unknown,
): Promise<TipResult> {
  const refusal: TipResult = { kind: endingOfRefusal(error), tip: pending.tip, code: codeOf(error) }
  if (refusal.kind === 'already_paid') {
    services.pending.clear()
    return refusal
  }
  if (pending.phone !== null) {
    const earlier = await check(services, pending, QUESTIONS_MS.unknown)
    if (earlier.kind === 'paid' || earlier.kind === 'unconfirmed') return earlier
  }
  if (isOver(refusal.kind)) services.pending.clear()
  return refusal
}
