import { useCallback, useState } from 'react'
import { codeOf, type ApiErrorCode } from './api-error'

interface PageOf<Item> {
  readonly items: readonly Item[]
  readonly nextCursor: string | null
}

/** What is asked of the server, and why there is no answer to it. */
interface Question {
  readonly cursor: string | null
  /** What becomes of the rows that are there when the first ones are fetched again. */
  readonly how: 'anew' | 'merged'
  /** `null` while it is on its way. */
  readonly code: ApiErrorCode | null
}

/** The rows that are there, and what is asked: the first page and a deeper one go side by side. */
interface List<Item> extends PageOf<Item> {
  readonly first: Question | null
  readonly deeper: Question | null
}

/** A list that grows page by page. What is there stays while more is fetched, or fails to come. */
export interface Paged<Item> extends PageOf<Item> {
  readonly state: 'loading' | 'ready' | 'failed'
  readonly code: ApiErrorCode | null
}

const FIRST_PAGE: Question = { cursor: null, how: 'anew', code: null }
const NOTHING = { items: [], nextCursor: null, first: FIRST_PAGE, deeper: null } as const

const slotOf = ({ cursor }: Question) => (cursor === null ? 'first' : 'deeper')

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

/** A page has come. The deeper one counts as long as the rows end where it was asked for. */
function withPage<Item>(
  before: List<Item>,
  page: PageOf<Item>,
  { question, keyOf }: { question: Question; keyOf: (item: Item) => string },
): List<Item> {
  if (question.cursor !== null) {
    return { ...before, ...page, items: [...before.items, ...page.items], deeper: null }
  }
  const rows = question.how === 'merged' ? mergeFirst(page, before, keyOf) : page
  const { deeper } = before
  return { ...rows, first: null, deeper: deeper?.cursor === rows.nextCursor ? deeper : null }
}

function pagedOf<Item>({ items, nextCursor, first, deeper }: List<Item>): Paged<Item> {
  const asked = [first, deeper].filter((question) => question !== null)
  const code = asked.find((question) => question.code !== null)?.code ?? null
  const isLoading = asked.some((question) => question.code === null)
  if (isLoading) return { state: 'loading', items, nextCursor, code: null }
  return { state: code === null ? 'ready' : 'failed', items, nextCursor, code }
}

export function usePaged<Item>(
  fetchPage: (cursor: string | null) => Promise<PageOf<Item>>,
  keyOf: (item: Item) => string,
) {
  const [list, setList] = useState<List<Item>>(NOTHING)

  const ask = useCallback(
    async (cursor: string | null, how: Question['how']): Promise<void> => {
      const question: Question = { cursor, how, code: null }
      const slot = slotOf(question)
      /** Only the newest question of its kind is answered. */
      const settle = (answer: (before: List<Item>) => List<Item>) => {
        setList((before) => (before[slot] === question ? answer(before) : before))
      }
      setList((before) => ({ ...before, [slot]: question }))
      try {
        const page = await fetchPage(cursor)
        settle((before) => withPage(before, page, { question, keyOf }))
      } catch (error) {
        const code = codeOf(error)
        settle((before) => ({ ...before, [slot]: { ...question, code } }))
      }
    },
    [fetchPage, keyOf],
  )

  const load = useCallback((how: Question['how'] = 'anew') => ask(null, how), [ask])
  /** The end of the page was reached, or more is wanted. */
  const more = () => {
    const { nextCursor, deeper } = list
    const isComing = deeper !== null && deeper.code === null
    if (nextCursor !== null && !isComing) void ask(nextCursor, 'anew')
  }
  const retry = () => {
    for (const question of [list.first, list.deeper]) {
      if (question !== null && question.code !== null) void ask(question.cursor, question.how)
    }
  }
  return { list: pagedOf(list), load, more, retry }
}
