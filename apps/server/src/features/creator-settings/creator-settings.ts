import type {
  CreatorChangesBody,
  CreatorList,
  CreatorListQuery,
  CreatorSettings,
  CreatorView,
  NewCreatorBody,
} from '@dashang/shared/contracts/creator-settings'
import { DEFAULT_CREATOR } from '@dashang/shared/creator-link'
import { AppError } from '@dashang/shared/errors'
import { recordAudit } from '../../audit/record-audit.ts'
import type { Database } from '../../db/database.ts'
import { isWithin, limitsOf, type Limits } from '../../domain/creator.ts'
import { columnsOf } from './columns.ts'
import { findCreator } from './find-creator.ts'
import { listCreators } from './list-creators.ts'
import { hashOfKey, newOverlayKey, wakeOverlays } from './overlay-key.ts'
import { reinstateCreator, retireCreator } from './retire-creator.ts'
import { settingsOf, viewOf } from './view.ts'

export interface CreatorSettingsDependencies {
  readonly db: Database
  /** The server's own limits, and the amounts it offers where nobody says others. */
  readonly limits: Limits
  readonly presetsFen: readonly number[]
  readonly publicUrl: string
  /** Whether the settings of the server say the key of the default creator. */
  readonly isDefaultKeyConfigured: boolean
  readonly now: () => Date
}

interface Whose {
  readonly slug: string
  readonly operator: string
}

/** Creators, as operators make and change them; each deed is written down with its doer. */
export interface CreatorAdministration {
  create(creator: NewCreatorBody, operator: string): Promise<CreatorView>
  list(query: CreatorListQuery): Promise<CreatorList>
  find(slug: string): Promise<CreatorView>
  change(whose: Whose, changes: CreatorChangesBody): Promise<CreatorView>
  retire(whose: Whose): Promise<CreatorView>
  reinstate(whose: Whose): Promise<CreatorView>
  /** The address with the new key is told this once. */
  renewKey(whose: Whose): Promise<{ overlayUrl: string }>
}

export function createCreatorAdministration(
  dependencies: CreatorSettingsDependencies,
): CreatorAdministration {
  const { db, now } = dependencies
  return {
    create: (creator, operator) => create(dependencies, creator, operator),
    list: ({ cursor }) => listCreators(db, cursor),
    find: async (slug) => viewOf(await findCreator(db, slug)),
    change: (whose, changes) => change(dependencies, whose, changes),
    retire: (whose) => retireCreator(db, { ...whose, at: now() }),
    reinstate: (whose) => reinstateCreator(db, { ...whose, at: now() }),
    renewKey: (whose) => renewKey(dependencies, whose),
  }
}

async function create(
  { db, limits, presetsFen, now }: CreatorSettingsDependencies,
  { slug, ...named }: NewCreatorBody,
  operator: string,
): Promise<CreatorView> {
  const standard = {
    avatarUrl: null,
    about: null,
    presetsFen: presetsFen.filter((fen) => isWithin(fen, limitsOf(ownLimits(named), limits))),
    minFen: null,
    maxFen: null,
    goal: null,
    thanks: null,
    showsAmounts: true,
  }
  const settings: CreatorSettings = { ...standard, ...named }
  refuseUnsound(settings, limits)
  const at = now()
  return db.$transaction(async (tx) => {
    const row = { id: slug, createdAt: at, ...rowOf(settings, at) }
    const { count } = await tx.creator.createMany({ data: [row], skipDuplicates: true })
    const creator = await findCreator(tx, slug)
    if (count === 1) {
      const deed = { operator, action: 'creator_made', target: slug, details: settings, at }
      await recordAudit(tx, deed)
    } else if (!isSame(settingsOf(creator), settings)) {
      throw new AppError('CREATOR_CONFLICT', 'the slug is taken')
    }
    return viewOf(creator)
  })
}

const ownLimits = ({ minFen = null, maxFen = null }: CreatorChangesBody) => ({ minFen, maxFen })

const NO_GOAL = { goalTitle: null, goalTargetFen: null }
const rowOf = (settings: CreatorSettings, at: Date) => ({
  name: settings.name,
  ...columnsOf(settings, NO_GOAL, at),
})

/** Both come from the same schema, so the order of their fields tells nothing. */
function isSame(known: CreatorSettings, asked: CreatorSettings): boolean {
  const text = (settings: CreatorSettings) =>
    JSON.stringify(Object.entries(settings).sort(([a], [b]) => (a < b ? -1 : 1)))
  return text(known) === text(asked)
}

async function change(
  { db, limits, now }: CreatorSettingsDependencies,
  { slug, operator }: Whose,
  changes: CreatorChangesBody,
): Promise<CreatorView> {
  if (slug === DEFAULT_CREATOR) throw new AppError('CREATOR_CONFIGURED', 'said by the settings')
  const at = now()
  return db.$transaction(async (tx) => {
    const known = await findCreator(tx, slug)
    refuseUnsound({ ...settingsOf(known), ...changes }, limits)
    const data = columnsOf(changes, known, at)
    const creator = await tx.creator.update({ where: { id: slug }, data })
    const deed = { operator, action: 'creator_changed', target: slug, details: changes, at }
    await recordAudit(tx, deed)
    return viewOf(creator)
  })
}

async function renewKey(
  { db, publicUrl, isDefaultKeyConfigured, now }: CreatorSettingsDependencies,
  { slug, operator }: Whose,
): Promise<{ overlayUrl: string }> {
  if (slug === DEFAULT_CREATOR && isDefaultKeyConfigured) {
    throw new AppError('CREATOR_CONFIGURED', 'the key is said by the settings')
  }
  const key = newOverlayKey()
  await db.$transaction(async (tx) => {
    const { count } = await tx.creator.updateMany({
      where: { id: slug, retiredAt: null },
      data: { overlayKeyHash: hashOfKey(key) },
    })
    if (count === 0) {
      await findCreator(tx, slug)
      throw new AppError('CREATOR_RETIRED', 'an overlay of a retired creator')
    }
    await wakeOverlays(tx, slug)
    const deed = { operator, action: 'overlay_key_renewed', target: slug, details: {}, at: now() }
    await recordAudit(tx, deed)
  })
  const url = new URL(`/overlay/${slug}`, publicUrl)
  url.searchParams.set('key', key)
  return { overlayUrl: url.href }
}

function refuseUnsound(settings: CreatorSettings, server: Limits): void {
  const { minFen, maxFen, presetsFen } = settings
  const limits = limitsOf(settings, server)
  const isOutside = [minFen, maxFen].some((fen) => fen !== null && !isWithin(fen, server))
  if (isOutside || limits.minFen > limits.maxFen) {
    throw new AppError('CREATOR_UNSOUND', `limits ${limits.minFen} to ${limits.maxFen} fen`)
  }
  if (!presetsFen.every((fen) => isWithin(fen, limits))) {
    throw new AppError('CREATOR_UNSOUND', 'a preset outside the limits')
  }
}
