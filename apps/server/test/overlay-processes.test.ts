import { spawn, type ChildProcess } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startSimulator, type Simulator } from '@dashang/simulator'
import getPort from 'get-port'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { testEnvironment } from './support/config.ts'
import { createPostgresCopy } from './support/database.ts'
import { eventually, openStream, type EventStream } from './support/event-stream.ts'
import { execute } from './support/template-database.ts'
import { ACCOUNT, newOrderId } from './support/world.ts'

const MAIN = new URL('../src/main.ts', import.meta.url).pathname
const KEY = randomBytes(24).toString('base64url')
const isOnPglite = inject('template').kind === 'pglite'

interface ServerProcess {
  readonly child: ChildProcess
  readonly url: string
}

let simulator: Simulator
let folder: string
const children = new Set<ChildProcess>()

beforeAll(async () => {
  simulator = await startSimulator({ account: ACCOUNT })
  folder = await mkdtemp(join(tmpdir(), 'dashang-overlay-'))
})
afterAll(async () => {
  await Promise.all([...children].map((child) => stop(child, 'SIGKILL')))
  await simulator.close()
  await rm(folder, { recursive: true, force: true })
})

async function start(environment: Record<string, string>): Promise<ServerProcess> {
  const port = await getPort({ host: '127.0.0.1' })
  const child = spawn(process.execPath, [MAIN], {
    env: {
      PATH: process.env['PATH'],
      ...testEnvironment(simulator, port),
      CREATOR_OVERLAY_KEY: KEY,
      WECHAT_TIMEOUT_MS: '5000',
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  children.add(child)
  for await (const chunk of child.stdout) {
    if (String(chunk).includes('server_started')) break
  }
  child.stdout.resume()
  return { child, url: `http://127.0.0.1:${port}` }
}

async function stop(child: ChildProcess, signal: 'SIGKILL' | 'SIGTERM'): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode
  const ended = once(child, 'exit')
  child.kill(signal)
  await ended
  return child.exitCode
}

const follow = ({ url }: ServerProcess, lastEventId?: string): Promise<EventStream> =>
  openStream(`${url}/overlay/default/events?key=${KEY}`, lastEventId)

async function post(url: string, body: object, token = ''): Promise<{ token: string }> {
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` }
  const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) })
  expect(response.status).toBe(200)
  return (await response.json()) as { token: string }
}

/** Orders at one server, which WeChat then tells of the payment. */
async function giveTips({ url }: ServerProcess, count: number): Promise<void> {
  const { token } = await post(`${url}/api/login`, { code: simulator.login('alice').code })
  const orderIds = Array.from({ length: count }, newOrderId)
  await Promise.all(
    orderIds.map(async (orderId) => {
      await post(`${url}/api/prepay`, { orderId, amountFen: 500 }, token)
      simulator.pay(orderId)
    }),
  )
}

const tips = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, i) => `tip ${from + i}`)

// The embedded database belongs to one process, so there is nothing to share on it.
describe.skipIf(isOnPglite)(
  'overlays of two servers on one PostgreSQL',
  { timeout: 60_000 },
  () => {
    it('hear of every tip once and in one order, and resume at the other when one dies', async () => {
      const template = inject('template')
      if (template.kind !== 'postgres') throw new Error('this needs TEST_DATABASE_URL')
      const { databaseUrl: DATABASE_URL, drop } = await createPostgresCopy(template)
      const [first, second] = await Promise.all([start({ DATABASE_URL }), start({ DATABASE_URL })])
      const [left, right] = await Promise.all([follow(first), follow(second)])
      await Promise.all([giveTips(first, 15), giveTips(second, 15)])
      await eventually(() => {
        expect(left.told()).toEqual(tips(1, 30))
        expect(right.told()).toEqual(tips(1, 30))
      })
      // The connection that hears of alerts is made anew, and what came meanwhile is looked up.
      await execute(
        DATABASE_URL,
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
       WHERE datname = current_database() AND query LIKE 'LISTEN %'`,
      )
      await giveTips(first, 5)
      await eventually(() => {
        expect(left.told()).toEqual(tips(1, 35))
        expect(right.told()).toEqual(tips(1, 35))
      })
      await stop(first.child, 'SIGKILL')
      await left.ended
      await giveTips(second, 5)
      const resumed = await follow(second, left.lastId())
      await giveTips(second, 5)
      await eventually(() => {
        expect(resumed.told()).toEqual(tips(36, 45))
        expect(right.told()).toEqual(tips(1, 45))
      })
      expect(await stop(second.child, 'SIGTERM')).toBe(0)
      await Promise.all([resumed.ended, right.ended])
      await drop()
    })
  },
)

describe('the overlay of one server on the embedded database', { timeout: 180_000 }, () => {
  it('hears of every tip, and resumes when the server is killed and started again', async () => {
    const DATA_DIR = join(folder, 'data')
    const server = await start({ DATA_DIR })
    const stream = await follow(server)
    await giveTips(server, 10)
    await eventually(() => {
      expect(stream.told()).toEqual(tips(1, 10))
    })
    await stop(server.child, 'SIGKILL')
    await stream.ended
    const again = await start({ DATA_DIR })
    await giveTips(again, 2)
    const resumed = await follow(again, '8')
    await giveTips(again, 2)
    await eventually(() => {
      expect(resumed.told()).toEqual(tips(9, 14))
    })
    // A stream that is open is no reason to stop slowly.
    expect(await stop(again.child, 'SIGTERM')).toBe(0)
    await resumed.ended
  })
})
