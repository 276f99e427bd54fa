import type {
  CreatorPage,
  Ranking,
  RankingPeriod,
  SupporterList,
} from '@dashang/shared/contracts/creators'
import { AppError } from '@dashang/shared/errors'
import { MAX_MESSAGE_CHARACTERS, MAX_NAME_CHARACTERS } from '@dashang/shared/words'
import type { Database } from '../../db/database.ts'
import { isWithin, limitsOf, type Limits } from '../../domain/creator.ts'
import { startOfPeriod } from '../../domain/ranking-period.ts'
import type { Creator } from '../../generated/prisma/client.ts'
import { createMemory } from './memory.ts'
import { rank, type RankedTips } from './ranking.ts'
import { listSupporters, readSupporters } from './supporters.ts'

const LATEST = 10

export interface CreatorDependencies {
  readonly db: Database
  /** The server's own, which no creator leaves. */
  readonly limits: Limits
  readonly now: () => Date
}

/** What everybody may see of a creator. */
export interface Creators {
  page(slug: string): Promise<CreatorPage>
  supporters(slug: string, cursor: string | undefined): Promise<SupporterList>
  ranking(slug: string, period: RankingPeriod): Promise<Ranking>
}

export function createCreators({ db, limits, now }: CreatorDependencies): Creators {
  const sumsOf = createMemory<Sums>(now)
  const ranks = createMemory<readonly RankedTips[]>(now)

  async function find(slug: string): Promise<Creator> {
    const creator = await db.creator.findUnique({ where: { id: slug } })
    if (creator === null) throw new AppError('CREATOR_NOT_FOUND', 'no creator of this slug')
    return creator
  }

  return {
    async page(slug) {
      const creator = await find(slug)
      const goal = `${slug} ${creator.goalSetAt?.toISOString() ?? ''}`
      const [sums, latestSupporters] = await Promise.all([
        sumsOf.recall(goal, creator.lastAlert, () => readSums(db, creator)),
        readSupporters(db, creator, { limit: LATEST }),
      ])
      return { ...viewOf(creator, limits, sums), latestSupporters }
    },
    supporters: async (slug, cursor) => listSupporters(db, await find(slug), cursor),
    async ranking(slug, period) {
      const { showsAmounts, lastAlert } = await find(slug)
      const startsAt = startOfPeriod(period, now())
      const start = startsAt?.toISOString() ?? null
      const ranked = await ranks.recall(`${slug} ${period} ${start ?? ''}`, lastAlert, () =>
        rank(db, slug, startsAt),
      )
      const entries = ranked.map((tips) => ({
        ...tips,
        amountFen: showsAmounts ? tips.amountFen : null,
      }))
      return { period, startsAt: start, entries }
    },
  }
}

interface Sums {
  readonly supporters: bigint
  /** Since the goal was set. */
  readonly raisedFen: bigint
}

async function readSums(db: Database, { id, goalSetAt }: Creator): Promise<Sums> {
  const [sums = { supporters: 0n, raisedFen: 0n }] = await db.$queryRaw<Sums[]>`
    SELECT count(*) AS "supporters", coalesce(sum("raised"), 0)::bigint AS "raisedFen" FROM (
      SELECT sum("amount_fen" - "refund_reserved_fen") FILTER (WHERE "paid_at" >= ${goalSetAt}) AS "raised"
      FROM "tip_order"
      WHERE "creator_id" = ${id} AND "state" = 'paid' AND "refund_reserved_fen" < "amount_fen"
      GROUP BY "user_id") AS given`
  return sums
}

function viewOf(
  creator: Creator,
  server: Limits,
  { supporters, raisedFen }: Sums,
): Omit<CreatorPage, 'latestSupporters'> {
  const { id: slug, name, avatarUrl, about, presetsFen, thanks, showsAmounts } = creator
  const isRetired = creator.retiredAt !== null
  const { goalTitle: title, goalTargetFen: targetFen } = creator
  const limits = limitsOf(creator, server)
  return {
    slug,
    name,
    isRetired,
    avatarUrl,
    about,
    presetsFen: presetsFen.filter((fen) => isWithin(fen, limits)).sort((a, b) => a - b),
    ...limits,
    goal:
      title === null || targetFen === null
        ? null
        : { title, targetFen, raisedFen: Number(raisedFen) },
    supporterCount: Number(supporters),
    thanks,
    showsAmounts,
    messageMaxLength: MAX_MESSAGE_CHARACTERS,
    nameMaxLength: MAX_NAME_CHARACTERS,
  }
}
