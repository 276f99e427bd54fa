import type { Hear } from '../../db/listen.ts'

/** Wakes one stream. */
export interface Bell {
  /** Forgets the rings so far: whoever reads after this misses none. */
  reset(): void
  /** Resolves when it has rung since the reset, or when the time is over. */
  rung(timeoutMs: number, signal: AbortSignal): Promise<void>
}

export interface Bells {
  hang(creatorId: string): Bell & { takeDown(): void }
  /** How many there are, of one creator or of all. */
  count(creatorId?: string): number
  readonly hear: Hear
}

interface Hanging {
  readonly creatorId: string
  hasRung: boolean
  ring: () => void
}

const nothing = () => undefined

/** The streams of this process that wait for alerts. */
export function createBells(): Bells {
  const all = new Set<Hanging>()
  return {
    hang(creatorId) {
      const bell: Hanging = { creatorId, hasRung: false, ring: nothing }
      all.add(bell)
      return {
        reset() {
          bell.hasRung = false
        },
        rung: (timeoutMs, signal) => untilRung(bell, timeoutMs, signal),
        takeDown: () => void all.delete(bell),
      }
    },
    count: (creatorId) =>
      creatorId === undefined
        ? all.size
        : [...all].filter((bell) => bell.creatorId === creatorId).length,
    hear(creatorId) {
      for (const bell of all) {
        if (creatorId !== null && bell.creatorId !== creatorId) continue
        bell.hasRung = true
        bell.ring()
      }
    },
  }
}

function untilRung(bell: Hanging, timeoutMs: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', done)
      bell.ring = nothing
      resolve()
    }
    const timer = setTimeout(done, timeoutMs)
    signal.addEventListener('abort', done)
    bell.ring = done
    if (bell.hasRung || signal.aborted) done()
  })
}
