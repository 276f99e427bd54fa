import type { Database } from '../../db/database.ts'
import type { Metrics } from '../../metrics/metrics.ts'
import type { Queue } from '../../queue/queue.ts'
import type { PaymentChannel } from '../../wechat/payment-channel.ts'
import type { RefusedNotifications } from './refused.ts'

export interface NotificationDependencies {
  readonly db: Database
  readonly queue: Queue
  readonly refused: RefusedNotifications
  readonly metrics: Metrics
  readonly now: () => Date
}

export interface ReceivedNotification {
  /** Whose address it came to. */
  readonly channel: PaymentChannel
  /** The bytes as they came. */
  readonly body: Uint8Array<ArrayBuffer>
  /** Those that tell how to read it; none of them is a secret. */
  readonly headers: Readonly<Record<string, string>>
  /** The address that they came from. */
  readonly sender: string
}
