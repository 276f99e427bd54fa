import { describe, expect, it } from 'vitest'
import { isDayWithoutTrade, isFeeOfRate } from './bill.ts'

describe('isFeeOfRate', () => {
  const fee = (
    feeMilliFen: number,
    baseFen: number,
    rateTenMillionths: number | null = 60_000,
  ) => ({
    feeMilliFen,
    baseFen,
    rateTenMillionths,
  })

  it.each([
    ['payment', fee(4000, 600), true],
    ['payment', fee(3600, 600), true],
    ['payment', fee(0, 1), true],
    ['payment', fee(4100, 600), true],
    ['payment', fee(4101, 600), false],
    ['payment', fee(5000, 600), false],
    ['payment', fee(3099, 600), false],
    ['payment', fee(-4000, 600), false],
    ['payment', fee(9_999_999, 1, null), true],
    ['refund', fee(-4000, 600), true],
    ['refund', fee(0, 60_000), true],
    ['refund', fee(-4601, 600), false],
    ['refund', fee(1, 600), false],
  ] as const)('of a %s, %o: %s', (kind, given, expected) => {
    expect(isFeeOfRate({ kind, fee: given })).toBe(expected)
  })
})

describe('isDayWithoutTrade', () => {
  const dayEndedAt = new Date('2026-01-31T16:00:00Z')
  const after = (hours: number) => new Date(dayEndedAt.getTime() + hours * 3_600_000)

  it.each([
    ['while the day lasts', -1, 0, false],
    ['before WeChat has made the bill', 9.9, 0, false],
    ['from 10:00 on, with empty books', 10, 0, true],
    ['from 10:00 on, with a payment in the books', 10, 1, false],
    ['a day later, with a payment in the books', 24, 1, true],
  ])('%s', (_, hours, booksPaymentCount, expected) => {
    expect(isDayWithoutTrade({ dayEndedAt, now: after(hours), booksPaymentCount })).toBe(expected)
  })
})
