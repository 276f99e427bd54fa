import { Readable } from 'node:stream'
import type { FastifyInstance } from 'fastify'
import type { Changes } from '../changes.ts'

/** Long enough for one payment to be one event, too short for an eye to notice. */
const COALESCE_MS = 40
/** Proxies cut what is silent for longer than half a minute or so. */
const KEEP_ALIVE_MS = 15_000
const RECONNECT_MS = 1000

interface EventOptions {
  readonly changes: Changes
  readonly keepAliveMs?: number
}

/** `GET /_sim/events`: an event each time that `/_sim/state` has something new to say. */
export function eventRoutes(app: FastifyInstance, options: EventOptions): void {
  const streams = new Set<Readable>()
  app.addHook('preClose', async () => {
    for (const stream of streams) stream.push(null)
  })
  app.get('/_sim/events', { exposeHeadRoute: false }, (request, reply) => {
    const stream = openStream(options, request.headers['last-event-id'])
    streams.add(stream)
    stream.on('close', () => streams.delete(stream))
    return reply
      .type('text/event-stream')
      .header('cache-control', 'no-store, no-transform')
      .send(stream)
  })
}

function openStream(
  { changes, keepAliveMs = KEEP_ALIVE_MS }: EventOptions,
  lastSeen: string | string[] | undefined,
): Readable {
  const stream = new Readable({ read: () => undefined })
  let pending: NodeJS.Timeout | undefined
  const tell = () => {
    pending = undefined
    stream.push(`event: change\nid: ${changes.version()}\ndata: {}\n\n`)
  }
  const unsubscribe = changes.subscribe(() => {
    pending ??= setTimeout(tell, COALESCE_MS)
  })
  const keepAlive = setInterval(() => stream.push(': still here\n\n'), keepAliveMs)
  stream.on('close', () => {
    unsubscribe()
    clearInterval(keepAlive)
    clearTimeout(pending)
  })
  stream.push(`retry: ${RECONNECT_MS}\n\n`)
  // Who comes back and missed nothing is not made to read everything again.
  if (lastSeen !== changes.version()) tell()
  return stream
}
