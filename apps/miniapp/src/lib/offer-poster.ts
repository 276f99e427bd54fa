import type { CreatorPage } from '@dashang/shared/contracts/creators'
import type { Words } from '../words/zh'
import { askToContinue, toast } from './feedback'
import { openAlbumSettings, savePoster } from './poster'

/** Saves the poster, and says what came of it: a refusal leads to the settings. */
export async function offerPoster(creator: CreatorPage, { thanks }: Words): Promise<void> {
  const saved = await savePoster({
    name: creator.name,
    line: thanks.posterLine,
    thanks: creator.thanks ?? thanks.fallback,
    foot: thanks.posterFoot,
  })
  if (saved === 'saved') toast(thanks.saved)
  if (saved === 'failed') toast(thanks.notSaved)
  if (saved === 'denied' && (await askToContinue(thanks.denied, thanks.openSettings))) {
    openAlbumSettings()
  }
}
