import type { Database } from '../../db/database.ts'
import type { Queue } from '../../queue/queue.ts'
import type { Channels } from '../../wechat/channels.ts'

export interface RefundDependencies {
  readonly db: Database
  readonly queue: Queue
  readonly channels: Channels
  /** Where WeChat reaches this server. */
  readonly publicUrl: string
  readonly now: () => Date
}
