import { setTimeout as wait } from 'node:timers/promises'

const POLL_MS = 150

/** Resolves when every address answers; calls `onReady` with each name as it does. */
export async function untilReady(
  addresses: Readonly<Record<string, string>>,
  onReady: (name: string) => void,
  signal: AbortSignal,
): Promise<void> {
  const waits = Object.entries(addresses).map(async ([name, url]) => {
    while (!(await answers(url))) await wait(POLL_MS, undefined, { signal })
    onReady(name)
  })
  await Promise.all(waits)
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(url)).ok
  } catch {
    return false
  }
}
