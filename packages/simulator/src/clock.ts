/** A clock that can be stepped ahead, doing on the way what falls due. */
export interface Clock {
  now(): Date
  /** When the next of its tasks is due, if one is planned. */
  nextAt(): Date | null
  /** Runs `task` once it is `at`; a step waits for the tasks that it passes. */
  schedule(at: Date, task: () => Promise<void>): void
  advance(ms: number): Promise<void>
  /** Forgets what is planned; what has begun goes on. */
  clear(): void
}

/**
 * `runs`: with the real one, and what falls due at one moment is done at once.
 * `stands`: moves by steps alone, and does one thing after another, so that nothing is left to chance.
 */
export type ClockMode = 'runs' | 'stands'

interface Entry {
  readonly at: number
  readonly task: () => Promise<void>
}

// setTimeout takes no more than this.
const MAX_TIMER_MS = 2 ** 31 - 1

export function createClock(startAt = new Date(), mode: ClockMode = 'runs'): Clock {
  const time = createTime(startAt, mode)
  const agenda = createAgenda()
  const running = createRunning(() => runDue(agenda, time, mode), rearm)
  let timer: NodeJS.Timeout | undefined
  let isStepping = false

  function rearm(): void {
    clearTimeout(timer)
    const nextAt = agenda.nextAt()
    if (nextAt === null) return
    const isStill = isStepping || running.isBusy() || !agenda.isDue(time.now())
    if (mode === 'stands' && isStill) return
    const delayMs = Math.max(nextAt - time.now(), 0)
    timer = setTimeout(running.start, Math.min(delayMs, MAX_TIMER_MS))
  }

  return {
    now: () => new Date(time.now()),
    nextAt: () => toDate(agenda.nextAt()),
    schedule(at, task) {
      agenda.add({ at: at.getTime(), task })
      rearm()
    },
    async advance(ms) {
      const until = time.now() + ms
      isStepping = true
      await running.end()
      await step(agenda, { time, mode, until }).finally(() => {
        isStepping = false
        rearm()
      })
    },
    clear() {
      agenda.clear()
      rearm()
    },
  }
}

const toDate = (at: number | null) => (at === null ? null : new Date(at))

function createTime(startAt: Date, mode: ClockMode) {
  const readReal = mode === 'runs' ? Date.now : () => 0
  let offsetMs = startAt.getTime() - readReal()
  const now = () => readReal() + offsetMs
  return {
    now,
    moveTo: (at: number) => {
      offsetMs += Math.max(at - now(), 0)
    },
  }
}
type Time = ReturnType<typeof createTime>

async function step(
  agenda: Agenda,
  { time, mode, until }: { time: Time; mode: ClockMode; until: number },
): Promise<void> {
  // The real clock runs on during a step: what a task plans for «at once» may lie behind its goal.
  while (agenda.isDue(Math.max(until, time.now()))) {
    time.moveTo(agenda.nextAt() ?? 0)
    const due = mode === 'runs' ? agenda.takeNext() : agenda.takeNext(1)
    await Promise.all(due.map(({ task }) => task()))
  }
  time.moveTo(until)
}

async function runDue(agenda: Agenda, time: Time, mode: ClockMode): Promise<void> {
  const begun: Promise<void>[] = []
  while (agenda.isDue(time.now())) {
    for (const { task } of agenda.takeNext(1)) {
      const run = task()
      begun.push(run)
      if (mode === 'stands') await run
    }
  }
  await Promise.all(begun)
}

type Agenda = ReturnType<typeof createAgenda>

/** What is to be done and when, soonest first; of one moment, what was planned first. */
function createAgenda() {
  let entries: Entry[] = []
  return {
    add(entry: Entry): void {
      const index = entries.findLastIndex(({ at }) => at <= entry.at)
      entries.splice(index + 1, 0, entry)
    },
    nextAt: () => entries[0]?.at ?? null,
    isDue: (now: number) => (entries[0]?.at ?? Infinity) <= now,
    /** All that is to be done at the next moment, or so many of it. */
    takeNext(limit = Infinity): Entry[] {
      const other = entries.findIndex(({ at }) => at !== entries[0]?.at)
      const count = Math.min(other === -1 ? entries.length : other, limit)
      return entries.splice(0, count)
    },
    clear(): void {
      entries = []
    },
  }
}

/** What the real clock has begun and not ended. */
function createRunning(task: () => Promise<void>, afterwards: () => void) {
  const runs = new Set<Promise<void>>()
  return {
    start: () => {
      const run = task().finally(() => {
        runs.delete(run)
        afterwards()
      })
      runs.add(run)
    },
    isBusy: () => runs.size > 0,
    end: () => Promise.all(runs),
  }
}
