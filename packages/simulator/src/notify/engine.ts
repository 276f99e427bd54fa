import { newNotificationId } from '../ids.ts'
import type { Refund, Settlement, Transaction } from '../order.ts'
import type { Attempt, Notification, Platform } from '../platform.ts'
import { compose, send, type Outgoing } from './attempt.ts'
import { RETRY_DELAYS_MS } from './schedule.ts'

const DELAY_SECONDS = 60
const MAX_HELD_MS = 60 * 1000

/** Tells the merchant of a payment, and goes on telling until it is accepted or the tries are over. */
export function notifyOfPayment(platform: Platform, transaction: Transaction): void {
  const { outTradeNo, placed, api: protocol } = transaction.order
  const url = placed['notify_url'] ?? ''
  const about = { outTradeNo, url, protocol }
  begin(platform, { kind: 'payment', transaction, ...telling(platform, about) })
}

/** The same for what became of a refund, if its request named an address. */
export function notifyOfRefund(platform: Platform, refund: Refund, settlement: Settlement): void {
  const { outTradeNo } = refund.transaction.order
  const url = refund.placed['notify_url'] ?? ''
  if (url === '') return
  begin(platform, {
    kind: 'refund',
    refund,
    settlement,
    ...telling(platform, { outTradeNo, url, protocol: refund.api }),
  })
}

function telling(platform: Platform, about: Pick<Notification, 'outTradeNo' | 'url' | 'protocol'>) {
  return {
    id: newNotificationId(platform.random),
    createdAt: platform.clock.now(),
    ...about,
    attempts: [],
    retries: 0,
    nextAt: null,
  }
}

/** Goes on with what was still to be told when the platform was stopped. */
export function resumeNotifications(platform: Platform): void {
  for (const notification of platform.notifications) {
    if (notification.nextAt === null) continue
    plan(platform, notification, notification.nextAt, () => tell(platform, notification))
  }
}

/** One more attempt, now, whatever is planned; `null` when there is no such notification. */
export async function retryNow(platform: Platform, id: string): Promise<Attempt[] | null> {
  const notification = platform.notifications.find((known) => known.id === id)
  if (notification === undefined) return null
  const before = notification.attempts.length
  const { isAccepted } = await send(platform, compose(platform, notification))
  if (isAccepted) notification.nextAt = null
  releaseHeld(platform)
  return notification.attempts.slice(before)
}

function begin(platform: Platform, notification: Notification): void {
  platform.notifications.push(notification)
  plan(platform, notification, platform.clock.now(), () => tell(platform, notification))
}

/** A plan holds until another one replaces it; what was reset or accepted has none. */
function plan(
  { clock }: Platform,
  notification: Notification,
  at: Date,
  task: () => Promise<void>,
): void {
  notification.nextAt = at
  clock.schedule(at, async () => {
    if (notification.nextAt === at) await task()
  })
}

const later = ({ clock }: Platform, delayMs: number) => new Date(clock.now().getTime() + delayMs)

async function tell(platform: Platform, notification: Notification): Promise<void> {
  const outgoing = compose(platform, notification)
  const finish = () => finishTelling(platform, outgoing)
  if (outgoing.fault === 'delay') {
    const delayMs = (outgoing.seconds ?? DELAY_SECONDS) * 1000
    plan(platform, notification, later(platform, delayMs), finish)
  } else if (outgoing.fault === 'reorder') {
    // Whichever comes first ends the wait, and the plan with it.
    const until = later(platform, MAX_HELD_MS)
    plan(platform, notification, until, finish)
    platform.held.push({ notification, until, finish })
  } else await finish()
}

async function finishTelling(platform: Platform, outgoing: Outgoing): Promise<void> {
  const { notification } = outgoing
  const planned = notification.nextAt
  const { isAccepted } = await send(platform, outgoing)
  // A reset, or a retry by hand that was accepted, ended it meanwhile.
  if (notification.nextAt !== planned) return
  const delayMs = RETRY_DELAYS_MS[notification.retries]
  notification.nextAt = null
  if (!isAccepted && delayMs !== undefined) {
    notification.retries += 1
    const again = () => tell(platform, notification)
    plan(platform, notification, later(platform, delayMs), again)
  }
  releaseHeld(platform)
}

/** What waited for a later message goes now. */
function releaseHeld(platform: Platform): void {
  for (const { notification, until, finish } of platform.held.splice(0)) {
    if (notification.nextAt === until) plan(platform, notification, platform.clock.now(), finish)
  }
}
