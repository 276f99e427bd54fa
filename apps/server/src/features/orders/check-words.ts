import type { FastifyBaseLogger } from 'fastify'
import type { JobData } from '../../queue/jobs.ts'
import { moveWords } from '../../settlement/move-words.ts'
import type { TextVerdict } from '../../wechat/text-check.ts'
import type { OrderDependencies } from './dependencies.ts'
import { STATES, textOf } from './words.ts'

/**
 * How long after each other WeChat is asked about words that it could not check. It knows a person for
 * two hours; what is unchecked by then waits for an operator.
 */
const WAIT_SECONDS = [5, 15, 60, 300, 900, 1800, 3600] as const

export type Recheck = JobData['check_words']

/** The first question, counted from the making of the order. */
export function firstCheckAt(createdAt: Date): Date {
  return new Date(createdAt.getTime() + WAIT_SECONDS[0] * 1000)
}

/** Asks again about words that nobody sees yet. */
export async function checkWords(
  dependencies: OrderDependencies,
  { orderId, step }: Recheck,
  log: FastifyBaseLogger,
): Promise<void> {
  const { db, queue, checkText, now } = dependencies
  const order = await db.order.findUnique({ where: { id: orderId }, include: { user: true } })
  if (order?.messageState !== 'pending') return

  const { openid } = order.user
  // Whoever has switched the check off meanwhile shows what is written.
  const verdict: TextVerdict =
    checkText === null ? { kind: 'passed' } : await checkText({ openid, text: textOf(order) })
  const to = STATES[verdict.kind]
  const at = now()
  const next = WAIT_SECONDS[step + 1]
  await db.$transaction(async (tx) => {
    if (to !== 'pending') {
      await moveWords(tx, { orderId, from: ['pending'], to, at })
    } else if (next !== undefined) {
      const job = { orderId, step: step + 1 }
      await queue.enqueue(tx, 'check_words', job, new Date(at.getTime() + next * 1000))
    }
  })
  log.info({ event: 'words_checked', orderId, verdict })
  if (to === 'pending' && next === undefined) log.warn({ event: 'words_unchecked', orderId })
}
