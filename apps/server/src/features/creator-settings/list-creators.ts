import type { CreatorList } from '@dashang/shared/contracts/creator-settings'
import { CREATOR_SLUG_PATTERN } from '@dashang/shared/creator-link'
import { AppError } from '@dashang/shared/errors'
import type { Database } from '../../db/database.ts'
import { viewOf } from './view.ts'

const PAGE_SIZE = 50

/** One page, by slug. The cursor is the last slug on the page before. */
export async function listCreators(db: Database, cursor: string | undefined): Promise<CreatorList> {
  if (cursor !== undefined && !new RegExp(CREATOR_SLUG_PATTERN).test(cursor)) {
    throw new AppError('INVALID_REQUEST', 'the cursor is not one of ours')
  }
  const rows = await db.creator.findMany({
    where: cursor === undefined ? {} : { id: { gt: cursor } },
    orderBy: { id: 'asc' },
    take: PAGE_SIZE + 1,
  })
  const page = rows.slice(0, PAGE_SIZE)
  const last = rows.length > PAGE_SIZE ? page.at(-1) : undefined
  return { creators: page.map(viewOf), nextCursor: last?.id ?? null }
}
