import { formatYuan } from '@dashang/shared/money'
import type { Database } from '../../db/database.ts'
import { publicWords } from '../../domain/creator.ts'
import type { AlertKind, Creator, MessageState } from '../../generated/prisma/client.ts'

/** Read in one go; a stream that is behind reads on at once. */
export const BATCH = 100

export type FollowedCreator = Pick<Creator, 'id' | 'name' | 'showsAmounts'>

interface Row {
  readonly number: bigint
  readonly kind: AlertKind
  /** The number of the tip that it is about. */
  readonly tip: bigint
  readonly amountFen: number
  readonly message: string | null
  readonly displayName: string | null
  readonly messageState: MessageState
  readonly paidAt: Date
}

/** What comes after a number: as it stands now, so words that were hidden meanwhile are not told. */
export function readAlerts(db: Database, creatorId: string, after: bigint): Promise<Row[]> {
  return db.$queryRaw<Row[]>`
    SELECT a."number", a."kind", t."number" AS "tip", o."message", o."paid_at" AS "paidAt",
      o."amount_fen" - o."refund_reserved_fen" AS "amountFen",
      o."display_name" AS "displayName", o."message_state" AS "messageState"
    FROM "tip_alert" a JOIN "tip_order" o ON o."id" = a."order_id"
    JOIN "tip_alert" t ON t."order_id" = a."order_id" AND t."kind" = 'tip'
    WHERE a."creator_id" = ${creatorId} AND a."number" > ${after}
    ORDER BY a."number" LIMIT ${BATCH}`
}

const EVENTS = { tip: 'tip', hidden: 'hide', shown: 'show' } as const satisfies Record<
  AlertKind,
  string
>

/** One alert as a server-sent event; none of what went back whole before it was told. */
export function eventOf(row: Row, { showsAmounts }: FollowedCreator): string {
  if (row.kind === 'hidden') return frame(row, { tip: String(row.tip) })
  if (row.amountFen === 0) return ''
  return frame(row, {
    tip: String(row.tip),
    ...publicWords(row),
    amountFen: showsAmounts ? row.amountFen : null,
    amount: showsAmounts ? formatYuan(row.amountFen) : null,
    paidAt: row.paidAt.toISOString(),
  })
}

function frame({ number, kind }: Row, data: object): string {
  return `id: ${number}\nevent: ${EVENTS[kind]}\ndata: ${JSON.stringify(data)}\n\n`
}
