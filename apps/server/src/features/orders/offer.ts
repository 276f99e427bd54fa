import type { Database } from '../../db/database.ts'
import type { Offer } from './dependencies.ts'

const CREATOR_ID = 'default'

export interface OfferSettings {
  readonly appid: string
  readonly mchid: string
  readonly creatorName: string
  readonly description: string
  readonly minFen: number
  readonly maxFen: number
  readonly publicUrl: string
}

/** Makes sure that the one creator and the one merchant account of this installation have rows. */
export async function openOffer(db: Database, settings: OfferSettings, now: Date): Promise<Offer> {
  const { appid, mchid, creatorName: name, description, minFen, maxFen, publicUrl } = settings
  const creator = await db.creator.upsert({
    where: { id: CREATOR_ID },
    create: { id: CREATOR_ID, name, createdAt: now },
    update: { name },
  })
  // Servers that start at the same moment each write it, and one of them does.
  const account = { appid, mchid, createdAt: now }
  await db.merchantAccount.createMany({ data: [account], skipDuplicates: true })
  const merchantAccount = await db.merchantAccount.findUniqueOrThrow({
    where: { appid_mchid: { appid, mchid } },
  })
  return {
    creatorId: creator.id,
    merchantAccountId: merchantAccount.id,
    description,
    minFen,
    maxFen,
    publicUrl,
  }
}
