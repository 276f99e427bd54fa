import type { FastifyBaseLogger } from 'fastify'
import type { Transaction } from '../../db/database.ts'
import { openCase, type OpenedCase } from '../../settlement/open-case.ts'
import type { RefundNotice } from '../../wechat/payment-channel.ts'
import type { NotificationDependencies, ReceivedNotification } from './dependencies.ts'
import { readOrRefuse } from './read.ts'

/**
 * Keeps a refund notice, and a question to WeChat with it: nobody signed the notice, so it says only
 * that there is something to ask.
 */
export async function receiveRefundNotice(
  dependencies: NotificationDependencies,
  notification: ReceivedNotification,
  log: FastifyBaseLogger,
): Promise<void> {
  const { channel } = notification
  const notice = await readOrRefuse(dependencies, notification, channel.readRefundNotice)
  if (notice.kind === 'ignored') {
    log.warn({ event: 'notification_ignored', channel: channel.name })
    return
  }
  const { db, queue, metrics, now } = dependencies
  const { orderId } = notice
  const { refundId } = notice.fact
  const at = now()
  const { opened, verdict } = await db.$transaction(async (tx) => {
    const isKnown = (await tx.refund.count({ where: { id: refundId } })) > 0
    const verdict = isKnown ? 'to_confirm' : 'case'
    const opened = isKnown ? null : await openUnknown(tx, notice, at)
    if (isKnown) await queue.enqueue(tx, 'follow_up_refund', { refundId, step: null }, at)
    const { body, headers, sender } = notification
    await tx.notification.create({
      data: {
        channel: channel.name,
        kind: 'refund',
        body,
        headers,
        sender,
        receivedAt: at,
        verdict,
        caseId: opened?.caseId ?? null,
        orderId,
      },
    })
    return { opened, verdict } as const
  })
  metrics.notificationReceived(verdict)
  log.info({ event: 'refund_notice_received', orderId, refundId, isKnown: opened === null })
  if (opened !== null) log.error({ event: 'case_opened', orderId, refundId, ...opened })
}

/** Made in the merchant's console, or by somebody who has the key. */
function openUnknown(
  tx: Transaction,
  { orderId, fact }: RefundNotice,
  at: Date,
): Promise<OpenedCase> {
  const { refundId, transactionId } = fact
  const about = { orderId, transactionId, subject: refundId, fields: ['refundId'] }
  return openCase(
    tx,
    { kind: 'unknown_refund', ...about, fact: { ...fact } },
    { cause: 'notification', at },
  )
}
