import type { Supporter, SupporterList } from '@dashang/shared/contracts/creators'
import { AppError } from '@dashang/shared/errors'
import type { Database } from '../../db/database.ts'
import { publicWords } from '../../domain/creator.ts'
import type { Creator, MessageState } from '../../generated/prisma/client.ts'

const PAGE_SIZE = 20
/** Beyond every number that there can be: the first page. */
const ABOVE_ALL = 2n ** 63n - 1n

type Shown = Pick<Creator, 'id' | 'showsAmounts'>

interface Row {
  readonly number: bigint
  readonly amountFen: number
  readonly message: string | null
  readonly displayName: string | null
  readonly messageState: MessageState
  readonly paidAt: Date
}

/** The tips that were confirmed before the one of this number, newest first; none that went back whole. */
export async function readSupporters(
  db: Database,
  creator: Shown,
  { below = ABOVE_ALL, limit }: { below?: bigint; limit: number },
): Promise<Supporter[]> {
  const rows = await db.$queryRaw<Row[]>`
    SELECT a."number", o."amount_fen" - o."refund_reserved_fen" AS "amountFen", o."message",
      o."display_name" AS "displayName", o."message_state" AS "messageState", o."paid_at" AS "paidAt"
    FROM "tip_alert" a JOIN "tip_order" o ON o."id" = a."order_id"
    WHERE a."creator_id" = ${creator.id} AND a."number" < ${below} AND a."kind" = 'tip'
      AND o."refund_reserved_fen" < o."amount_fen"
    ORDER BY a."number" DESC LIMIT ${limit}`
  return rows.map((row) => ({
    id: String(row.number),
    ...publicWords(row),
    amountFen: creator.showsAmounts ? row.amountFen : null,
    paidAt: row.paidAt.toISOString(),
  }))
}

/** One page of the wall. The cursor is the number of the last tip on it, which everybody sees anyway. */
export async function listSupporters(
  db: Database,
  creator: Shown,
  cursor: string | undefined,
): Promise<SupporterList> {
  const below = cursor === undefined ? {} : { below: decodeCursor(cursor) }
  const rows = await readSupporters(db, creator, { ...below, limit: PAGE_SIZE + 1 })
  const supporters = rows.slice(0, PAGE_SIZE)
  const last = rows.length > PAGE_SIZE ? supporters.at(-1) : undefined
  return { supporters, nextCursor: last?.id ?? null }
}

function decodeCursor(cursor: string): bigint {
  if (/^[1-9][0-9]{0,17}$/.test(cursor)) return BigInt(cursor)
  throw new AppError('INVALID_REQUEST', 'the cursor is not one of ours')
}
