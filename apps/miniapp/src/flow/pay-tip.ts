import type { PaymentStatus } from '@dashang/shared/contracts/orders'
import type { Payment } from '@dashang/shared/contracts/payment'
import { ApiError, type ApiErrorCode } from './api-error'
import type { CashierOutcome, TipServices } from './services'
import type { PendingTip, Tip, TipResult } from './tip'

/** Waits before each question whether the tip was paid; notification and query take their time. */
const QUESTIONS_MS: Readonly<Record<CashierOutcome, readonly number[]>> = {
  submitted: [0, 1000, 2000, 3000],
  unknown: [0, 1500],
  cancelled: [0],
}

/** The word of the phone against the word of WeChat. Only WeChat can say «paid». */
const RESULTS: Readonly<
  Record<CashierOutcome, Readonly<Record<PaymentStatus, TipResult['kind']>>>
> = {
  submitted: { paid: 'paid', not_paid: 'unconfirmed', unknown: 'unconfirmed' },
  unknown: { paid: 'paid', not_paid: 'failed', unknown: 'unconfirmed' },
  cancelled: { paid: 'paid', not_paid: 'cancelled', unknown: 'cancelled' },
}

/** Answers of the server after which this order id can never be paid. */
const DEAD_ENDS: ReadonlySet<ApiErrorCode> = new Set([
  'ORDER_CLOSED',
  'ORDER_EXPIRED',
  'ORDER_CONFLICT',
  'ORDER_NOT_FOUND',
  'AMOUNT_NOT_ALLOWED',
])

/** A tip of this amount: the one that is still open, or a new one. */
export function tipOf(services: TipServices, amountFen: number): Tip {
  const pending = services.pending.read()
  if (pending?.amountFen === amountFen) return { orderId: pending.orderId, amountFen }
  return { orderId: services.newOrderId(), amountFen }
}

/** What «try again» pays: the same order, so that nobody pays twice, unless that one is over. */
export function tipToRetry(services: TipServices, { tip, isOver }: TipResult): Tip {
  return isOver ? { ...tip, orderId: services.newOrderId() } : tip
}

/** From the tap to what really happened. Never throws. */
export async function payTip(services: TipServices, tip: Tip): Promise<TipResult> {
  const before = services.pending.read()
  const mayBePaid = before?.orderId === tip.orderId && before.mayBePaid
  services.pending.write({ ...tip, mayBePaid })
  let payment: Payment
  try {
    payment = await services.prepay(tip)
  } catch (error) {
    return refused(services, { ...tip, mayBePaid }, error)
  }
  services.pending.write({ ...tip, mayBePaid: true })
  const outcome = await services.openCashier(payment).catch(() => 'unknown' as const)
  const status = await ask(services, tip.orderId, QUESTIONS_MS[outcome])
  return settle(services, { kind: RESULTS[outcome][status], tip }, status)
}

/** What became of the tip that was open when the app ended; `null` when there is nothing to tell. */
export async function resumeTip(services: TipServices): Promise<TipResult | null> {
  const pending = services.pending.read()
  if (!pending?.mayBePaid) return null
  const { orderId, amountFen } = pending
  return checkTip(services, { orderId, amountFen })
}

/** Asks once more about a tip of which nobody knew. */
export async function checkTip(services: TipServices, tip: Tip): Promise<TipResult> {
  const status = await ask(services, tip.orderId, QUESTIONS_MS.unknown)
  return settle(services, { kind: RESULTS.unknown[status], tip }, status)
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

function settle(services: TipServices, result: TipResult, status: PaymentStatus): TipResult {
  if (result.kind === 'paid') services.pending.clear()
  else if (status === 'not_paid') services.pending.write({ ...result.tip, mayBePaid: false })
  return result
}

/** Before the cashier nothing was charged, unless by an earlier try of the same tip. */
async function refused(
  services: TipServices,
  { orderId, amountFen, mayBePaid }: PendingTip,
  error: unknown,
): Promise<TipResult> {
  const tip = { orderId, amountFen }
  const code = error instanceof ApiError ? error.code : null
  if (code === 'ORDER_PAID') {
    services.pending.clear()
    return { kind: 'paid', tip }
  }
  const words = error instanceof ApiError ? { message: error.message } : {}
  const result: TipResult = mayBePaid
    ? await checkTip(services, tip)
    : { kind: 'failed', tip, ...words }
  const isOver = code !== null && DEAD_ENDS.has(code) && result.kind === 'failed'
  if (isOver) services.pending.clear()
  return isOver ? { ...result, isOver } : result
}
