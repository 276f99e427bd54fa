import { useCallback, useEffect, useRef, useState } from 'react'
import { codeOf, type ApiErrorCode } from './api-error'

export type Loaded<Value> =
  | { readonly kind: 'loading' }
  | { readonly kind: 'failed'; readonly code: ApiErrorCode }
  | { readonly kind: 'ready'; readonly value: Value }

const LOADING = { kind: 'loading' } as const

/** Something of the server by its key; for `null` nothing is fetched. What is known stays meanwhile. */
export function useLoaded<Value>(
  key: string | null,
  fetchValue: (key: string) => Promise<Value>,
): readonly [Loaded<Value>, reload: () => Promise<void>] {
  const [entry, setEntry] = useState<{ key: string | null; loaded: Loaded<Value> } | null>(null)
  // Only the newest question may answer.
  const asked = useRef(0)

  const load = useCallback(async (): Promise<void> => {
    if (key === null) return
    asked.current += 1
    const mine = asked.current
    const loaded = await fetchValue(key).then(
      (value): Loaded<Value> => ({ kind: 'ready', value }),
      (error: unknown): Loaded<Value> => ({ kind: 'failed', code: codeOf(error) }),
    )
    if (mine !== asked.current) return
    // What is known is worth more than why it is not known better.
    setEntry((before) =>
      isKnown(before, key) && loaded.kind === 'failed' ? before : { key, loaded },
    )
  }, [key, fetchValue])

  useEffect(() => void load(), [load])
  const reload = useCallback((): Promise<void> => {
    setEntry((before) => (before?.loaded.kind === 'failed' ? null : before))
    return load()
  }, [load])
  return [entry !== null && entry.key === key ? entry.loaded : LOADING, reload]
}

function isKnown(
  entry: { key: string | null; loaded: Loaded<unknown> } | null,
  key: string,
): boolean {
  return entry !== null && entry.key === key && entry.loaded.kind === 'ready'
}
