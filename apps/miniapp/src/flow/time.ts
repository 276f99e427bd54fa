const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS

interface AgoWords {
  readonly justNow: string
  readonly minutesAgo: (minutes: number) => string
  readonly hoursAgo: (hours: number) => string
  readonly daysAgo: (days: number) => string
}

/** How long ago in words, for a week; then the day. A clock that is behind reads «just now». */
export function timeAgo(iso: string, now: number, words: AgoWords): string {
  const passedMs = now - new Date(iso).getTime()
  if (passedMs < MINUTE_MS) return words.justNow
  if (passedMs < HOUR_MS) return words.minutesAgo(Math.floor(passedMs / MINUTE_MS))
  if (passedMs < DAY_MS) return words.hoursAgo(Math.floor(passedMs / HOUR_MS))
  if (passedMs < 7 * DAY_MS) return words.daysAgo(Math.floor(passedMs / DAY_MS))
  return timeWords(iso).slice(0, 10)
}

/** `2026-01-31T04:05:06.000Z` → `2026-01-31 12:05` on a phone in China. No Intl: not every phone has it. */
export function timeWords(iso: string): string {
  const at = new Date(iso)
  const two = (n: number) => String(n).padStart(2, '0')
  const day = [at.getFullYear(), two(at.getMonth() + 1), two(at.getDate())].join('-')
  return `${day} ${two(at.getHours())}:${two(at.getMinutes())}`
}
