const FIRST_BACK_OFF_MS = 30_000
const LONGEST_BACK_OFF_MS = 600_000

/** When WeChat is asked about an order again; `tries` counts the repeats of one question. */
export interface Question {
  readonly orderId: string
  readonly step: number
  readonly tries: number
  readonly at: Date
}

interface Asked {
  readonly id: string
  readonly createdAt: Date
}

export function firstQuestion(order: Asked, followUpSeconds: readonly number[]): Question {
  return { orderId: order.id, step: 0, tries: 0, at: timeOf(order, followUpSeconds[0] ?? 0) }
}

/** The next one of the plan. Those whose time has passed, while nobody was there to ask, are left out. */
export function nextQuestion(
  order: Asked,
  { step, now }: { step: number; now: Date },
  followUpSeconds: readonly number[],
): Question {
  const last = followUpSeconds.length - 1
  const isAhead = (seconds: number, i: number) => i > step && timeOf(order, seconds) > now
  const ahead = followUpSeconds.findIndex(isAhead)
  const next = ahead === -1 ? last : ahead
  const at = ahead === -1 ? now : timeOf(order, followUpSeconds[next] ?? 0)
  return { orderId: order.id, step: next, tries: 0, at }
}

/** The same one, later and later: WeChat has not made itself clear. */
export function sameQuestion(
  order: Asked,
  { step, tries, now }: { step: number; tries: number; now: Date },
): Question {
  const backOffMs = Math.min(FIRST_BACK_OFF_MS * 2 ** tries, LONGEST_BACK_OFF_MS)
  return { orderId: order.id, step, tries: tries + 1, at: new Date(now.getTime() + backOffMs) }
}

function timeOf(order: Asked, seconds: number): Date {
  return new Date(order.createdAt.getTime() + seconds * 1000)
}
