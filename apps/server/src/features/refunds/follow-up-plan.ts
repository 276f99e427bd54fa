const MINUTE_SECONDS = 60
const HOUR_SECONDS = 3600

/** How long to wait before each question; afterwards an hour. */
const FIRST_WAITS_SECONDS = [
  10,
  30,
  1 * MINUTE_SECONDS,
  3 * MINUTE_SECONDS,
  10 * MINUTE_SECONDS,
  30 * MINUTE_SECONDS,
] as const

/** A bank takes some days, and a balance is topped up in one. */
export const PATIENCE_SECONDS = 14 * 24 * HOUR_SECONDS

/** From this step on there is an hour between the questions. */
export const HOURLY_STEP = FIRST_WAITS_SECONDS.length
export const LAST_STEP = HOURLY_STEP + PATIENCE_SECONDS / HOUR_SECONDS

/** When to ask the question of this step, counted from the one before. */
export function questionAt(step: number, before: Date): Date {
  const waitSeconds = FIRST_WAITS_SECONDS[step] ?? HOUR_SECONDS
  return new Date(before.getTime() + waitSeconds * 1000)
}

export const firstQuestionAt = (requestedAt: Date): Date => questionAt(0, requestedAt)
