import { randomBytes } from 'node:crypto'
import type { Refund, RefundOutcome } from '../order.ts'
import type { RefundNotification } from '../platform.ts'
import { pay } from './deliver.ts'
import { callMerchant, MerchantError, type RefundCalls } from './merchant.ts'
import { expectGenuine, waitFor } from './observe.ts'
import { Failed, Skipped } from './outcome.ts'
import { amountNames, placeOrder } from './place.ts'
import type { Stage, StagedOrder } from './stage.ts'
import { usesAny, type Values } from './template.ts'

/** One refund of the tested server, as both sides know it. */
export interface StagedRefund {
  readonly order: StagedOrder
  readonly values: Values
  /** As it stands at the simulator. */
  readonly refund: Refund
}

/** The smallest part, so that two of them fit into every order but one of a single fen. */
const PART_FEN = 1

export function refundCallsOf({ calls }: Stage): RefundCalls {
  if (calls.refund === null) throw new Skipped('no --refund-url was given')
  return calls.refund
}

export const namesAmount = ({ call }: RefundCalls) => usesAny(call, ['amount', 'yuan'])

/** An order that the server knows to be paid. */
export async function placePaid(stage: Stage): Promise<StagedOrder> {
  refundCallsOf(stage)
  const order = await placeOrder(stage)
  await expectGenuine(stage, order, pay(stage, order))
  return order
}

/** A refund of all of a new order, that WeChat has and has not settled. */
export async function placeRefund(stage: Stage): Promise<StagedRefund> {
  return refundOf(stage, await placePaid(stage))
}

export function placeRefundOfPart(stage: Stage, order: StagedOrder): Promise<StagedRefund> {
  return refundOf(stage, order, PART_FEN)
}

export async function refundOf(
  stage: Stage,
  order: StagedOrder,
  amountFen: number = order.order.totalFee,
): Promise<StagedRefund> {
  const known = refundsOf(order).length
  const values = await ask(stage, valuesOf(order, amountFen))
  await waitFor(stage, () => refundsOf(order).length > known)
  const refund = refundsOf(order).at(known)
  if (refund !== undefined) return { order, values, refund }
  throw new Failed('the server answered, and WeChat was asked for no refund of the order')
}

/** The same request once more; a server may call its «no» an error. */
export const askAgain = (stage: Stage, { values }: StagedRefund) => askInVain(stage, values)

/** Another one, of an order that has gone back whole. */
export const askForMore = (stage: Stage, { order }: StagedRefund) =>
  askInVain(stage, valuesOf(order, order.order.totalFee))

async function askInVain(stage: Stage, values: Values): Promise<void> {
  await ask(stage, values).catch((error: unknown) => {
    if (!(error instanceof MerchantError)) throw error
  })
}

async function ask(stage: Stage, values: Values): Promise<Values> {
  return { ...values, refund: await callMerchant(refundCallsOf(stage).call, values) }
}

function valuesOf({ values }: StagedOrder, amountFen: number): Values {
  const refundId = randomBytes(16).toString('hex')
  return { ...values, names: { ...values.names, ...amountNames(amountFen), refundId } }
}

/** All that WeChat was asked to give back of an order. */
export const refundsOf = ({ order }: StagedOrder): readonly Refund[] =>
  order.transactions.flatMap(({ refunds }) => refunds)

/** The bank is done with it; the server is told nothing of it yet. */
export function settle(
  { simulator }: Stage,
  { refund }: StagedRefund,
  outcome: RefundOutcome,
): RefundNotification {
  simulator.settleRefund(refund.outRefundNo, outcome)
  const found = simulator.platform.notifications.findLast(
    (one) => one.kind === 'refund' && one.refund === refund,
  )
  if (found?.kind === 'refund') return found
  throw new Skipped('the refund names no notify_url, and --refund-notify-url was not given')
}

/** The notice of a success that never was: for WeChat the refund is under way as before. */
export function inventNotice(stage: Stage, staged: StagedRefund): RefundNotification {
  const { refund } = staged
  const { notifications } = stage.simulator.platform
  const before = {
    status: refund.status,
    settlesAt: refund.settlesAt,
    settledAt: refund.settledAt,
  }
  const notification = settle(stage, staged, 'SUCCESS')
  notifications.splice(notifications.indexOf(notification), 1)
  Object.assign(refund, before)
  return notification
}
