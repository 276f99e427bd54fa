import { describe, expect, it } from 'vitest'
import { isWithin, limitsOf, publicWords } from './creator.ts'

const server = { minFen: 100, maxFen: 50_000 }

describe('the limits of one tip', () => {
  it.each([
    [null, null, 100, 50_000],
    [500, 2000, 500, 2000],
    [1, 5_000_000, 100, 50_000],
  ])('of a creator who says %s to %s are %i to %i', (minFen, maxFen, lowest, highest) => {
    const limits = limitsOf({ minFen, maxFen }, server)
    expect(limits).toEqual({ minFen: lowest, maxFen: highest })
    expect([lowest - 1, lowest, highest, highest + 1].map((fen) => isWithin(fen, limits))).toEqual([
      false,
      true,
      true,
      false,
    ])
  })
})

describe('the words of a tip', () => {
  const written = { message: '加油', displayName: '小明' }

  it.each(['none', 'pending', 'hidden'] as const)(
    'are nobody’s to see while %s',
    (messageState) => {
      expect(publicWords({ ...written, messageState })).toEqual({ name: null, message: null })
    },
  )

  it('are there for everybody when they are shown', () => {
    const expected = { name: '小明', message: '加油' }
    expect(publicWords({ ...written, messageState: 'shown' })).toEqual(expected)
  })
})
