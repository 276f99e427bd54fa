import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startSimulator, type Simulator } from '@dashang/simulator'
import getPort from 'get-port'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { CHANNEL_NAMES, type ChannelName } from '../../src/wechat/channel-names.ts'
import { ACCOUNT, OPERATOR, testEnvironment } from '../support/config.ts'
import { createPostgresCopy } from '../support/database.ts'
import { SCENARIOS, type Scenario, type Subject } from './scenarios.ts'
import { startProcess, type ServerProcess } from './server-process.ts'
import { advance, ask, logIn, tell, type Stage } from './stage.ts'

// A real server process is killed at each step that matters, one after the other, and started again.
// However far it came, our books end as WeChat's do.

const FEWEST_STEPS = 3
const MAX_STEPS = 60
/** Every step by default; a larger stride is a sample, for a second database in little time. */
const STRIDE = Number(process.env['CRASH_STRIDE'] ?? 1)
/** The second version differs by its calls alone, so a few of its steps are looked at. */
const STEPS = {
  v2: { first: 1, stride: STRIDE },
  v3: { first: FEWEST_STEPS, stride: STRIDE * 6 },
} as const satisfies Record<ChannelName, { first: number; stride: number }>
const ROUNDS_OF_REST = 12

let simulator: Simulator
let server: ServerProcess
let stage: Stage
let environment: Record<string, string>
let url: string
let removeDatabase: () => Promise<void>
let dataDir: string

beforeAll(async () => {
  simulator = await startSimulator({ account: ACCOUNT })
  dataDir = await mkdtemp(join(tmpdir(), 'dashang-crash-'))
  const port = await getPort({ host: '127.0.0.1' })
  const template = inject('template')
  const postgres = template.kind === 'postgres' ? await createPostgresCopy(template) : null
  removeDatabase = postgres?.drop ?? (async () => undefined)
  environment = {
    ...testEnvironment(simulator, port),
    DATA_DIR: dataDir,
    NODE_COMPILE_CACHE: join(dataDir, 'compile-cache'),
    WECHAT_TIMEOUT_MS: '2000',
    ...(postgres && { DATABASE_URL: postgres.databaseUrl }),
  }
  url = `http://127.0.0.1:${port}`
})
afterAll(async () => {
  await simulator.close()
  await removeDatabase()
  await rm(dataDir, { recursive: true, force: true })
})

const aheadMs = () => simulator.clock.now().getTime() - Date.now()

/** Runs a scenario, killed at the step of this number; answers its name, or `null` past the last. */
async function killAt(step: number, scenario: Scenario): Promise<string | null> {
  const subject = await scenario.prepare(stage)
  await tell(stage, { kind: 'arm', killAt: step })
  await Promise.race([scenario.run(stage, subject), server.ended])
  await tell(stage, { kind: 'disarm' })
  const killed = server.killedAt()
  if (killed !== null) server = await startProcess(environment, { aheadMs: aheadMs() })
  simulator.faults.clear()
  await scenario.after?.(stage, subject)
  await comeToRest(subject)
  expect(await booksOf(subject), killed ?? 'not killed').toEqual(theirsOf(subject))
  expect(await ledgerFindings(), killed ?? 'not killed').toEqual([])
  return killed
}

async function comeToRest(subject: Subject): Promise<void> {
  for (let round = 0; round < ROUNDS_OF_REST; round += 1) {
    await advance(stage, 10 * 60)
    const { state, refunds } = await booksOf(subject)
    const isFinal = state === null || state === 'paid' || state === 'closed'
    if (round > 3 && isFinal && refunds.every((each) => !each.endsWith('processing'))) return
  }
}

interface Books {
  readonly state: string | null
  readonly refunds: readonly string[]
}

async function booksOf({ orderId }: Subject): Promise<Books> {
  // Days have passed, and a session lives for hours.
  const token = await logIn(stage)
  const order = await ask(stage, 'GET', `/api/orders/${orderId}`, { token })
  const path = `/api/admin/orders/${orderId}/refunds`
  const reply = await ask(stage, 'GET', path, { token: OPERATOR.token })
  const refunds = (reply?.body['refunds'] ?? []) as { refundId: string; state: string }[]
  return {
    state: order?.status === 200 ? String(order.body['state']) : null,
    refunds: refunds.map(({ refundId, state }) => `${refundId} ${state}`).sort(),
  }
}

/** What our books should say, by WeChat's. An order that never got there is closed here, if it is. */
function theirsOf({ orderId }: Subject): unknown {
  const order = simulator.order(orderId)
  const refunds = (order?.transactions ?? []).flatMap((each) => each.refunds)
  return {
    state: order?.paidAt ? 'paid' : (expect.toBeOneOf([null, 'closed']) as unknown),
    refunds: refunds.map(({ outRefundNo }) => `${outRefundNo} succeeded`).sort(),
  }
}

async function ledgerFindings(): Promise<unknown> {
  const reply = await ask(stage, 'GET', '/api/admin/ledger/check', { token: OPERATOR.token })
  return reply?.body['findings']
}

describe.each(CHANNEL_NAMES)('by API %s:', (channel) => {
  const { first, stride } = STEPS[channel]

  beforeAll(async () => {
    environment = { ...environment, WECHAT_PAY_CHANNEL: channel }
    server = await startProcess(environment, { aheadMs: aheadMs() })
    stage = { simulator, channel, url, operatorToken: OPERATOR.token, server: () => server }
  })
  afterAll(() => server.stop())

  it.each(Object.entries<Scenario>(SCENARIOS))(
    '%s ends with the books of WeChat, wherever the process is killed',
    { timeout: 600_000 },
    async (_, scenario) => {
      const killed: string[] = []
      for (let step = first; step <= MAX_STEPS; step += stride) {
        const name = await killAt(step, scenario)
        if (name === null) break
        killed.push(name)
      }
      console.log(killed.map((name, index) => `  ${index * stride + first}. ${name}`).join('\n'))
      expect(killed.length).toBeGreaterThanOrEqual(Math.ceil((FEWEST_STEPS - first + 1) / stride))
      expect(killed.length).toBeLessThan(MAX_STEPS)
    },
  )
})
