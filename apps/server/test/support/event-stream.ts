import { once } from 'node:events'
import { get, type IncomingMessage } from 'node:http'
import { vi } from 'vitest'

export interface ServerEvent {
  readonly id: string | null
  readonly name: string | null
  readonly data: Readonly<Record<string, unknown>>
}

export interface EventStream {
  /** All that came so far, but heartbeats. */
  readonly events: ServerEvent[]
  /** Those of tips and of what was hidden or shown, as `tip 3`. */
  told(): string[]
  readonly lastId: () => string
  /** Resolves when the server has ended it. */
  readonly ended: Promise<void>
  /** As a cut does. */
  cut(): void
}

/** Shorter than a heartbeat, which would find by looking what was not heard of. */
const PATIENCE_MS = 10_000

export const eventually = (check: () => void | Promise<void>) =>
  vi.waitFor(check, { timeout: PATIENCE_MS })

/** An overlay as a browser opens it: resolves once the server has said that it is ready. */
export async function openStream(url: string, lastEventId?: string): Promise<EventStream> {
  const headers = lastEventId === undefined ? {} : { 'last-event-id': lastEventId }
  // Not by fetch, which opens more connections than it uses, and a server that stops waits for those.
  const request = get(url, { headers, agent: false })
  const [response] = (await once(request, 'response')) as [IncomingMessage]
  // What comes after the cut is of no interest.
  request.on('error', () => undefined)
  if (response.statusCode !== 200) {
    request.destroy()
    throw new Error(`the stream answered ${response.statusCode ?? 'nothing'}`)
  }
  const events: ServerEvent[] = []
  const ended = read(response, events)
  await eventually(() => {
    if (events.length === 0) throw new Error('nothing came yet')
  })
  return {
    events,
    told: () =>
      events
        .filter(({ name }) => name !== 'ready')
        .map(({ name, data }) => `${String(name)} ${String(data['tip'])}`),
    lastId: () => events.findLast(({ id }) => id !== null)?.id ?? '',
    ended,
    cut: () => void request.destroy(),
  }
}

async function read(body: AsyncIterable<Uint8Array>, events: ServerEvent[]): Promise<void> {
  let rest = ''
  const decoder = new TextDecoder()
  try {
    for await (const chunk of body) {
      const frames = (rest + decoder.decode(chunk, { stream: true })).split('\n\n')
      rest = frames.pop() ?? ''
      events.push(...frames.filter((frame) => !frame.startsWith(':')).map(parse))
    }
  } catch {
    // Cut, by the test or by the death of the server.
  }
}

function parse(frame: string): ServerEvent {
  const fields = new Map(
    frame.split('\n').map((line) => {
      const at = line.indexOf(': ')
      return [line.slice(0, at), line.slice(at + 2)] as const
    }),
  )
  const data = JSON.parse(fields.get('data') ?? '{}') as ServerEvent['data']
  return { id: fields.get('id') ?? null, name: fields.get('event') ?? null, data }
}
