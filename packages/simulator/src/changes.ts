import { randomUUID } from 'node:crypto'
import type { Clock } from './clock.ts'
import type { Faults } from './faults.ts'

/** Tells who watches that something changed; what it is they ask for themselves. */
export interface Changes {
  /** The name of the present state: another process, or a later change, has another one. */
  version(): string
  announce(): void
  /** Answers the way to stop listening. */
  subscribe(listener: () => void): () => void
}

function createChanges(): Changes {
  const run = randomUUID()
  const listeners = new Set<() => void>()
  let count = 0
  return {
    version: () => `${run}-${count}`,
    announce() {
      count += 1
      for (const listener of listeners) listener()
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

interface Watched {
  readonly clock: Clock
  readonly faults: Faults
  readonly changes: Changes
}

/** A clock and faults that tell of themselves. */
export function watched({ clock, faults }: Omit<Watched, 'changes'>): Watched {
  const changes = createChanges()
  return {
    changes,
    clock: announcingClock(clock, changes),
    faults: announcingFaults(faults, changes),
  }
}

/** The same clock, which says when a plan was made, when one was carried out, and when it was stepped. */
function announcingClock(clock: Clock, changes: Changes): Clock {
  return {
    ...clock,
    schedule(at, task) {
      clock.schedule(at, () => task().finally(changes.announce))
      changes.announce()
    },
    advance: (ms) => clock.advance(ms).finally(changes.announce),
  }
}

/** The same faults, which say when a rule comes, goes or is counted off. */
function announcingFaults(faults: Faults, changes: Changes): Faults {
  return {
    ...faults,
    add(rule) {
      const id = faults.add(rule)
      changes.announce()
      return id
    },
    remove(id) {
      const rule = faults.remove(id)
      if (rule !== null) changes.announce()
      return rule
    },
    clear() {
      faults.clear()
      changes.announce()
    },
    strike(target, occasion) {
      const struck = faults.strike(target, occasion)
      if (struck !== null) changes.announce()
      return struck
    },
    take(target, occasion) {
      const fault = faults.take(target, occasion)
      if (fault !== null) changes.announce()
      return fault
    },
    takeAll(target) {
      const planted = faults.takeAll(target)
      if (planted.length > 0) changes.announce()
      return planted
    },
  }
}
