import type { Words } from '../words/zh'
import { copyText } from './feedback'
import { tipPath } from './navigation'

/** A browser has no sheet of chats: the address of the creator's page is copied. */
export function sharing(
  creator: string,
  { thanks, common }: Words,
): { readonly onTap: () => void } {
  const { origin, pathname } = window.location
  const address = `${origin}${pathname}#${tipPath(creator)}`
  const words = { copied: thanks.linkCopied, notCopied: common.notCopied }
  return { onTap: () => void copyText(address, words) }
}
