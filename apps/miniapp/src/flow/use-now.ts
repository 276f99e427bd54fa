import { useSyncExternalStore } from 'react'

const TICK_MS = 60_000
const SECOND_MS = 1000

/** What time it is: when this is drawn, also by a newer answer of the server, and on from minute to minute. */
export function useNow(): number {
  return useSyncExternalStore(tick, readSecond)
}

function tick(onTick: () => void): () => void {
  const timer = setInterval(onTick, TICK_MS)
  return () => {
    clearInterval(timer)
  }
}

/** While one picture is drawn it is read more than once, and has to be the same. */
function readSecond(): number {
  return Math.floor(Date.now() / SECOND_MS) * SECOND_MS
}
