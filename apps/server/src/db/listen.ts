import { setTimeout as wait } from 'node:timers/promises'
import type { PGlite } from '@electric-sql/pglite'
import { Client } from 'pg'

/** Called with what was announced; with `null` when something may have been missed. */
export type Hear = (payload: string | null) => void

export interface Listening {
  close(): Promise<void>
}

/** Hears what committed transactions announce on a channel, whichever process they ran in. */
export type Listen = (channel: string, hear: Hear) => Listening

const CONNECT_TIMEOUT_MS = 5000
const RETRY_MS = [100, 500, 2000, 5000] as const

/** A connection of its own, made anew whenever it breaks off. */
export function listenOnPostgres(connectionString: string): Listen {
  return (channel, hear) => {
    const closing = new AbortController()
    const { signal } = closing
    const ended = keepListening(() => listenOnce(connectionString, channel, hear, signal), signal)
    return {
      async close() {
        closing.abort()
        await ended
      },
    }
  }
}

async function keepListening(listen: () => Promise<boolean>, signal: AbortSignal): Promise<void> {
  let tries = 0
  while (!signal.aborted) {
    const hasHeard = await listen()
    tries = hasHeard ? 0 : tries + 1
    const retryMs = RETRY_MS[Math.min(tries, RETRY_MS.length - 1)]
    await wait(retryMs, undefined, { signal }).catch(() => undefined)
  }
}

/** Listens until the connection ends; false when it could not even begin. */
async function listenOnce(
  connectionString: string,
  channel: string,
  hear: Hear,
  signal: AbortSignal,
): Promise<boolean> {
  const client = new Client({
    connectionString,
    keepAlive: true,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
  })
  const ended = new Promise<void>((resolve) => {
    client.once('end', resolve)
    // Without a listener it would end the process; the end of the connection says all we need.
    client.on('error', () => {
      resolve()
    })
  })
  const end = () => void client.end().catch(() => undefined)
  try {
    await client.connect()
    client.on('notification', ({ payload }) => {
      hear(payload ?? '')
    })
    await client.query(`LISTEN ${client.escapeIdentifier(channel)}`)
    hear(null)
  } catch {
    end()
    return false
  }
  signal.addEventListener('abort', end)
  if (signal.aborted) end()
  await ended
  signal.removeEventListener('abort', end)
  end()
  return true
}

/** The embedded database has one process, and tells it by itself. */
export function listenOnPglite(pglite: PGlite): Listen {
  return (channel, hear) => {
    const listening = pglite.listen(channel, hear)
    listening.then(
      () => {
        hear(null)
      },
      () => undefined,
    )
    return {
      async close() {
        const unlisten = await listening
        await unlisten()
      },
    }
  }
}
