import type { Database } from '../../db/database.ts'

const MAX_ENTRIES = 50
const BEGINNING = new Date(0)

interface Row {
  readonly rank: bigint
  readonly amountFen: bigint
  readonly tipCount: bigint
  readonly name: string | null
}

export interface RankedTips {
  readonly rank: number
  readonly name: string | null
  readonly amountFen: number
  readonly tipCount: number
}

/**
 * Who gave most. What a person gave anonymously counts apart, or their place would tell of it; neither
 * names whose it is. Equal sums stand in the order of the first payment.
 */
export async function rank(
  db: Database,
  creatorId: string,
  startsAt: Date | null,
): Promise<RankedTips[]> {
  const rows = await db.$queryRaw<Row[]>`
    WITH given AS (
      SELECT "user_id", "is_anonymous", sum("amount_fen" - "refund_reserved_fen") AS "fen",
        count(*) AS "tips", min("paid_at") AS "first_at"
      FROM "tip_order"
      WHERE "creator_id" = ${creatorId} AND "state" = 'paid'
        AND "refund_reserved_fen" < "amount_fen" AND "paid_at" >= ${startsAt ?? BEGINNING}
      GROUP BY "user_id", "is_anonymous"),
    best AS (
      SELECT *, rank() OVER (ORDER BY "fen" DESC) AS "rank" FROM given
      ORDER BY "fen" DESC, "first_at" LIMIT ${MAX_ENTRIES})
    SELECT "rank", "fen" AS "amountFen", "tips" AS "tipCount", (
      SELECT o."display_name" FROM "tip_order" o
      WHERE o."user_id" = best."user_id" AND o."creator_id" = ${creatorId} AND o."state" = 'paid'
        AND o."message_state" = 'shown' AND o."display_name" IS NOT NULL
        AND NOT best."is_anonymous"
      ORDER BY o."created_at" DESC, o."id" DESC LIMIT 1) AS "name"
    FROM best ORDER BY "fen" DESC, "first_at"`
  return rows.map(({ rank, name, amountFen, tipCount }) => ({
    rank: Number(rank),
    name,
    amountFen: Number(amountFen),
    tipCount: Number(tipCount),
  }))
}
