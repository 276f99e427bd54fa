import { AppError } from '@dashang/shared/errors'
import type { PaymentChannel } from '../../wechat/payment-channel.ts'
import type { NotificationDependencies, ReceivedNotification } from './dependencies.ts'

type Read<Reading> = (
  message: Parameters<PaymentChannel['readNotification']>[0],
  now: Date,
) => Promise<Reading>

/** Reads a notification. What cannot be believed is kept apart, and refused as before. */
export async function readOrRefuse<Reading>(
  { refused, metrics, now }: NotificationDependencies,
  { channel, body, headers, sender }: ReceivedNotification,
  read: Read<Reading>,
): Promise<Reading> {
  try {
    return await read({ body, headers }, now())
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    const { name } = channel
    if (error.code === 'NOTIFICATION_PROBE') metrics.notificationProbed(name)
    else await refused.keep({ channel: name, code: error.code, sender, body, at: now() })
    throw error
  }
}
