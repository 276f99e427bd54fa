import { parseXml, XmlError } from '@dashang/shared/signing/xml'
import type { NotificationFault, RefundNotificationFault } from '../faults.ts'
import type { Refund, Settlement, Transaction } from '../order.ts'
import type { Attempt, Notification, Platform } from '../platform.ts'
import { paymentNotification } from './payment-message.ts'
import { refundNotification } from './refund-message.ts'
import { RETRY_DELAYS_MS } from './schedule.ts'

const TIMEOUT_MS = 5000

/** Tells the merchant of a payment, and goes on telling until it is accepted or the tries are over. */
export function notifyOfPayment(platform: Platform, transaction: Transaction): void {
  const { outTradeNo, placed } = transaction.order
  const url = placed['notify_url'] ?? ''
  begin(platform, { kind: 'payment', transaction, outTradeNo, url, attempts: [], nextAt: null })
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
    outTradeNo,
    url,
    attempts: [],
    nextAt: null,
  })
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

interface Message {
  readonly fault: NotificationFault | RefundNotificationFault | null
  readonly body: string
}

function compose({ account, faults }: Platform, notification: Notification): Message {
  if (notification.kind === 'payment') {
    const fault = faults.take('notification')
    return { fault, body: paymentNotification(account, notification.transaction, fault) }
  }
  const fault = faults.take('refund_notification')
  return { fault, body: refundNotification(account, notification, fault) }
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
  const message = compose(platform, notification)
  const { fault } = message
  const copies = fault === 'duplicate' ? 2 : 1
  const results = await Promise.all(
    Array.from({ length: copies }, () => deliver(notification.url, message)),
  )
  const at = platform.clock.now()
  notification.attempts.push(...results.map((result) => ({ at, fault, ...result })))
  notification.nextAt = null
  const delayMs = RETRY_DELAYS_MS[retry]
  if (results.some((result) => result.isAccepted) || delayMs === undefined) return
  schedule(platform, { ...delivery, retry: retry + 1 }, delayMs)
}

async function deliver(
  url: string,
  { body, fault }: Message,
): Promise<Pick<Attempt, 'status' | 'answer' | 'isAccepted'>> {
  if (fault === 'drop') return { status: null, answer: 'lost on its way', isAccepted: false }
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'text/xml' },
      body,
      redirect: 'manual',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    })
    const answer = (await response.text()).slice(0, 2000)
    return { status: response.status, answer, isAccepted: response.ok && isSuccess(answer) }
  } catch (error) {
    return { status: null, answer: String(error), isAccepted: false }
  }
}

function isSuccess(answer: string): boolean {
  try {
    return parseXml(answer)['return_code'] === 'SUCCESS'
  } catch (error) {
    if (error instanceof XmlError) return false
    throw error
  }
}
