import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startSimulator, type Simulator } from '@dashang/simulator'
import getPort from 'get-port'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { CHANNEL_NAMES, type ChannelName } from '../../src/wechat/channel-names.ts'
import { ACCOUNT, OPERATOR, testEnvironment } from '../support/config.ts'
import { createPostgresCopy } from '../support/database.ts'
import { AGAIN } from './edges.ts'
import { SCENARIOS, type Scenario, type Subject } from './scenarios.ts'
import { startProcess, type ServerProcess } from './server-process.ts'
import { advance, ask, logIn, tell, type Stage } from './stage.ts'

// A real server process is killed at each step that matters, one after the other, and started again.
// However far it came, our books end as WeChat's do.

const FEWEST_STEPS = 3
/**
 * Every step by default. A larger stride is a sample, for a second database in little time: it goes on
 * from one scenario to the next, so that steps of every kind are in it.
 */
const STRIDE = Number(process.env['CRASH_STRIDE'] ?? 1)
/** The second version differs by what it asks of WeChat and reads of the answers alone. */
const LOOKED_AT = {
  v2: () => true,
  v3: (step) => step.includes('WeChat'),
} as const satisfies Record<ChannelName, (step: string) => boolean>
const ROUNDS_OF_REST = 12

let simulator: Simulator
let server: ServerProcess
let stage: Stage
let environment: Record<string, string>
let url: string
let removeDatabase: () => Promise<void>
let dataDir: string
/** How many steps there were to choose from, in all scenarios so far. */
let stepsSoFar = 0

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

interface Run {
  /** Where the process was killed; `null` when it lived through it all. */
  readonly killedAt: string | null
  readonly steps: readonly string[]
}

/** Runs a scenario, killed at this step; our books end as WeChat's do. */
async function run(scenario: Scenario, killAt: string | null): Promise<Run> {
  const subject = await scenario.prepare(stage)
  await tell(stage, { kind: 'arm', killAt })
  await Promise.race([scenario.run(stage, subject), server.ended])
  const steps = await tell(stage, { kind: 'disarm' })
  const killedAt = server.killedAt()
  if (killedAt !== null) server = await startProcess(environment, { aheadMs: aheadMs() })
  simulator.faults.clear()
  await scenario.after?.(stage, subject)
  await comeToRest(subject)
  expect(await booksOf(subject), killedAt ?? 'not killed').toEqual(theirsOf(subject))
  expect(await ledgerFindings(), killedAt ?? 'not killed').toEqual([])
  return { killedAt, steps }
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
      const { steps } = await run(scenario, null)
      expect(steps.length).toBeGreaterThanOrEqual(FEWEST_STEPS)
      const chosen = steps.filter(LOOKED_AT[channel]).filter(() => stepsSoFar++ % STRIDE === 0)
      const killedAt = new Set<string | null>()
      for (const step of chosen) killedAt.add((await run(scenario, step)).killedAt)
      killedAt.delete(null)
      console.log([...killedAt].map((step) => `  ${step}`).join('\n'))
      // Whether anything is asked again depends on which of two was first, a notice or a question.
      const missed = chosen.filter((step) => !killedAt.has(step) && !step.endsWith(AGAIN))
      expect(missed).toEqual([])
    },
  )
})
