import type { Config } from './config.ts'
import { presetsOf } from './settings/creator-environment.ts'
import type { Database } from './db/database.ts'
import type { Listen } from './db/listen.ts'
import {
  createCreatorAdministration,
  type CreatorAdministration,
} from './features/creator-settings/creator-settings.ts'
import {
  openDefaultCreator,
  type DefaultCreator,
} from './features/creator-settings/default-creator.ts'
import { createCreators, type Creators } from './features/creators/creators.ts'
import { createOverlay, type Overlay } from './features/overlay/overlay.ts'
import { createMessages, type Messages } from './features/messages/messages.ts'

/** What the server does for creators. */
export interface CreatorServices {
  readonly creators: Creators
  readonly administration: CreatorAdministration
  readonly messages: Messages
  readonly overlay: Overlay
}

interface Dependencies {
  readonly config: Config
  readonly db: Database
  readonly listen: Listen
  readonly now: () => Date
}

export async function createCreatorServices(dependencies: Dependencies): Promise<CreatorServices> {
  const { config, db, listen, now } = dependencies
  await openDefaultCreator(db, defaultCreator(config), now())
  const limits = { minFen: config.TIP_MIN_FEN, maxFen: config.TIP_MAX_FEN }
  return {
    creators: createCreators({ db, limits, now }),
    administration: createCreatorAdministration({
      db,
      limits,
      presetsFen: presetsOf(config),
      publicUrl: config.PUBLIC_URL,
      isDefaultKeyConfigured: config.CREATOR_OVERLAY_KEY !== undefined,
      now,
    }),
    messages: createMessages({ db, now }),
    overlay: createOverlay({ db, listen }),
  }
}

function defaultCreator(config: Config): DefaultCreator {
  const { CREATOR_GOAL_TITLE: title, CREATOR_GOAL_FEN: targetFen } = config
  return {
    settings: {
      name: config.CREATOR_NAME,
      avatarUrl: config.CREATOR_AVATAR_URL ?? null,
      about: config.CREATOR_ABOUT ?? null,
      presetsFen: presetsOf(config),
      minFen: null,
      maxFen: null,
      goal: title === undefined || targetFen === undefined ? null : { title, targetFen },
      thanks: config.CREATOR_THANKS ?? null,
      showsAmounts: config.CREATOR_SHOWS_AMOUNTS === 'on',
    },
    overlayKey: config.CREATOR_OVERLAY_KEY ?? null,
  }
}
