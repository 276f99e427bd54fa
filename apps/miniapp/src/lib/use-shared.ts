import type { CreatorPage } from '@dashang/shared/contracts/creators'
import { useShareAppMessage } from '@tarojs/taro'
import { isPaid, type PaymentPhase } from '../flow/use-payment'
import { useWords } from '../words/use-words'
import { tipPath } from './navigation'

/** What a friend sees who gets the page shared; nobody's own tips are anything to share. */
export function useShared(
  creator: CreatorPage | null,
  phase: PaymentPhase,
  { isMine }: { readonly isMine: boolean },
): void {
  const { tip, thanks } = useWords()
  const titleOf = isPaid(phase) ? thanks.shareTitle : thanks.pageTitle
  useShareAppMessage(() => {
    if (creator !== null) return { title: titleOf(creator.name), path: tipPath(creator.slug) }
    return isMine ? { title: tip.title, path: tipPath() } : { title: tip.title }
  })
}
