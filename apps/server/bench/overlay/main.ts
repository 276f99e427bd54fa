import { createHash } from 'node:crypto'
import getPort from 'get-port'
import { openDatabase } from '../../src/db/database.ts'
import { createBenchDatabase, type BenchDatabase } from '../database.ts'
import { measure, percentiles, type Requests } from '../load.ts'
import { logIn, newOrderIds, notifications, prepays } from '../payments.ts'
import { start } from '../processes.ts'
import { OVERLAY_KEY } from '../world.ts'
import { openOverlays, type Overlays } from './overlays.ts'

/** One after the other. Each is a sample for each overlay of its creator. */
const TIPS = 100
/** How many overlays are open: of each creator no more than a server opens. */
const CROWDS = [
  { creators: 1, overlaysOfEach: 1 },
  { creators: 5, overlaysOfEach: 20 },
] as const

const simulator = await start<{ url: string; openid: string }>('simulator')
const { url: simulatorUrl, openid } = simulator.message
const database = await createBenchDatabase(openid)
const slugs = Array.from({ length: 5 }, (_, i) => `creator-${i}`)
await makeCreators(database)
/** How many tips each has so far, which numbers its events. */
const told = new Map(slugs.map((slug) => [slug, 0]))

const first = await startServer()
const second = database.databaseUrl === null ? null : await startServer()
const token = await logIn(first.url, simulatorUrl)
console.log(`How soon an overlay hears of a tip, ${TIPS} tips each, on ${database.name}`)
for (const crowd of CROWDS) {
  await report('at the process that was notified', first.url, crowd)
  if (second !== null) await report('at another process', second.url, crowd)
}
if (second === null) console.log('  another process needs PostgreSQL')
await second?.stop()
await first.stop()
await simulator.stop()
await database.remove()

async function startServer() {
  const port = await getPort({ host: '127.0.0.1' })
  const { databaseUrl, dataDir } = database
  const { stop } = await start('dashang', { simulatorUrl, databaseUrl, dataDir, openid, port })
  return { url: `http://127.0.0.1:${port}`, stop }
}

async function makeCreators({ databaseUrl, dataDir }: BenchDatabase): Promise<void> {
  const { db, close } = await openDatabase({ databaseUrl: databaseUrl ?? undefined, dataDir })
  const overlayKeyHash = new Uint8Array(createHash('sha256').update(OVERLAY_KEY).digest())
  const createdAt = new Date()
  await db.creator.createMany({
    data: slugs.map((id) => ({ id, name: id, overlayKeyHash, createdAt })),
  })
  await close()
}

interface TippedCreator {
  readonly slug: string
  readonly overlays: Overlays
  readonly bodies: Requests
}

async function report(
  where: string,
  url: string,
  { creators, overlaysOfEach }: (typeof CROWDS)[number],
): Promise<void> {
  const crowd: TippedCreator[] = []
  for (const slug of slugs.slice(0, creators)) {
    const events = `${url}/overlay/${slug}/events?key=${OVERLAY_KEY}`
    const overlays = await openOverlays(events, overlaysOfEach)
    const orderIds = newOrderIds(TIPS / creators)
    await measure(first.url, prepays(orderIds, token, slug))
    crowd.push({ slug, overlays, bodies: notifications(orderIds, openid) })
  }
  const waits: Record<'sent' | 'answered', number[]> = { sent: [], answered: [] }
  for (let i = 0; i < TIPS; i += 1) {
    const { slug, overlays, bodies } = crowd[i % creators] ?? never()
    const { sentAt, answeredAt } = await notify(bodies, Math.floor(i / creators))
    const number = (told.get(slug) ?? 0) + 1
    told.set(slug, number)
    const arrivals = await overlays.arrivals(number)
    waits.sent.push(...arrivals.map((at) => at - sentAt))
    waits.answered.push(...arrivals.map((at) => at - answeredAt))
  }
  for (const { overlays } of crowd) overlays.close()
  console.log(`  ${where}, ${creators * overlaysOfEach} open`)
  print('after the notification was sent', waits.sent)
  // Less than nothing: before whoever sent it had read the answer.
  print('after it was answered', waits.answered)
}

async function notify({ path, headers, bodies }: Requests, index: number) {
  const sentAt = performance.now()
  const init = { method: 'POST', headers, body: bodies[index] ?? never() }
  const response = await fetch(`${first.url}${path}`, init)
  const text = await response.text()
  if (response.status !== 200) throw new Error(`HTTP ${response.status}: ${text}`)
  return { sentAt, answeredAt: performance.now() }
}

function print(what: string, samples: readonly number[]): void {
  const { medianMs, p99Ms } = percentiles(samples)
  const ms = (value: number) => `${String(Math.round(value * 10) / 10).padStart(6)} ms`
  console.log(
    `    ${what.padEnd(34)} median ${ms(medianMs)}  p99 ${ms(p99Ms)}  of ${samples.length}`,
  )
}

function never(): never {
  throw new Error('every tip has its creator and its notification')
}
