/** Sums change with refunds, too, which nobody announces. */
const MAX_AGE_MS = 10_000
const MAX_ENTRIES = 1000

interface Entry<Value> {
  readonly version: bigint
  readonly readAt: number
  readonly value: Promise<Value>
}

export interface Memory<Value> {
  /** What was read of this version a moment ago; else reads it, once for all who ask meanwhile. */
  recall(key: string, version: bigint, read: () => Promise<Value>): Promise<Value>
}

/**
 * Sums over all tips of a creator, which take the database long and do not change until the next tip.
 * The number of the last alert is their version, so a new tip is never missed.
 */
export function createMemory<Value>(now: () => Date): Memory<Value> {
  const entries = new Map<string, Entry<Value>>()
  return {
    recall(key, version, read) {
      const readAt = now().getTime()
      const known = entries.get(key)
      if (known?.version === version && readAt - known.readAt < MAX_AGE_MS) return known.value
      const entry = { version, readAt, value: read() }
      entries.delete(key)
      entries.set(key, entry)
      entry.value.catch(() => {
        if (entries.get(key) === entry) entries.delete(key)
      })
      const [oldest] = entries.keys()
      if (entries.size > MAX_ENTRIES && oldest !== undefined) entries.delete(oldest)
      return entry.value
    },
  }
}
