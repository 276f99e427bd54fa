import type { CreatorSettings } from '@dashang/shared/contracts/creator-settings'
import { DEFAULT_CREATOR } from '@dashang/shared/creator-link'
import type { Database } from '../../db/database.ts'
import { columnsOf } from './columns.ts'
import { hashOfKey } from './overlay-key.ts'

/** What the settings of the server say of the creator who is tipped by whoever names no other. */
export interface DefaultCreator {
  readonly settings: CreatorSettings
  /** `null` leaves the key that an operator has made. */
  readonly overlayKey: string | null
}

/** The settings are the truth about this creator: each start writes down what they say. */
export async function openDefaultCreator(
  db: Database,
  { settings, overlayKey }: DefaultCreator,
  now: Date,
): Promise<void> {
  const id = DEFAULT_CREATOR
  // Servers that start at the same moment each write it, and one of them does.
  const row = { id, name: settings.name, createdAt: now }
  await db.creator.createMany({ data: [row], skipDuplicates: true })
  const known = await db.creator.findUniqueOrThrow({ where: { id } })
  await db.creator.update({
    where: { id },
    data: {
      ...columnsOf(settings, known, now),
      ...(overlayKey !== null && { overlayKeyHash: hashOfKey(overlayKey) }),
    },
  })
}
