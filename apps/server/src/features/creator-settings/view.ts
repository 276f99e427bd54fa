import type { CreatorSettings, CreatorView } from '@dashang/shared/contracts/creator-settings'
import { sceneOfSlug } from '@dashang/shared/creator-link'
import type { Creator } from '../../generated/prisma/client.ts'

export function settingsOf(creator: Creator): CreatorSettings {
  const { name, avatarUrl, about, presetsFen, minFen, maxFen, thanks, showsAmounts } = creator
  const { goalTitle: title, goalTargetFen: targetFen } = creator
  const goal = title === null || targetFen === null ? null : { title, targetFen }
  return { name, avatarUrl, about, presetsFen, minFen, maxFen, goal, thanks, showsAmounts }
}

export function viewOf(creator: Creator): CreatorView {
  return {
    slug: creator.id,
    scene: sceneOfSlug(creator.id),
    ...settingsOf(creator),
    hasOverlayKey: creator.overlayKeyHash !== null,
    retiredAt: creator.retiredAt?.toISOString() ?? null,
  }
}
