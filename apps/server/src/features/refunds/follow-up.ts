import type { FastifyBaseLogger } from 'fastify'
import type { Transaction } from '../../db/database.ts'
import { isFinal } from '../../domain/refund.ts'
import type { Refund } from '../../generated/prisma/client.ts'
import type { JobData } from '../../queue/jobs.ts'
import { keep } from '../../settlement/settle-refund.ts'
import { askOrSend, logAnswer, record } from './ask.ts'
import type { RefundDependencies } from './dependencies.ts'
import { LAST_STEP, questionAt } from './follow-up-plan.ts'

/** Asks WeChat about a refund, and makes sure to ask again until it succeeded or is closed. */
export async function followUp(
  dependencies: RefundDependencies,
  { refundId, step }: JobData['follow_up_refund'],
  log: FastifyBaseLogger,
): Promise<void> {
  const { db, now } = dependencies
  const refund = await db.refund.findUnique({ where: { id: refundId } })
  // A notice is asked about in any state: it may contradict the one that we believe in.
  if (refund === null || (step !== null && isFinal(refund.state))) return

  const answer = await askOrSend(dependencies, refund)
  const source = { cause: step === null ? 'notification' : 'follow_up', at: now() } as const
  const settlement = await db.$transaction(async (tx) => {
    const settlement = await record(tx, refund, answer, source)
    if (step !== null) await followOn(dependencies, tx, { refund, step, at: source.at })
    return settlement
  })
  logAnswer(log, refund, answer, settlement)
  // The queue repeats what fails, and gives up after some hours.
  if (step === null && answer.kind === 'unknown') {
    throw new Error(`WeChat did not say how refund ${refundId} stands: ${answer.why}`)
  }
}

async function followOn(
  { queue }: RefundDependencies,
  tx: Transaction,
  { refund, step, at }: { refund: Refund; step: number; at: Date },
): Promise<void> {
  const { id: refundId } = refund
  const { state } = await tx.refund.findUniqueOrThrow({ where: { id: refundId } })
  if (isFinal(state)) return
  if (step >= LAST_STEP) {
    const found = { kind: 'refund_stuck', fields: [state], fact: { state } } as const
    await keep(tx, refund, found, { cause: 'follow_up', at })
    return
  }
  const next = step + 1
  await queue.enqueue(tx, 'follow_up_refund', { refundId, step: next }, questionAt(next, at))
}
