import type { Database } from '../../db/database.ts'
import type { Queue } from '../../queue/queue.ts'
import type { Channels } from '../../wechat/channels.ts'
import type { CheckText } from '../../wechat/text-check.ts'

/** What this server sells and to whom the money goes, unless an order names another creator. */
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
  /** Without it, what is written with a tip is shown unchecked. */
  readonly checkText: CheckText | null
  readonly offer: Offer
  /** When WeChat is asked about an order, counted from its making. */
  readonly followUpSeconds: readonly number[]
  readonly now: () => Date
}
