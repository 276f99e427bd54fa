import type { CreatorPage } from '@dashang/shared/contracts/creators'
import type { Words } from '../words/zh'
import { askToContinue, toast } from './feedback'
import { openAlbumSettings, savePoster } from './poster'

/** Saves the poster, and says what came of it: a refusal leads to the settings. */
export async function offerPoster(creator: CreatorPage, words: Words): Promise<void> {
  const { thanks } = words
  const saved = await savePoster({
    name: creator.name,
    line: thanks.posterLine,
    thanks: creator.thanks ?? thanks.fallback,
    foot: thanks.posterFoot,
  })
  if (saved === 'saved') toast(thanks.saved)
  if (saved === 'downloaded') toast(thanks.downloaded)
  if (saved === 'failed') toast(thanks.notSaved)
  if (saved === 'denied' && (await leadsToSettings(words))) {
    await openAlbumSettings().catch(() => {
      toast(thanks.settingsNotOpened)
    })
  }
}

const leadsToSettings = ({ thanks, common }: Words): Promise<boolean> =>
  askToContinue({
    content: thanks.denied,
    confirmText: thanks.openSettings,
    cancelText: common.back,
  })
