import type { CreatorView } from '@dashang/shared/contracts/creator-settings'
import { DEFAULT_CREATOR } from '@dashang/shared/creator-link'
import { AppError } from '@dashang/shared/errors'
import { recordAudit } from '../../audit/record-audit.ts'
import type { Database, Transaction } from '../../db/database.ts'
import { findCreator } from './find-creator.ts'
import { wakeOverlays } from './overlay-key.ts'
import { viewOf } from './view.ts'

interface Deed {
  readonly slug: string
  readonly operator: string
  readonly at: Date
}

/** No new tips from now on. What was tipped before settles, and stays on the wall. */
export function retireCreator(db: Database, deed: Deed): Promise<CreatorView> {
  return db.$transaction(async (tx) => {
    const { count } = await tx.creator.updateMany({
      where: { id: refuseDefault(deed.slug), retiredAt: null },
      // Whoever has the address of the overlay has no more to see there.
      data: { retiredAt: deed.at, overlayKeyHash: null },
    })
    await wakeOverlays(tx, deed.slug)
    return answer(tx, deed, count === 1 ? 'creator_retired' : null)
  })
}

export function reinstateCreator(db: Database, deed: Deed): Promise<CreatorView> {
  return db.$transaction(async (tx) => {
    const { count } = await tx.creator.updateMany({
      where: { id: refuseDefault(deed.slug), retiredAt: { not: null } },
      data: { retiredAt: null },
    })
    return answer(tx, deed, count === 1 ? 'creator_reinstated' : null)
  })
}

/** What was so before was no deed. */
async function answer(
  tx: Transaction,
  { slug: target, operator, at }: Deed,
  action: string | null,
): Promise<CreatorView> {
  const creator = await findCreator(tx, target)
  if (action !== null) await recordAudit(tx, { operator, action, target, details: {}, at })
  return viewOf(creator)
}

function refuseDefault(slug: string): string {
  if (slug === DEFAULT_CREATOR) throw new AppError('CREATOR_CONFIGURED', 'said by the settings')
  return slug
}
