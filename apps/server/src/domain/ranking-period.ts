import type { RankingPeriod } from '@dashang/shared/contracts/creators'

const HOUR_MS = 60 * 60 * 1000
const DAY_MS = 24 * HOUR_MS
/** Beijing has no summer time. */
const OFFSET_MS = 8 * HOUR_MS

/** How many days of a period are over, by a date that reads in UTC as the clock in Beijing does. */
const DAYS_OVER = {
  day: () => 0,
  week: (date: Date) => (date.getUTCDay() + 6) % 7,
  month: (date: Date) => date.getUTCDate() - 1,
} as const satisfies Record<Exclude<RankingPeriod, 'all'>, (date: Date) => number>

/** The first moment of the period that `now` is in; `null` for all time. */
export function startOfPeriod(period: RankingPeriod, now: Date): Date | null {
  if (period === 'all') return null
  const beijing = now.getTime() + OFFSET_MS
  const midnight = beijing - (beijing % DAY_MS)
  return new Date(midnight - DAYS_OVER[period](new Date(beijing)) * DAY_MS - OFFSET_MS)
}
