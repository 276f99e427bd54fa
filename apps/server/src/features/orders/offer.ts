import { DEFAULT_CREATOR } from '@dashang/shared/creator-link'
import type { Database } from '../../db/database.ts'
import type { Offer } from './dependencies.ts'

export interface OfferSettings {
  readonly appid: string
  readonly mchid: string
  readonly description: string
  readonly minFen: number
  readonly maxFen: number
  readonly publicUrl: string
}

/** Makes sure that the one merchant account of this installation has its row. */
export async function openOffer(db: Database, settings: OfferSettings, now: Date): Promise<Offer> {
  const { appid, mchid, description, minFen, maxFen, publicUrl } = settings
  // Servers that start at the same moment each write it, and one of them does.
  const account = { appid, mchid, createdAt: now }
  await db.merchantAccount.createMany({ data: [account], skipDuplicates: true })
  const merchantAccount = await db.merchantAccount.findUniqueOrThrow({
    where: { appid_mchid: { appid, mchid } },
  })
  return {
    creatorId: DEFAULT_CREATOR,
    merchantAccountId: merchantAccount.id,
    description,
    minFen,
    maxFen,
    publicUrl,
  }
}
