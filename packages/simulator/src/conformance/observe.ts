import { setTimeout as pause } from 'node:timers/promises'
import { Failed } from './outcome.ts'
import { compose, deliver, describe, ANSWER_LIMIT_MS } from './deliver.ts'
import type { Message, PaymentNotification } from '../platform.ts'
import { callMerchant, MerchantError } from './merchant.ts'
import { isPaidAnswer } from './reading.ts'
import type { Stage, StagedOrder } from './stage.ts'

/** In which a server may work behind its answer. */
export const SETTLING_MS = 300
export const POLL_MS = 200

/** `null` when nobody told how to ask. */
export async function isPaid({ calls }: Stage, { values }: StagedOrder): Promise<boolean | null> {
  if (calls.order === null) return null
  return isPaidAnswer(await callMerchant(calls.order, values), calls.paidWhen)
}

/** What the mini-program does when the cashier has closed. */
export async function confirm({ calls }: Stage, { values }: StagedOrder): Promise<void> {
  if (calls.confirm === null) return
  // A server may call «not paid» an error; what counts is the state that it shows.
  await callMerchant(calls.confirm, values).catch((error: unknown) => {
    if (!(error instanceof MerchantError)) throw error
  })
}

/** Asks until the server says paid or its time is up. */
export async function becomesPaid(
  stage: Stage,
  order: StagedOrder,
  limitMs = ANSWER_LIMIT_MS,
): Promise<boolean | null> {
  const until = performance.now() + limitMs
  let paid = await isPaid(stage, order)
  while (paid === false && performance.now() < until) {
    await pause(POLL_MS)
    paid = await isPaid(stage, order)
  }
  return paid
}

/** Fails when the server says paid, now or after a moment in which it may work behind its answer. */
export async function expectUnpaid(
  stage: Stage,
  order: StagedOrder,
  after: string,
): Promise<string> {
  if (stage.calls.order === null) return 'its state was not asked for want of --order-url'
  await pause(SETTLING_MS)
  if (await isPaid(stage, order)) throw new Failed(`the order is paid after ${after}`)
  return 'the order stayed unpaid'
}

/** Fails unless a genuine notification is acknowledged and the order is paid by it. */
export async function expectGenuine(
  stage: Stage,
  order: StagedOrder,
  notification: PaymentNotification,
  message: Message = compose(stage, notification),
): Promise<string> {
  const reply = await deliver(stage, notification, message)
  if (!reply.isAccepted) {
    throw new Failed(`a genuine notification was not acknowledged: ${describe(reply)}`)
  }
  const paid = await becomesPaid(stage, order)
  if (paid === false) {
    throw new Failed(
      'a genuine notification was acknowledged, and the order does not say paid' +
        ' (if it says so in words of its own, tell them with --paid-when)',
    )
  }
  return `acknowledged in ${reply.tookMs} ms${paid === null ? '' : ', and the order is paid'}`
}

/** Waits, as long as the patience of this run, for what the server does at the simulator. */
export async function waitFor({ patienceMs }: Stage, isThere: () => boolean): Promise<boolean> {
  const until = performance.now() + patienceMs
  while (!isThere() && performance.now() < until) await pause(POLL_MS)
  return isThere()
}
