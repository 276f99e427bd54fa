import type { NotificationFault, RefundNotificationFault } from '../fault-table.ts'
import type { Attempt, Message, Notification, Platform } from '../platform.ts'
import { post, type Way } from './post.ts'
import { PROTOCOLS } from './protocols.ts'

/** One message on its way, with what will go wrong with it. */
export interface Outgoing {
  readonly notification: Notification
  readonly message: Message
  readonly fault: NotificationFault | RefundNotificationFault | null
  readonly seconds: number | null
  readonly copies: number
}

const PARALLEL_COPIES = 5
const SLOW_SECONDS = 2
const OVERSIZE_BYTES = 1024 * 1024
const MAX_KEPT_ANSWER = 2000

/** Composes what the next attempt sends, and takes the fault that strikes it. */
export function compose(platform: Platform, notification: Notification): Outgoing {
  const { kind, outTradeNo } = notification
  const protocol = PROTOCOLS[notification.protocol]
  const occasion = { order: () => outTradeNo, unfit: protocol.unfit[kind] }
  if (notification.kind === 'payment') {
    const struck = platform.faults.strike('notification', occasion)
    const fault = struck?.fault ?? null
    const message = protocol.payment(platform, notification, fault, struck?.field)
    return outgoing({ notification, message, fault }, struck)
  }
  const struck = platform.faults.strike('refund_notification', occasion)
  const fault = struck?.fault ?? null
  return outgoing(
    { notification, message: protocol.refund(platform, notification, fault), fault },
    struck,
  )
}

function outgoing(
  { notification, message, fault }: Pick<Outgoing, 'notification' | 'message' | 'fault'>,
  options: { readonly seconds?: number; readonly copies?: number } | null,
): Outgoing {
  const copies = fault === 'duplicate' ? 2 : fault === 'parallel' ? PARALLEL_COPIES : 1
  return {
    notification,
    message: { ...message, body: damaged(message.body, fault) },
    fault,
    seconds: options?.seconds ?? null,
    copies: options?.copies ?? copies,
  }
}

function damaged(body: string, fault: Outgoing['fault']): string {
  if (fault === 'truncate') return body.slice(0, body.length / 2)
  if (fault === 'garbage') return '<<neither one nor the other'
  if (fault === 'empty') return ''
  return fault === 'oversized' ? body.padEnd(OVERSIZE_BYTES) : body
}

/** Sends it, as often as it is to be sent, and keeps what came of it. */
export async function send(
  platform: Platform,
  outgoing: Outgoing,
): Promise<{ isAccepted: boolean }> {
  const { notification, message, fault, copies } = outgoing
  const replayed = fault === 'replay' ? firstMessageTo(platform, notification.url) : null
  if (replayed !== null) {
    const old = await attempt(platform, { ...outgoing, message: replayed })
    notification.attempts.push(old)
  }
  const plain = { ...outgoing, message, fault: fault === 'replay' ? null : fault }
  const made = await Promise.all(Array.from({ length: copies }, () => attempt(platform, plain)))
  notification.attempts.push(...made)
  return { isAccepted: made.some(({ isAccepted }) => isAccepted) }
}

async function attempt(
  platform: Platform,
  { notification, message, fault, seconds }: Outgoing,
): Promise<Attempt> {
  const begun = { at: platform.clock.now(), fault, request: message }
  if (fault === 'drop') {
    return { ...begun, status: null, answer: 'lost on its way', isAccepted: false }
  }
  const { url, protocol } = notification
  const { status, answer } = await post(url, message, wayOf(fault, seconds))
  // A probe is never taken for understood: the real message follows as a retry.
  const isAccepted =
    status !== null && fault !== 'signtest' && PROTOCOLS[protocol].isAccepted({ status, answer })
  return { ...begun, status, answer: answer.slice(0, MAX_KEPT_ANSWER), isAccepted }
}

function wayOf(fault: Outgoing['fault'], seconds: number | null): Way {
  if (fault === 'cut' || fault === 'redirected') return { kind: fault }
  return fault === 'slow' ? { kind: 'slow', seconds: seconds ?? SLOW_SECONDS } : { kind: 'whole' }
}

/** The oldest that ever went to this address; before the first one there is none. */
function firstMessageTo({ notifications }: Platform, url: string): Message | null {
  const known = notifications.find((each) => each.url === url && each.attempts.length > 0)
  return known?.attempts[0]?.request ?? null
}
