/** A clock that runs with the real one and can be stepped ahead, doing on the way what falls due. */
export interface Clock {
  now(): Date
  /** When the next of its tasks is due, if one is planned. */
  nextAt(): Date | null
  /** Runs `task` once it is `at`; a step waits for the tasks that it passes. */
  schedule(at: Date, task: () => Promise<void>): void
  advance(ms: number): Promise<void>
  stop(): void
}

interface Entry {
  readonly at: number
  readonly task: () => Promise<void>
}

// setTimeout takes no more than this.
const MAX_TIMER_MS = 2 ** 31 - 1

export function createClock(startAt = new Date()): Clock {
  let offsetMs = startAt.getTime() - Date.now()
  let timer: NodeJS.Timeout | undefined
  const agenda = createAgenda()
  const running = createRunning(runDue)
  const now = () => Date.now() + offsetMs
  // The real clock runs on during a step: what a task plans for «at once» may lie behind its goal.
  const takeUntil = (goal: number) => agenda.takeDue(Math.max(goal, now()))

  function rearm(): void {
    clearTimeout(timer)
    const nextAt = agenda.nextAt()
    if (nextAt === null) return
    timer = setTimeout(running.start, Math.min(Math.max(nextAt - now(), 0), MAX_TIMER_MS))
  }

  async function runDue(): Promise<void> {
    for (let due = agenda.takeDue(now()); due; due = agenda.takeDue(now())) await due.task()
    rearm()
  }

  return {
    now: () => new Date(now()),
    nextAt: () => toDate(agenda.nextAt()),
    schedule(at, task) {
      agenda.add({ at: at.getTime(), task })
      rearm()
    },
    async advance(ms) {
      const until = now() + ms
      await running.end()
      for (let due = takeUntil(until); due; due = takeUntil(until)) {
        offsetMs += Math.max(due.at - now(), 0)
        await due.task()
      }
      offsetMs += Math.max(until - now(), 0)
      rearm()
    },
    stop() {
      clearTimeout(timer)
      agenda.clear()
    },
  }
}

const toDate = (at: number | null) => (at === null ? null : new Date(at))

/** What is to be done and when, soonest first. */
function createAgenda() {
  let entries: Entry[] = []
  return {
    add(entry: Entry): void {
      entries = [...entries, entry].sort((a, b) => a.at - b.at)
    },
    nextAt: () => entries[0]?.at ?? null,
    takeDue(until: number): Entry | null {
      const next = entries[0]
      if (next === undefined || next.at > until) return null
      entries = entries.slice(1)
      return next
    },
    clear(): void {
      entries = []
    },
  }
}

/** What the real clock has begun and not ended. */
function createRunning(task: () => Promise<void>) {
  const runs = new Set<Promise<void>>()
  return {
    start: () => {
      const run = task().finally(() => runs.delete(run))
      runs.add(run)
    },
    end: () => Promise.all(runs),
  }
}
