import { describe, expect, it } from 'vitest'
import { startOfPeriod } from './ranking-period.ts'

describe('the first moment of a period in Beijing', () => {
  it.each([
    ['day', '2026-01-31T15:59:59.999Z', '2026-01-30T16:00:00.000Z'],
    ['day', '2026-01-31T16:00:00.000Z', '2026-01-31T16:00:00.000Z'],
    // The 1st of February 2026 is a Sunday.
    ['week', '2026-02-01T04:00:00.000Z', '2026-01-25T16:00:00.000Z'],
    ['week', '2026-02-01T16:00:00.000Z', '2026-02-01T16:00:00.000Z'],
    ['month', '2026-01-31T15:59:59.999Z', '2025-12-31T16:00:00.000Z'],
    ['month', '2026-01-31T16:00:00.000Z', '2026-01-31T16:00:00.000Z'],
    ['month', '2024-02-29T12:00:00.000Z', '2024-01-31T16:00:00.000Z'],
  ] as const)('of the %s at %s is %s', (period, now, start) => {
    expect(startOfPeriod(period, new Date(now))?.toISOString()).toBe(start)
  })

  it('of all time is none', () => {
    expect(startOfPeriod('all', new Date(0))).toBeNull()
  })
})
