import { once } from 'node:events'
import { get, type IncomingMessage } from 'node:http'

/** Open overlays of one creator that note when each of their events came. */
export interface Overlays {
  /** The moments at which the event of this number came, one of each overlay. */
  arrivals(number: number): Promise<readonly number[]>
  close(): void
}

/** Resolves when each of them has been told that it is ready. */
export async function openOverlays(url: string, count: number): Promise<Overlays> {
  const overlays = await Promise.all(Array.from({ length: count }, () => openOverlay(url)))
  return {
    arrivals: (number) => Promise.all(overlays.map(({ arrival }) => arrival(number))),
    close() {
      for (const { close } of overlays) close()
    },
  }
}

async function openOverlay(url: string) {
  const arrivals = new Map<number, PromiseWithResolvers<number>>()
  const of = (number: number) => {
    const known = arrivals.get(number) ?? Promise.withResolvers<number>()
    arrivals.set(number, known)
    return known
  }
  const request = get(url, { agent: false })
  // Cut by the end of the benchmark.
  request.on('error', () => undefined)
  const [response] = (await once(request, 'response')) as [IncomingMessage]
  if (response.statusCode !== 200) throw new Error(`an overlay answered ${response.statusCode}`)
  response.on('error', () => undefined)
  let rest = ''
  response.setEncoding('utf8').on('data', (text: string) => {
    const at = performance.now()
    const frames = (rest + text).split('\n\n')
    rest = frames.pop() ?? ''
    for (const frame of frames) {
      const [, number] = /^id: ([0-9]+)\nevent: tip\n/.exec(frame) ?? []
      if (number !== undefined) of(Number(number)).resolve(at)
    }
  })
  await once(response, 'data')
  return { arrival: (number: number) => of(number).promise, close: () => void request.destroy() }
}
