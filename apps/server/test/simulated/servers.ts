import type { FastifyInstance } from 'fastify'
import type { Simulator } from '@dashang/simulator'
import getPort from 'get-port'
import { pino } from 'pino'
import { createApp } from '../../src/app.ts'
import { loadConfig } from '../../src/config.ts'
import type { OpenDatabase } from '../../src/db/database.ts'
import { createHandlers } from '../../src/jobs/handlers.ts'
import type { JobName } from '../../src/queue/jobs.ts'
import { openQueue } from '../../src/queue/queue.ts'
import { createServices, type Services } from '../../src/services.ts'
import type { ChannelName } from '../../src/wechat/channel-names.ts'
import { connectWeChat } from '../../src/wechat/connect.ts'
import { runDueJobs } from '../support/jobs.ts'
import { testEnvironment } from '../support/config.ts'
import type { KeyMode } from './steps.ts'

/** By what a server places new orders, and by what it knows WeChat. */
interface Setup {
  readonly channel: ChannelName
  readonly keyMode: KeyMode
}

interface Running {
  readonly setup: Setup
  readonly app: FastifyInstance
  readonly services: Services
}

/** Several servers that share a database and know nothing of each other. */
export interface Servers {
  /** The address of one, by its number. */
  url(index: number): string
  /** All of them as a world begins: set up so, and with nothing kept of the keys of another one. */
  begin(setup: Setup): Promise<void>
  /** Stops one and starts it again, with another channel for its new orders if one is named. */
  restart(index: number, channel?: ChannelName): Promise<void>
  /** Asks for a job, as the clock of the queue does. */
  send(job: JobName): Promise<void>
  /** The work that is due, done by one of them. */
  runDueJobs(index: number): Promise<number>
  close(): Promise<void>
}

const logger = pino({ level: 'silent' })
const FIRST_SETUP: Setup = { channel: 'v2', keyMode: 'public_key' }

function environmentOf({ channel, keyMode }: Setup, { v3 }: Simulator): Record<string, string> {
  const { platformCertificate } = v3()
  const keys = {
    public_key: {},
    certificate: { WECHAT_PAY_PUBLIC_KEYS: '' },
    migration: { WECHAT_PAY_PLATFORM_CERTIFICATES: JSON.stringify([platformCertificate]) },
  } as const satisfies Record<KeyMode, Record<string, string>>
  return { WECHAT_PAY_CHANNEL: channel, ...keys[keyMode] }
}

export async function startServers(
  simulator: Simulator,
  { db, boss, listen }: OpenDatabase,
  count: number,
): Promise<Servers> {
  const now = () => simulator.clock.now()
  const ports = await Promise.all(
    Array.from({ length: count }, () => getPort({ host: '127.0.0.1' })),
  )
  // One queue for all: two on the one connection of an embedded database would be in each other's way.
  const queue = await openQueue({ boss, onError: () => undefined })
  const running: Running[] = []
  for (const port of ports) running.push(await start(port, FIRST_SETUP))

  async function start(port: number, setup: Setup): Promise<Running> {
    const config = loadConfig({
      ...testEnvironment(simulator, port),
      ...environmentOf(setup, simulator),
      WECHAT_TIMEOUT_MS: '150',
    })
    const wechat = connectWeChat(config, now)
    const services = await createServices({ config, db, listen, queue, wechat, now })
    const app = await createApp({ config, db, services, logger, now })
    await app.listen({ host: '127.0.0.1', port })
    return { setup, app, services }
  }
  async function replace(index: number, setup: Setup): Promise<void> {
    await at(index).app.close()
    running[index] = await start(ports[index] ?? 0, setup)
  }
  const at = (index: number): Running => {
    const found = running[index]
    if (found === undefined) throw new Error(`there is no server ${index}`)
    return found
  }
  return {
    url: (index) => `http://127.0.0.1:${ports[index] ?? 0}`,
    async begin(setup) {
      for (const [index, { setup: before }] of running.entries()) {
        const isSame = before.channel === setup.channel && before.keyMode === setup.keyMode
        if (!isSame || setup.keyMode !== 'public_key') await replace(index, setup)
      }
    },
    async restart(index, channel) {
      const { setup } = at(index)
      await replace(index, { ...setup, channel: channel ?? setup.channel })
    },
    async send(job) {
      await queue.boss.send(job, {})
    },
    async runDueJobs(index) {
      const { services } = at(index)
      return runDueJobs({ db, queue, handlers: createHandlers({ services, logger }), logger, now })
    },
    async close() {
      for (const { app } of running) await app.close()
      await queue.close()
    },
  }
}
