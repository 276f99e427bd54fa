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

interface Question {
  readonly cursor: string | null
  /** What becomes of the rows that are there when the first ones are fetched again. */
  readonly how: 'anew' | 'merged'
}

const FIRST_PAGE: Question = { cursor: null, how: 'anew' }

export function usePaged<Item>(
  fetchPage: (cursor: string | null) => Promise<PageOf<Item>>,
  keyOf: (item: Item) => string,
) {
  const [list, setList] = useState<Paged<Item>>(NOTHING)
  // Only the newest question may answer: a slow page must not follow a fresh list.
  const newest = useRef<Question>(FIRST_PAGE)

  const ask = useCallback(
    async (question: Question): Promise<void> => {
      newest.current = question
      const { cursor, how } = question
      setList((before) => ({ ...before, state: 'loading', code: null }))
      try {
        const page = await fetchPage(cursor)
        if (question !== newest.current) return
        setList((before) => {
          if (cursor !== null) return ready({ ...page, items: [...before.items, ...page.items] })
          return ready(how === 'merged' ? mergeFirst(page, before, keyOf) : page)
        })
      } catch (error) {
        if (question !== newest.current) return
        setList((before) => ({ ...before, state: 'failed', code: codeOf(error) }))
      }
    },
    [fetchPage, keyOf],
  )

  const load = useCallback((how: Question['how'] = 'anew') => ask({ cursor: null, how }), [ask])
  /** The end of the page was reached. */
  const more = () => {
    const { state, nextCursor: cursor } = list
    if (state !== 'loading' && cursor !== null) void ask({ cursor, how: 'anew' })
  }
  const retry = () => void ask({ ...newest.current })
  return { list, load, more, retry }
}
