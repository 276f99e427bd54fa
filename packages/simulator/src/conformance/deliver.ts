import type { NotificationFault, RefundNotificationFault } from '../fault-table.ts'
import { PROTOCOLS } from '../notify/protocols.ts'
import type { Message, Notification, PaymentNotification, RefundNotification } from '../platform.ts'
import { Failed } from './outcome.ts'
import { reasonOf } from './merchant.ts'
import type { Stage, StagedOrder } from './stage.ts'

/** What the server answered to a notification. */
export interface Reply {
  readonly status: number | null
  readonly answer: string
  readonly isAccepted: boolean
  readonly tookMs: number
}

/** WeChat waits as long, and then counts the attempt as failed. */
export const ANSWER_LIMIT_MS = 5000

/** A person pays; the server is told nothing of it yet. */
export function pay({ simulator }: Stage, { order }: StagedOrder): PaymentNotification {
  const { errMsg } = simulator.pay(order.outTradeNo, 'pay_again')
  if (errMsg !== 'requestPayment:ok') throw new Failed(`the cashier said ${String(errMsg)}`)
  const found = simulator.platform.notifications.findLast(
    (one) => one.kind === 'payment' && one.outTradeNo === order.outTradeNo,
  )
  if (found?.kind !== 'payment') throw new Error('a payment makes a notification')
  return found
}

/**
 * The notification of a payment that never was: for WeChat the order is as unpaid as before, so a
 * server that asks is told so. Taken back at once, so nobody can ask in between.
 */
export function invent(stage: Stage, staged: StagedOrder): PaymentNotification {
  const { order } = staged
  const { platform } = stage.simulator
  const before = { state: order.state, transactionId: order.transactionId, paidAt: order.paidAt }
  const notification = pay(stage, staged)
  platform.notifications.splice(platform.notifications.indexOf(notification), 1)
  platform.transactions.delete(notification.transaction.transactionId)
  order.transactions.pop()
  Object.assign(order, before)
  return notification
}

/** What can be wrong with a message, whatever it tells of. */
export type MessageFault = Extract<NotificationFault, RefundNotificationFault>

/** What WeChat would send, or the same with a fault of the table in it. */
export function compose(
  stage: Stage,
  notification: Notification,
  fault: MessageFault | null = null,
): Message {
  return notification.kind === 'payment'
    ? composePayment(stage, notification, fault)
    : composeNotice(stage, notification, fault)
}

export function composePayment(
  { simulator }: Stage,
  notification: PaymentNotification,
  fault: NotificationFault | null,
): Message {
  return PROTOCOLS[notification.protocol].payment(simulator.platform, notification, fault)
}

export function composeNotice(
  { simulator }: Stage,
  notification: RefundNotification,
  fault: RefundNotificationFault | null,
): Message {
  return PROTOCOLS[notification.protocol].refund(simulator.platform, notification, fault)
}

/** Sends it as WeChat does: for five seconds, following no redirect. */
export async function deliver(
  stage: Stage,
  notification: Notification,
  message: Message = compose(stage, notification),
): Promise<Reply> {
  const url = addressOf(stage, notification)
  const startedAt = performance.now()
  const reply = await send(url, message)
  const tookMs = Math.round(performance.now() - startedAt)
  stage.seen.slowestMs = Math.max(stage.seen.slowestMs, tookMs)
  stage.seen.deliveries += 1
  const { status, answer } = reply
  const isAccepted =
    status !== null && PROTOCOLS[notification.protocol].isAccepted({ status, answer })
  return { status, answer, isAccepted, tookMs }
}

function addressOf({ notifyUrl, simulator }: Stage, { kind, url }: Notification): string {
  const instead = kind === 'payment' ? notifyUrl : simulator.platform.refundNotifyUrl
  return instead ?? url
}

async function send(url: string, { headers, body }: Message) {
  try {
    const signal = AbortSignal.timeout(ANSWER_LIMIT_MS)
    const options = { method: 'POST', headers, body, signal, redirect: 'manual' as const }
    const response = await fetch(url, options)
    return { status: response.status, answer: await response.text() }
  } catch (error) {
    return { status: null, answer: reasonOf(error) }
  }
}

/** One line on what a server answered. */
export function describe({ status, answer, tookMs }: Reply): string {
  const text = answer.replace(/\s+/g, ' ').slice(0, 160)
  return status === null
    ? `no answer: ${text}`
    : `HTTP ${status} in ${tookMs} ms${text === '' ? '' : `: ${text}`}`
}
