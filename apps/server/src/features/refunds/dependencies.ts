import type { Database } from '../../db/database.ts'
import type { Queue } from '../../queue/queue.ts'
import type { PaymentChannel } from '../../wechat/payment-channel.ts'

export interface RefundDependencies {
  readonly db: Database
  readonly queue: Queue
  readonly channel: PaymentChannel
  /** Where WeChat reaches this server. */
  readonly publicUrl: string
  readonly now: () => Date
}
