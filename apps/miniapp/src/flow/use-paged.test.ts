import { expect, it } from 'vitest'
import { mergeFirst } from './use-paged'

const page = (ids: string, nextCursor: string | null) => ({ items: Array.from(ids), nextCursor })
const merge = (first: string, before: string) =>
  mergeFirst(page(first, 'first'), page(before, 'before'), (id) => id)

it('keeps the deeper rows under fresh first ones, none of them twice', () => {
  expect(merge('xab', 'abcdef')).toEqual(page('xabcdef', 'before'))
  expect(merge('abc', 'abcdef')).toEqual(page('abcdef', 'before'))
})

it('begins anew where the fresh rows do not touch the old ones', () => {
  expect(merge('xyz', 'abcdef')).toEqual(page('xyz', 'first'))
})

it('takes what is fresh when nothing deeper was fetched', () => {
  expect(merge('abc', '')).toEqual(page('abc', 'first'))
  expect(merge('', '')).toEqual(page('', 'first'))
})
