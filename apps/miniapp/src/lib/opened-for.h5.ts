import { creatorOf } from '../flow/creator-of'

/** Who writes a name before the `#` means it as well; what stands behind it is of the page, and goes first. */
export const openedFor: typeof creatorOf = (query) => {
  const isNamed = (query['creator'] ?? query['scene'] ?? '') !== ''
  return creatorOf(
    isNamed ? query : Object.fromEntries(new URLSearchParams(window.location.search)),
  )
}
