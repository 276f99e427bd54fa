import type { CreatorPage } from '@dashang/shared/contracts/creators'
import { describe, expect, it } from 'vitest'
import { creatorOf } from './creator-of'
import { textState } from './message'
import { contentOf, firstAmount, isReady } from './tip-form'

const CREATOR: CreatorPage = {
  slug: 'default',
  name: '小店',
  avatarUrl: null,
  about: null,
  isRetired: false,
  presetsFen: [200, 500, 1000],
  minFen: 100,
  maxFen: 20_000,
  goal: null,
  supporterCount: 0,
  latestSupporters: [],
  thanks: null,
  showsAmounts: true,
  messageMaxLength: 5,
  nameMaxLength: 3,
}
const FORM = { amountFen: 500, message: '', name: '', isAnonymous: false }

it('offers an amount at once, so that one tap leads to the cashier', () => {
  expect(firstAmount(CREATOR)).toBe(500)
  expect(firstAmount({ ...CREATOR, presetsFen: [300] })).toBe(300)
  expect(firstAmount({ ...CREATOR, presetsFen: [] })).toBe(100)
})

it.each([
  [{}, true],
  [{ amountFen: 99 }, false],
  [{ amountFen: 20_001 }, false],
  [{ message: '一二三四五' }, true],
  [{ message: '  一二三四五  ' }, true],
  [{ message: '一二三四五六' }, false],
  [{ message: '👍👍👍👍👍' }, true],
  [{ message: 'a\u0007' }, false],
  [{ name: '一二三四' }, false],
  [{ name: '一二三四', isAnonymous: true }, true],
])('with %j may be paid: %s', (change, expected) => {
  expect(isReady({ ...FORM, ...change }, CREATOR)).toBe(expected)
})

it('counts characters as the server does, emoji and all', () => {
  expect(textState('好👍', 5)).toEqual({ kind: 'fits', left: 3 })
  expect(textState('一二三', 2)).toEqual({ kind: 'too_long', over: 1 })
  expect(textState('\u202e', 2)).toEqual({ kind: 'not_plain' })
})

it.each(['好\n听', '好\r\n听', '好\n\n听', '好\u2028听', '\n好 听\n'])(
  'takes a break in %j for a space, which is counted and sent',
  (message) => {
    expect(textState(message, 5)).toEqual({ kind: 'fits', left: 2 })
    expect(isReady({ ...FORM, message }, CREATOR)).toBe(true)
    expect(contentOf({ ...FORM, message }, 'a')).toMatchObject({ message: '好 听' })
  },
)

describe('what is sent', () => {
  it('has nothing that was left empty', () => {
    const form = { ...FORM, message: '  ' }
    expect(contentOf(form, 'a')).toEqual({ amountFen: 500, creator: 'a', isAnonymous: false })
  })

  it('has the words, clean, and the name', () => {
    const content = contentOf({ ...FORM, message: ' 加油 ', name: '小鹿 ' }, 'a')
    expect(content).toMatchObject({ message: '加油', displayName: '小鹿' })
  })

  it('has no name of somebody anonymous', () => {
    const content = contentOf({ ...FORM, name: '小鹿', isAnonymous: true }, 'a')
    expect(content).not.toHaveProperty('displayName')
  })
})

it.each([
  [{}, 'default'],
  [{ creator: 'shanhai' }, 'shanhai'],
  [{ scene: 'c%3Dshanhai' }, 'shanhai'],
  [{ creator: '' }, 'default'],
  [{ creator: 'No Such!' }, null],
])('is opened by %j for %s', (query, slug) => {
  expect(creatorOf(query)).toBe(slug)
})
