import { setTimeout as pause } from 'node:timers/promises'
import type { RefundNotification } from '../platform.ts'
import { deliver, describe } from './deliver.ts'
import { callMerchant } from './merchant.ts'
import { POLL_MS, SETTLING_MS } from './observe.ts'
import { Failed, Skipped } from './outcome.ts'
import { isRefundedAnswer } from './reading.ts'
import { refundCallsOf, type StagedRefund } from './refund.ts'
import type { Stage } from './stage.ts'

/** `null` when nobody told how to ask. */
export async function isRefunded(stage: Stage, { values }: StagedRefund): Promise<boolean | null> {
  const { state, refundedWhen } = refundCallsOf(stage)
  if (state === null) return null
  return isRefundedAnswer(await callMerchant(state, values), refundedWhen)
}

/** For a check that has nothing else to go by. */
export function requireState(stage: Stage): void {
  if (refundCallsOf(stage).state === null) {
    throw new Skipped('without --refund-state-url nobody can see whether it counts as refunded')
  }
}

/** Asks until the server says refunded or its time is up: it may ask WeChat first, from a queue. */
export async function becomesRefunded(stage: Stage, refund: StagedRefund): Promise<boolean | null> {
  const until = performance.now() + stage.patienceMs
  let refunded = await isRefunded(stage, refund)
  while (refunded === false && performance.now() < until) {
    await pause(POLL_MS)
    refunded = await isRefunded(stage, refund)
  }
  return refunded
}

/** Fails when the server says refunded, now or after a moment in which it may work behind its answer. */
export async function expectNotRefunded(
  stage: Stage,
  refund: StagedRefund,
  after: string,
): Promise<string> {
  if ((await isRefunded(stage, refund)) === null) {
    return 'its state was not asked for want of --refund-state-url'
  }
  await pause(SETTLING_MS)
  if (await isRefunded(stage, refund)) {
    throw new Failed(
      `it says refunded after ${after}` +
        ' (if these are words for another state, tell yours with --refunded-when)',
    )
  }
  return 'it does not say refunded'
}

/** Fails unless a genuine notice of a success is acknowledged and the refund is known for it. */
export async function expectGenuineNotice(
  stage: Stage,
  refund: StagedRefund,
  notification: RefundNotification,
): Promise<string> {
  const reply = await deliver(stage, notification)
  if (!reply.isAccepted) {
    throw new Failed(`a genuine refund notice was not acknowledged: ${describe(reply)}`)
  }
  const refunded = await becomesRefunded(stage, refund)
  if (refunded === false) {
    throw new Failed(
      'a genuine refund notice was acknowledged, and the refund does not say refunded' +
        ' (if it says so in words of its own, tell them with --refunded-when)',
    )
  }
  return `acknowledged in ${reply.tookMs} ms${refunded === null ? '' : ', and it says refunded'}`
}
