import { AppError } from '@dashang/shared/errors'
import type { NotificationDependencies, ReceivedNotification } from './dependencies.ts'

/** Reads a notification. What cannot be believed is kept apart, and refused as before. */
export async function readOrRefuse<Reading>(
  { channel, refused, now }: NotificationDependencies,
  { body, sender }: ReceivedNotification,
  read: (body: Uint8Array) => Reading,
): Promise<Reading> {
  try {
    return read(body)
  } catch (error) {
    if (error instanceof AppError) {
      await refused.keep({ channel: channel.name, code: error.code, sender, body, at: now() })
    }
    throw error
  }
}
