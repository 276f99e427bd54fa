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
import { connectWeChat } from '../../src/wechat/connect.ts'
import { runDueJobs } from '../support/jobs.ts'
import { testEnvironment } from '../support/config.ts'

interface Running {
  readonly app: FastifyInstance
  readonly services: Services
}

/** Several servers that share a database and know nothing of each other. */
export interface Servers {
  /** The address of one, by its number. */
  url(index: number): string
  restart(index: number): Promise<void>
  /** Asks for a job, as the clock of the queue does. */
  send(job: JobName): Promise<void>
  /** The work that is due, done by one of them. */
  runDueJobs(index: number): Promise<number>
  close(): Promise<void>
}

const logger = pino({ level: 'silent' })

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
  for (const port of ports) running.push(await start(port))

  async function start(port: number): Promise<Running> {
    const environment = testEnvironment(simulator, port)
    const config = loadConfig({ ...environment, WECHAT_TIMEOUT_MS: '150' })
    const wechat = connectWeChat(config, now)
    const services = await createServices({ config, db, listen, queue, wechat, now })
    const app = await createApp({ config, db, services, logger, now })
    await app.listen({ host: '127.0.0.1', port })
    return { app, services }
  }
  const at = (index: number): Running => {
    const found = running[index]
    if (found === undefined) throw new Error(`there is no server ${index}`)
    return found
  }
  return {
    url: (index) => `http://127.0.0.1:${ports[index] ?? 0}`,
    async restart(index) {
      await at(index).app.close()
      running[index] = await start(ports[index] ?? 0)
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
