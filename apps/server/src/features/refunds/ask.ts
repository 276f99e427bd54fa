import type { FastifyBaseLogger } from 'fastify'
import type { Transaction } from '../../db/database.ts'
import type { Cause, Refund } from '../../generated/prisma/client.ts'
import { settleRefund, type RefundSettlement } from '../../settlement/settle-refund.ts'
import type { RefundQueryResult, RefundResult } from '../../wechat/payment-channel.ts'
import type { RefundDependencies } from './dependencies.ts'

/** Asks WeChat for the refund; every time with the same words. */
export function send(
  { channels, publicUrl }: RefundDependencies,
  refund: Refund,
): Promise<RefundResult> {
  const { id: refundId, transactionId, amountFen, totalFen, reason } = refund
  const channel = channels.of(refund.channel)
  const notifyUrl = new URL(channel.refundNotifyPath, publicUrl).href
  return channel.refund({ refundId, transactionId, amountFen, totalFen, reason, notifyUrl })
}

/**
 * Asks how a refund stands. One that WeChat does not know, and that was never known to it, is sent
 * again: the request got lost, or was refused for a reason that may be over.
 */
export async function askOrSend(
  dependencies: RefundDependencies,
  refund: Refund,
): Promise<RefundQueryResult> {
  const answer = await dependencies.channels.of(refund.channel).queryRefund(refund.id)
  const mayBeSent = answer.kind === 'missing' && refund.state === 'requested'
  return mayBeSent ? send(dependencies, refund) : answer
}

/** `null` for an answer that says nothing. */
export async function record(
  tx: Transaction,
  refund: Refund,
  answer: RefundQueryResult,
  source: { cause: Cause; at: Date },
): Promise<RefundSettlement | null> {
  const saysNothing = answer.kind === 'unknown' || answer.kind === 'missing'
  return saysNothing ? null : settleRefund(tx, refund, answer, source)
}

export function logAnswer(
  log: FastifyBaseLogger,
  { id: refundId, orderId }: Refund,
  answer: RefundQueryResult,
  settlement: RefundSettlement | null,
): void {
  const told = answer.kind === 'told' ? answer.fact.event : answer.kind
  log.info({ event: 'refund_asked', orderId, refundId, answer: told })
  if (settlement?.kind !== 'case') return
  const reason = 'reason' in answer ? answer.reason : undefined
  log.error({ event: 'case_opened', orderId, refundId, ...settlement, reason })
}
