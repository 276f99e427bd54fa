import { DEFAULT_CREATOR, slugOfScene } from '@dashang/shared/creator-link'

/**
 * Whom the page was opened for: by link, by mini-program code, or by nobody's name. `null` is a
 * name that can be nobody's.
 */
export function creatorOf(query: Readonly<Partial<Record<string, string>>>): string | null {
  const named = query['creator'] ?? query['scene'] ?? ''
  return named === '' ? DEFAULT_CREATOR : slugOfScene(named)
}
