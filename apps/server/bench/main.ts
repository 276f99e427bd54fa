import { measureSimulator } from '@dashang/simulator/bench/measure'
import getPort from 'get-port'
import { createBenchDatabase } from './database.ts'
import { measure, type Measurement } from './load.ts'
import { logIn, newOrderIds, notifications, prepays } from './payments.ts'
import { measurePgbench } from './pgbench.ts'
import { start } from './processes.ts'

const ROUNDS = 3
const WARM_UP = 200
const REQUESTS = 1000

const SUBJECTS = {
  empty: 'empty Fastify route',
  minimal: 'minimal handler, same SQL and signatures',
  dashang: 'dashang',
} as const
type Subject = keyof typeof SUBJECTS
const subjects = Object.keys(SUBJECTS) as Subject[]

const simulator = await start<{ url: string; openid: string }>('simulator')
const { url: simulatorUrl, openid } = simulator.message
const database = await createBenchDatabase(openid)
const results: Record<'prepay' | 'notify', Record<Subject, Measurement[]>> = {
  prepay: { empty: [], minimal: [], dashang: [] },
  notify: { empty: [], minimal: [], dashang: [] },
}

console.log(
  `${REQUESTS} prepays and ${REQUESTS} notifications, ${ROUNDS} rounds, on ${database.name}`,
)
for (let round = 0; round < ROUNDS; round += 1) {
  for (const subject of subjects) {
    console.log(`  round ${round + 1} of ${ROUNDS}: ${SUBJECTS[subject]}`)
    await runRound(subject)
  }
}
for (const [name, bySubject] of Object.entries(results)) report(name, bySubject)
const databaseAlone = await measurePgbench(database.databaseUrl, REQUESTS)
if (databaseAlone !== null) {
  const share = Math.round((medianOf(results.notify.dashang).perSecond / databaseAlone) * 100)
  console.log(
    `  ${'pgbench with the same statements'.padEnd(42)} ${String(Math.round(databaseAlone)).padStart(6)} /s` +
      `  dashang reaches ${share} % of it`,
  )
}
await simulator.stop()
await database.remove()
await reportSimulator()

/** What stands behind every prepay and sends every notification must not be what is measured. */
async function reportSimulator(): Promise<void> {
  const { ordersPerSecond, notificationsPerSecond } = await measureSimulator()
  const times = (speed: number, ours: Measurement) =>
    String(Math.round((speed * 10) / ours.perSecond) / 10)
  console.log(
    `\nthe simulator alone\n` +
      `  orders        ${String(ordersPerSecond).padStart(6)} /s  ${times(ordersPerSecond, medianOf(results.prepay.dashang))} times what dashang reaches` +
      `\n  notifications ${String(notificationsPerSecond).padStart(6)} /s  ${times(notificationsPerSecond, medianOf(results.notify.dashang))} times what dashang reaches`,
  )
}

async function runRound(subject: Subject): Promise<void> {
  const port = await getPort({ host: '127.0.0.1' })
  const { databaseUrl, dataDir } = database
  const running = await start(subject, { simulatorUrl, databaseUrl, dataDir, openid, port })
  const url = `http://127.0.0.1:${port}`
  const token = subject === 'dashang' ? await logIn(url, simulatorUrl) : 'none'
  await payAll(url, token, newOrderIds(WARM_UP))
  const { prepay, notify } = await payAll(url, token, newOrderIds(REQUESTS))
  results.prepay[subject].push(prepay)
  results.notify[subject].push(notify)
  await running.stop()
}

async function payAll(url: string, token: string, orderIds: string[]) {
  const prepay = await measure(url, prepays(orderIds, token))
  const notify = await measure(url, notifications(orderIds, openid))
  return { prepay, notify }
}

function medianOf(measurements: readonly Measurement[]): Measurement {
  const rounds = [...measurements].sort((a, b) => a.perSecond - b.perSecond)
  return rounds[Math.floor(rounds.length / 2)] ?? { perSecond: 0, medianMs: 0, p99Ms: 0 }
}

function report(name: string, bySubject: Record<Subject, Measurement[]>): void {
  const ours = medianOf(bySubject.dashang)
  console.log(`\n${name}, the median of ${ROUNDS} rounds`)
  for (const subject of subjects) {
    const { perSecond, medianMs, p99Ms } = medianOf(bySubject[subject])
    const share = Math.round((ours.perSecond / perSecond) * 100)
    console.log(
      `  ${SUBJECTS[subject].padEnd(42)} ${String(Math.round(perSecond)).padStart(6)} /s` +
        `  p50 ${String(Math.round(medianMs)).padStart(4)} ms  p99 ${String(Math.round(p99Ms)).padStart(4)} ms` +
        (subject === 'dashang' ? '' : `  dashang reaches ${share} % of it`),
    )
  }
}
