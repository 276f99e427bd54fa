import type { NotificationFault, RefundNotificationFault } from '../faults.ts'
import { newNotificationId } from '../ids.ts'
import type { Api, Refund, Settlement, Transaction } from '../order.ts'
import type { Attempt, Message, Notification, Platform } from '../platform.ts'
import type { Protocol } from './protocol.ts'
import { RETRY_DELAYS_MS } from './schedule.ts'
import { V2_PROTOCOL } from './v2-protocol.ts'
import { V3_PROTOCOL } from './v3-protocol.ts'

const TIMEOUT_MS = 5000
const MAX_KEPT_ANSWER = 2000

const PROTOCOLS = { v2: V2_PROTOCOL, v3: V3_PROTOCOL } as const satisfies Record<Api, Protocol>

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
    nextAt: null,
  }
}

/** Goes on with what was still to be told when the platform was stopped. */
export function resumeNotifications(platform: Platform): void {
  for (const notification of platform.notifications) {
    if (notification.nextAt === null) continue
    const delayMs = Math.max(notification.nextAt.getTime() - platform.clock.now().getTime(), 0)
    schedule(platform, { notification, retry: notification.attempts.length }, delayMs)
  }
}

function begin(platform: Platform, notification: Notification): void {
  platform.notifications.push(notification)
  schedule(platform, { notification, retry: 0 }, 0)
}

interface Composed {
  readonly fault: NotificationFault | RefundNotificationFault | null
  readonly message: Message
}

function compose(platform: Platform, notification: Notification): Composed {
  const protocol = PROTOCOLS[notification.protocol]
  if (notification.kind === 'payment') {
    const fault = platform.faults.take('notification')
    return { fault, message: protocol.payment(platform, notification, fault) }
  }
  const fault = platform.faults.take('refund_notification')
  return { fault, message: protocol.refund(platform, notification, fault) }
}

interface Delivery {
  readonly notification: Notification
  /** 0 for the first try. */
  readonly retry: number
}

function schedule(platform: Platform, delivery: Delivery, delayMs: number): void {
  const { notification } = delivery
  const at = new Date(platform.clock.now().getTime() + delayMs)
  notification.nextAt = at
  platform.clock.schedule(at, async () => {
    // A reset forgets notifications that were still on their way.
    if (platform.notifications.includes(notification)) await attempt(platform, delivery)
  })
}

async function attempt(platform: Platform, delivery: Delivery): Promise<void> {
  const { notification, retry } = delivery
  const composed = compose(platform, notification)
  const { fault, message } = composed
  const copies = fault === 'duplicate' ? 2 : 1
  const results = await Promise.all(
    Array.from({ length: copies }, () => deliver(notification, composed)),
  )
  const at = platform.clock.now()
  notification.attempts.push(
    ...results.map((result) => ({ at, fault, request: message, ...result })),
  )
  notification.nextAt = null
  const delayMs = RETRY_DELAYS_MS[retry]
  if (results.some((result) => result.isAccepted) || delayMs === undefined) return
  schedule(platform, { ...delivery, retry: retry + 1 }, delayMs)
}

async function deliver(
  { url, protocol }: Notification,
  { fault, message }: Composed,
): Promise<Pick<Attempt, 'status' | 'answer' | 'isAccepted'>> {
  if (fault === 'drop') return { status: null, answer: 'lost on its way', isAccepted: false }
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: message.headers,
      body: message.body,
      redirect: 'manual',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    })
    const { status } = response
    const answer = await response.text()
    const isAccepted = PROTOCOLS[protocol].isAccepted({ status, answer })
    return { status, answer: answer.slice(0, MAX_KEPT_ANSWER), isAccepted }
  } catch (error) {
    return { status: null, answer: String(error), isAccepted: false }
  }
}
