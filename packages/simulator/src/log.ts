import type { Clock } from './clock.ts'
import type { Faults } from './faults.ts'

/** All that happens, in the order of its happening, one line of JSON each. */
export interface Log {
  add(at: Date, event: LogEvent, facts: object): void
  lines(): readonly string[]
  clear(): void
}

export type LogEvent =
  | 'login'
  | 'call'
  | 'cashier'
  | 'attempt'
  | 'refund_settled'
  | 'rule_added'
  | 'rule_removed'
  | 'rules_cleared'
  | 'clock_stepped'

/** The oldest lines go first. */
const MAX_LINES = 20_000

export function createLog(): Log {
  let lines: string[] = []
  return {
    add(at, event, facts) {
      lines.push(JSON.stringify({ at, event, ...facts }))
      if (lines.length >= 2 * MAX_LINES) lines = lines.slice(-MAX_LINES)
    },
    lines: () => lines.slice(-MAX_LINES),
    clear() {
      lines = []
    },
  }
}

interface Told {
  readonly clock: Clock
  readonly log: Log
}

/** The same clock, whose steps are in the log. */
export function loggedClock({ clock, log }: Told): Clock {
  return {
    ...clock,
    advance(ms) {
      log.add(clock.now(), 'clock_stepped', { ms })
      return clock.advance(ms)
    },
  }
}

/** The same faults, whose rules are in the log as they come and go. */
export function loggedFaults(faults: Faults, { clock, log }: Told): Faults {
  return {
    ...faults,
    add(rule) {
      const id = faults.add(rule)
      log.add(clock.now(), 'rule_added', { rule })
      return id
    },
    remove(id) {
      const rule = faults.remove(id)
      if (rule !== null) log.add(clock.now(), 'rule_removed', { rule })
      return rule
    },
    clear() {
      faults.clear()
      log.add(clock.now(), 'rules_cleared', {})
    },
  }
}
