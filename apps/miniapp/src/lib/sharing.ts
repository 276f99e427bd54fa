import type { Words } from '../words/zh'

interface Share {
  readonly onTap?: () => void
}

/** WeChat's own sheet opens on the tap and asks the page what to share, so there is nothing to add. */
export const sharing: (creator: string, words: Words) => Share = () => ({})
