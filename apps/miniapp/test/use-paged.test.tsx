import { act, renderHook } from '@testing-library/react'
import { beforeEach, expect, it } from 'vitest'
import { ApiError } from '../src/flow/api-error'
import { usePaged } from '../src/flow/use-paged'

interface Rows {
  readonly items: readonly string[]
  readonly nextCursor: string | null
}

const rows = (ids: string, nextCursor: string | null): Rows => ({
  items: Array.from(ids),
  nextCursor,
})

/** What was asked and not yet answered, by its cursor. */
let asked: { cursor: string | null; answer: (page: Rows) => void; fail: () => void }[] = []

const fetchPage = (cursor: string | null) =>
  new Promise<Rows>((answer, reject) => {
    const fail = () => {
      reject(new ApiError('OFFLINE'))
    }
    asked.push({ cursor, answer, fail })
  })
const keyOf = (id: string) => id

type Answer = Rows | 'fails'

/** The oldest question of this cursor gets its answer. */
async function reply(cursor: string | null, answer: Answer): Promise<void> {
  const at = asked.findIndex((one) => one.cursor === cursor)
  const [one] = asked.splice(at, at < 0 ? 0 : 1)
  await act(async () => {
    if (answer === 'fails') one?.fail()
    else one?.answer(answer)
    await Promise.resolve()
  })
}

function start() {
  const paged = renderHook(() => usePaged(fetchPage, keyOf)).result
  const load = (how: 'anew' | 'merged') => {
    act(() => void paged.current.load(how))
  }
  const more = () => {
    act(() => {
      paged.current.more()
    })
  }
  const retry = () => {
    act(() => {
      paged.current.retry()
    })
  }
  const shown = () => {
    const { state, items, nextCursor } = paged.current.list
    return [items.join(''), nextCursor, state]
  }
  return { load, more, retry, shown }
}

/** A list whose first page ends at `1`. */
async function opened() {
  const paged = start()
  paged.load('anew')
  await reply(null, rows('ab', '1'))
  return paged
}

const cursors = () => asked.map(({ cursor }) => cursor)

beforeEach(() => {
  asked = []
})

it('lets a deeper page come while the first rows are refreshed, whichever is first', async () => {
  for (const isDeeperFirst of [true, false]) {
    const { load, more, shown } = await opened()
    more()
    load('merged')
    const replies = [() => reply('1', rows('cd', '2')), () => reply(null, rows('ab', '1'))]
    if (!isDeeperFirst) replies.reverse()
    await replies[0]?.()
    expect(shown()[2]).toBe('loading')
    await replies[1]?.()
    expect(shown()).toEqual(['abcd', '2', 'ready'])
  }
})

it('asks for the deeper page also while the first rows are on their way, and once', async () => {
  const { load, more, shown } = await opened()
  load('merged')
  more()
  more()
  expect(cursors()).toEqual([null, '1'])
  await reply('1', rows('cd', null))
  await reply(null, rows('ab', '1'))
  expect(shown()).toEqual(['abcd', null, 'ready'])
})

it('drops a deeper page under which the rows have moved, and waits for it no more', async () => {
  const { load, more, shown } = await opened()
  more()
  load('merged')
  await reply(null, rows('xa', '0'))
  expect(shown()).toEqual(['xa', '0', 'ready'])
  await reply('1', rows('cd', '2'))
  expect(shown()).toEqual(['xa', '0', 'ready'])
  more()
  expect(cursors()).toEqual(['0'])
})

it('lets no slow first page replace a newer one', async () => {
  const { load, shown } = await opened()
  load('anew')
  load('merged')
  await reply(null, rows('old', '9'))
  expect(shown()).toEqual(['ab', '1', 'loading'])
  await reply(null, rows('new', '8'))
  expect(shown()).toEqual(['new', '8', 'ready'])
})

it('asks again for what failed, and for nothing else', async () => {
  const { load, more, retry, shown } = await opened()
  more()
  load('merged')
  await reply('1', 'fails')
  expect(shown()[2]).toBe('loading')
  await reply(null, rows('ab', '1'))
  expect(shown()).toEqual(['ab', '1', 'failed'])
  retry()
  expect(cursors()).toEqual(['1'])
  await reply('1', rows('cd', null))
  expect(shown()).toEqual(['abcd', null, 'ready'])
})

it('asks again for the first rows and the deeper ones where both failed', async () => {
  const { load, more, retry, shown } = await opened()
  more()
  load('merged')
  await reply('1', 'fails')
  await reply(null, 'fails')
  expect(shown()).toEqual(['ab', '1', 'failed'])
  retry()
  expect(cursors()).toEqual([null, '1'])
})
