import type { FastifyBaseLogger } from 'fastify'
import type { Verdict } from '../../generated/prisma/client.ts'
import { settle, type Books, type Settlement } from '../../settlement/settle.ts'
import type { NotificationReading } from '../../wechat/payment-channel.ts'
import type { NotificationDependencies, ReceivedNotification } from './dependencies.ts'
import { readOrRefuse } from './read.ts'
import { receiveRefundNotice } from './receive-refund.ts'

export interface Notifications {
  /** Returns when the notification may be acknowledged: it is stored, with all that follows from it. */
  receive(notification: ReceivedNotification, log: FastifyBaseLogger): Promise<void>
  /** The same for what tells of a refund. */
  receiveRefund(notification: ReceivedNotification, log: FastifyBaseLogger): Promise<void>
}

export function createNotifications(dependencies: NotificationDependencies): Notifications {
  const { db, queue, metrics, now } = dependencies
  return {
    receiveRefund: (notification, log) => receiveRefundNotice(dependencies, notification, log),
    async receive(notification, log) {
      const { channel } = notification
      const reading = await readOrRefuse(dependencies, notification, channel.readNotification)
      const at = now()
      const outcome = await db.$transaction(async (tx) => {
        const outcome = await decide({ tx, queue }, reading, at)
        const { verdict, caseId, orderId } = outcome
        const { body, headers, sender } = notification
        await tx.notification.create({
          data: {
            channel: channel.name,
            body,
            headers,
            sender,
            receivedAt: at,
            verdict,
            caseId,
            orderId,
          },
        })
        return outcome
      })
      const { verdict, orderId, settlement } = outcome
      metrics.notificationReceived(verdict)
      log.info({ event: 'notification_received', orderId, verdict })
      if (settlement?.kind === 'case') log.error({ event: 'case_opened', orderId, ...settlement })
    },
  }
}

interface Outcome {
  readonly verdict: Verdict
  readonly orderId: string
  readonly caseId: string | null
  readonly settlement: Settlement | null
}

async function decide(books: Books, reading: NotificationReading, at: Date): Promise<Outcome> {
  if (reading.kind !== 'paid') {
    const orderId = reading.kind === 'not_paid' ? reading.orderId : ''
    return { verdict: reading.kind, orderId, caseId: null, settlement: null }
  }
  const { orderId } = reading.fact
  const settlement = await settle(books, reading.fact, { orderId, cause: 'notification', at })
  const caseId = settlement.kind === 'case' ? settlement.caseId : null
  return { verdict: settlement.kind, orderId, caseId, settlement }
}
