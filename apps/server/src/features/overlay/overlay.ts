import { createHash, timingSafeEqual } from 'node:crypto'
import { AppError } from '@dashang/shared/errors'
import type { Database } from '../../db/database.ts'
import type { Listen, Listening } from '../../db/listen.ts'
import { BATCH, eventOf, readAlerts, type FollowedCreator } from './alerts.ts'
import { createBells } from './bells.ts'

const CHANNEL = 'tip_alert'
/** Proxies cut what is silent for a minute; each beat also looks for what was not heard of. */
const HEARTBEAT_MS = 15_000
/** Each open overlay is a connection and reads the database. */
const MAX_OF_CREATOR = 20
const MAX_STREAMS = 500
/** How soon a browser comes back after a cut. */
const RETRY_MS = 1000

export interface OverlayDependencies {
  readonly db: Database
  readonly listen: Listen
  readonly heartbeatMs?: number
}

interface Access {
  readonly slug: string
  readonly key: string
}

export interface Overlay {
  /** Refuses whoever does not bring the key of this creator. */
  enter(access: Access): Promise<FollowedCreator & { readonly lastAlert: bigint }>
  /** Server-sent events: every alert after a number, and from now on. Ends with the signal. */
  follow(
    access: Access,
    options: { readonly after: bigint | null; readonly signal: AbortSignal },
  ): Promise<AsyncIterable<string>>
  /** Ends every stream; whoever followed one resumes at another process. */
  close(): Promise<void>
}

export function createOverlay(dependencies: OverlayDependencies): Overlay {
  const { db, listen, heartbeatMs = HEARTBEAT_MS } = dependencies
  const bells = createBells()
  const closing = new AbortController()
  let listening: Listening | null = null

  const overlay: Overlay = {
    enter: (access) => enter(db, access),

    async follow(access, { after, signal }) {
      const { lastAlert, ...creator } = await overlay.enter(access)
      if (bells.count() >= MAX_STREAMS || bells.count(creator.id) >= MAX_OF_CREATOR) {
        throw new AppError('OVERLAY_FULL', `${bells.count()} overlays are open`)
      }
      // A server whose overlays nobody opens keeps no connection for them.
      listening ??= listen(CHANNEL, bells.hear)
      const start = after === null || after > lastAlert ? lastAlert : after
      const bell = bells.hang(creator.id)
      const ends = AbortSignal.any([signal, closing.signal])
      // Taken down here and not in the stream, which may end before anybody has read from it.
      ends.addEventListener('abort', bell.takeDown)
      if (ends.aborted) bell.takeDown()
      const isOpen = async () => (await find(db, access)) !== null
      return stream(db, creator, { start, bell, heartbeatMs, signal: ends, isOpen })
    },

    async close() {
      closing.abort()
      await listening?.close()
    },
  }
  return overlay
}

interface Stream {
  readonly start: bigint
  readonly bell: Pick<ReturnType<ReturnType<typeof createBells>['hang']>, 'reset' | 'rung'>
  readonly heartbeatMs: number
  readonly signal: AbortSignal
  /** Whether the key that it was opened with still opens it. */
  isOpen(): Promise<boolean>
}

async function* stream(
  db: Database,
  creator: FollowedCreator,
  { start, bell, heartbeatMs, signal, isOpen }: Stream,
): AsyncGenerator<string> {
  // With the number to begin after: a cut before the first tip loses nothing either.
  const ready = JSON.stringify({ creator: creator.name })
  yield `retry: ${RETRY_MS}\nid: ${start}\nevent: ready\ndata: ${ready}\n\n`
  let after = start
  while (!signal.aborted) {
    bell.reset()
    const rows = await readAlerts(db, creator.id, after)
    if (rows.length === 0 && !(await isOpen())) return
    yield rows.map((row) => eventOf(row, creator)).join('') || ':\n\n'
    after = rows.at(-1)?.number ?? after
    if (rows.length < BATCH) await bell.rung(heartbeatMs, signal)
  }
}

/** What no key has as its hash, compared where there is nothing to compare. */
const NO_HASH = new Uint8Array(32)

async function enter(db: Database, access: Access) {
  const creator = await find(db, access)
  if (creator === null) throw new AppError('OVERLAY_NOT_FOUND', 'no key of a creator')
  return creator
}

async function find(db: Database, { slug, key }: Access) {
  const creator = await db.creator.findUnique({
    where: { id: slug },
    select: { id: true, name: true, showsAmounts: true, overlayKeyHash: true, lastAlert: true },
  })
  const hash = createHash('sha256').update(key).digest()
  const isRight = timingSafeEqual(hash, creator?.overlayKeyHash ?? NO_HASH)
  if (creator === null || !isRight) return null
  const { id, name, showsAmounts, lastAlert } = creator
  return { id, name, showsAmounts, lastAlert }
}
