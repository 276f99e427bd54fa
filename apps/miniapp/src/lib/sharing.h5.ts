import { copyText } from './feedback'
import { tipPath } from './navigation'

/** A browser has no sheet of chats: the address of the creator's page is copied. */
export function sharing(creator: string, copied: string): { readonly onTap: () => void } {
  const { origin, pathname } = window.location
  const address = `${origin}${pathname}#${tipPath(creator)}`
  return { onTap: () => void copyText(address, copied) }
}
