import type { Database } from '../../db/database.ts'
import type { Queue } from '../../queue/queue.ts'
import type { Channels } from '../../wechat/channels.ts'

/** What this server sells and to whom the money goes; the same for every order, for now. */
export interface Offer {
  readonly creatorId: string
  readonly merchantAccountId: string
  readonly description: string
  readonly minFen: number
  readonly maxFen: number
  readonly publicUrl: string
}

export interface OrderDependencies {
  readonly db: Database
  readonly queue: Queue
  readonly channels: Channels
  readonly offer: Offer
  /** When WeChat is asked about an order, counted from its making. */
  readonly followUpSeconds: readonly number[]
  readonly now: () => Date
}
