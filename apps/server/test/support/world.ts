import { randomBytes } from 'node:crypto'
import type { ApiAnswer, ApiRoute } from '@dashang/shared/contracts/api'
import { startSimulator, type Simulator } from '@dashang/simulator'
import type { FastifyInstance } from 'fastify'
import getPort from 'get-port'
import { pino } from 'pino'
import { createApp } from '../../src/app.ts'
import { loadConfig, type Config } from '../../src/config.ts'
import type { Database, OpenDatabase } from '../../src/db/database.ts'
import { openQueue, type Queue } from '../../src/queue/queue.ts'
import { createServices, type Services } from '../../src/services.ts'
import { connectWeChat } from '../../src/wechat/connect.ts'
import { createHandlers } from '../../src/jobs/handlers.ts'
import { ACCOUNT, OPERATOR, testEnvironment } from './config.ts'
import { openTestDatabase } from './database.ts'
import { runDueJobs } from './jobs.ts'

export { ACCOUNT, OPERATOR }

export const newOrderId = () => randomBytes(16).toString('hex')

/** Server, database and simulator, as one process, talking to each other over real sockets. */
export interface World {
  readonly simulator: Simulator
  readonly app: FastifyInstance
  readonly database: OpenDatabase
  readonly db: Database
  readonly url: string
  readonly config: Config
  /** Every line that the server has logged. */
  readonly logs: string[]
  readonly queue: Queue
  readonly services: Services
  /** Does what is due in the simulator's time, as a worker would; answers how many jobs. */
  runDueJobs(): Promise<number>
  signIn(user: string): Promise<Client>
  /** One request of the operator, who may do everything. */
  asOperator(method: 'GET' | 'POST', path: string, body?: object): Promise<Reply<OperatorAnswer>>
  post(
    path: string,
    body: string | Buffer<ArrayBuffer>,
    headers?: Record<string, string>,
  ): Promise<Response>
  close(): Promise<void>
}

export interface Reply<Answer> {
  readonly status: number
  readonly body: Answer
  readonly headers: Headers
}

interface Failure {
  readonly code: string
  readonly message: string
  readonly detail: string
  readonly requestId: string
}

/** A logged-in client. Typed by the contract of the route that it calls. */
export interface Client {
  readonly openid: string
  readonly token: string
  call<Route extends ApiRoute>(
    route: Route,
    input?: { params?: Record<string, string>; query?: Record<string, string>; body?: unknown },
  ): Promise<Reply<ApiAnswer<Route> & Failure>>
}

/** `beside`: one more server over the database and the simulator of this one, which is closed last. */
export async function startWorld(
  environment: Record<string, string> = {},
  beside: World | null = null,
): Promise<World> {
  const simulator = beside?.simulator ?? (await startSimulator({ account: ACCOUNT }))
  const database = beside?.database ?? (await openTestDatabase())
  const port = await getPort({ host: '127.0.0.1' })
  const config = loadConfig({ ...testEnvironment(simulator, port), ...environment })
  const logs: string[] = []
  const logger = pino({ level: 'debug' }, { write: (line: string) => void logs.push(line) })
  // Both sides live in the time of the simulator, so that a test can step it.
  const now = () => simulator.clock.now()
  const { db, listen } = database
  const log = (error: Error) => {
    logger.error(error)
  }
  const queue = beside?.queue ?? (await openQueue({ boss: database.boss, onError: log }))
  const services = await createServices({
    config,
    db,
    listen,
    queue,
    wechat: connectWeChat(config, now),
    now,
  })
  services.watch(logger)
  const app = await createApp({ config, db, services, logger, now })
  const url = await app.listen({ host: '127.0.0.1', port })

  const world: World = {
    simulator,
    app,
    database,
    db,
    url,
    config,
    logs,
    queue,
    services,
    runDueJobs: () =>
      runDueJobs({ db, queue, handlers: createHandlers({ services, logger }), logger, now }),
    signIn: (user) => signIn(world, user),
    asOperator: (method, path, body) => asOperator(url, method, path, body),
    post: (path, body, headers = {}) => fetch(`${url}${path}`, { method: 'POST', body, headers }),
    async close() {
      if (beside === null) await simulator.close()
      await app.close()
      if (beside !== null) return
      await queue.close()
      await database.close()
    },
  }
  return world
}

/** Whatever an operator's route answers; each test knows which it asked. */
type OperatorAnswer = Failure & Readonly<Record<string, unknown>>

async function asOperator(
  url: string,
  method: string,
  path: string,
  body?: object,
): Promise<Reply<OperatorAnswer>> {
  const response = await fetch(`${url}${path}`, {
    method,
    headers: {
      authorization: `Bearer ${OPERATOR.token}`,
      ...(body && { 'content-type': 'application/json' }),
    },
    ...(body && { body: JSON.stringify(body) }),
  })
  const answer = (await response.json()) as OperatorAnswer
  return { status: response.status, body: answer, headers: response.headers }
}

async function signIn({ simulator, url }: World, user: string): Promise<Client> {
  const { code, openid } = simulator.login(user)
  const call = async (
    route: ApiRoute,
    input: Parameters<Client['call']>[1] = {},
    token?: string,
  ): Promise<Reply<never>> => {
    const [method = '', pattern = ''] = route.split(' ')
    const path = pattern.replace(/:(\w+)/g, (_, name: string) => input.params?.[name] ?? '')
    const query = new URLSearchParams(input.query).toString()
    const response = await fetch(`${url}${path}${query && `?${query}`}`, {
      method,
      headers: {
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
        ...(input.body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(input.body !== undefined && { body: JSON.stringify(input.body) }),
    })
    const body = (await response.json()) as never
    return { status: response.status, body, headers: response.headers }
  }
  const { body } = await call('POST /api/login', { body: { code } })
  const { token } = body as ApiAnswer<'POST /api/login'>
  return { openid, token, call: (route, input) => call(route, input, token) }
}
