import { useCallback, useRef, useState } from 'react'
import { codeOf, type ApiErrorCode } from './api-error'

interface PageOf<Item> {
  readonly items: readonly Item[]
  readonly nextCursor: string | null
}

/** A list that grows page by page. What is there stays while more is fetched, or fails to come. */
export interface Paged<Item> {
  readonly state: 'loading' | 'ready' | 'failed'
  readonly items: readonly Item[]
  readonly nextCursor: string | null
  readonly code: ApiErrorCode | null
}

const NOTHING = { state: 'loading', items: [], nextCursor: null, code: null } as const

const ready = <Item>({ items, nextCursor }: PageOf<Item>): Paged<Item> => ({
  state: 'ready',
  items,
  nextCursor,
  code: null,
})

/** Fresh first rows before those that were fetched deeper down, none of them twice. */
export function mergeFirst<Item>(
  first: PageOf<Item>,
  before: PageOf<Item>,
  keyOf: (item: Item) => string,
): PageOf<Item> {
  if (before.items.length <= first.items.length) return first
  const fresh = new Set(first.items.map(keyOf))
  const last = first.items[first.items.length - 1]
  const from = before.items.findIndex((item) => last !== undefined && keyOf(item) === keyOf(last))
  // Where the two do not touch, rows between them would be missing.
  if (from < 0) return first
  const deeper = before.items.slice(from + 1).filter((item) => !fresh.has(keyOf(item)))
  return { items: [...first.items, ...deeper], nextCursor: before.nextCursor }
}

export function usePaged<Item>(
  fetchPage: (cursor: string | null) => Promise<PageOf<Item>>,
  keyOf: (item: Item) => string,
) {
  const [list, setList] = useState<Paged<Item>>(NOTHING)
  // Only the newest question may answer: a slow page must not follow a fresh list.
  const asked = useRef(0)

  const load = useCallback(
    async (cursor: string | null, how: 'anew' | 'merged' = 'anew'): Promise<void> => {
      asked.current += 1
      const mine = asked.current
      setList((before) => ({ ...before, state: 'loading', code: null }))
      try {
        const page = await fetchPage(cursor)
        if (mine !== asked.current) return
        setList((before) => {
          if (cursor !== null) return ready({ ...page, items: [...before.items, ...page.items] })
          return ready(how === 'merged' ? mergeFirst(page, before, keyOf) : page)
        })
      } catch (error) {
        if (mine !== asked.current) return
        setList((before) => ({ ...before, state: 'failed', code: codeOf(error) }))
      }
    },
    [fetchPage, keyOf],
  )

  /** The end of the page was reached. */
  const more = () => {
    if (list.state !== 'loading' && list.nextCursor !== null) void load(list.nextCursor)
  }
  return { list, load, more }
}
