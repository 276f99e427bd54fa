import type { FastifyBaseLogger } from 'fastify'
import type { Order } from '../../generated/prisma/client.ts'
import type { JobData } from '../../queue/jobs.ts'
import type { PaymentChannel, QueryResult } from '../../wechat/payment-channel.ts'
import type { OrderDependencies } from './dependencies.ts'
import { nextQuestion, sameQuestion, type Question } from './follow-up-plan.ts'
import { logRecorded, recordAnswer, type OrderAnswer, type Recorded } from './record-answer.ts'

const UNCLEAR: QueryResult = { kind: 'unknown', why: 'busy' }

/** WeChat repeats a notification for a day, so by then one of the last moment to pay has come. */
const LOST_AFTER_MS = 24 * 60 * 60 * 1000

/**
 * Asks WeChat about an order that nobody told of, and makes sure to ask again until the order is paid
 * or closed. The last question of the plan closes it.
 */
export async function followUp(
  dependencies: OrderDependencies,
  { orderId, step, tries }: JobData['follow_up_order'],
  log: FastifyBaseLogger,
): Promise<void> {
  const { db, queue, channels, followUpSeconds, now } = dependencies
  const order = await db.order.findUnique({ where: { id: orderId } })
  if (order === null || order.state === 'paid' || order.state === 'closed') return

  const channel = channels.of(order.channel)
  const isLast = step >= followUpSeconds.length - 1
  const answer = isLast ? await askFinally(channel, order, now()) : await channel.query(orderId)
  const meta = { cause: 'follow_up', at: now() } as const
  const recorded = await db.$transaction(async (tx) => {
    const recorded = await recordAnswer({ tx, queue }, order, answer, meta)
    if (isSettled(answer, recorded)) return recorded
    const asked = { step, tries, now: meta.at }
    const { at, ...job }: Question =
      isLast || isUnclear(answer, recorded)
        ? sameQuestion(order, asked)
        : nextQuestion(order, asked, followUpSeconds)
    await queue.enqueue(tx, 'follow_up_order', job, at)
    return recorded
  })
  logRecorded(log, { orderId, cause: meta.cause, answer: answer.kind }, recorded)
}

function isSettled(answer: OrderAnswer, { status }: Recorded): boolean {
  return status === 'paid' || answer.kind === 'closed' || answer.kind === 'absent'
}

/** An order that is not found yet may be placed in a moment, so for now that is an answer too. */
function isUnclear(answer: OrderAnswer, { status }: Recorded): boolean {
  return status === 'unknown' && answer.kind !== 'not_found'
}

/** Asks, and closes at WeChat what can still be paid; only WeChat knows which of the two was first. */
async function askFinally(channel: PaymentChannel, order: Order, now: Date): Promise<OrderAnswer> {
  const answer = await channel.query(order.id)
  if (answer.kind !== 'not_paid' && answer.kind !== 'not_found') return answer
  const closing = await channel.close(order.id)
  switch (closing.kind) {
    case 'closed':
      return { kind: 'closed' }
    case 'already_paid':
      return channel.query(order.id)
    case 'not_found':
      return answer.kind === 'not_found' && isAbsent(order, now) ? { kind: 'absent' } : UNCLEAR
    case 'refused':
    case 'unknown':
      return closing
  }
}

/**
 * Whether an order that WeChat finds neither by its number nor to close it is one that nobody can pay.
 * One without a `prepay_id` was never placed, and a closed order is not placed any more. Of one that
 * had one WeChat has to have heard, so it is asked about until its time to pay is long over.
 */
function isAbsent({ state, expiresAt }: Order, now: Date): boolean {
  return state === 'created' || now.getTime() - expiresAt.getTime() >= LOST_AFTER_MS
}
