import { startSimulator, type Simulator } from '@dashang/simulator'
import getPort from 'get-port'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest'
import { loadConfig } from '../src/config.ts'
import { connectPostgres, type OpenDatabase } from '../src/db/database.ts'
import { startServer, type RunningServer } from '../src/start-server.ts'
import { createPostgresCopy } from './support/database.ts'
import { ACCOUNT, newOrderId } from './support/world.ts'

const ORDERS = 50
const isOnPglite = inject('template').kind === 'pglite'

// The embedded database belongs to one process, so there is nothing to share on it.
describe.skipIf(isOnPglite)('two servers on one PostgreSQL', { timeout: 60_000 }, () => {
  let simulator: Simulator
  let database: OpenDatabase
  let drop: () => Promise<void>
  let servers: RunningServer[] = []

  beforeAll(async () => {
    const template = inject('template')
    if (template.kind !== 'postgres') throw new Error('this needs TEST_DATABASE_URL')
    simulator = await startSimulator({ account: ACCOUNT })
    const copy = await createPostgresCopy(template)
    drop = copy.drop
    database = connectPostgres(copy.databaseUrl)
    servers = await Promise.all([start(copy.databaseUrl), start(copy.databaseUrl)])
  })
  afterAll(async () => {
    await Promise.all(servers.map(({ close }) => close()))
    await simulator.close()
    await database.close()
    await drop()
  })

  async function start(databaseUrl: string): Promise<RunningServer> {
    const port = await getPort({ host: '127.0.0.1' })
    const config = loadConfig({
      DATABASE_URL: databaseUrl,
      PORT: String(port),
      PUBLIC_URL: `http://127.0.0.1:${port}`,
      SESSION_SECRET: 'session-secret-session-secret-00',
      WECHAT_APPID: ACCOUNT.appid,
      WECHAT_APP_SECRET: ACCOUNT.appSecret,
      WECHAT_API_BASE_URL: simulator.url,
      WECHAT_PAY_BASE_URL: simulator.url,
      WECHAT_PAY_MCHID: ACCOUNT.mchid,
      WECHAT_PAY_V2_KEY: ACCOUNT.v2Key,
      FOLLOW_UP_SECONDS: '1,2,3,5,8,12,18,26,1800',
      PREPAYS_PER_MINUTE: '1000',
    })
    return startServer({ config, logger: pino({ level: 'silent' }) })
  }

  async function post(path: string, body: object, token = ''): Promise<{ token: string }> {
    const { url = '' } = servers[Math.floor(Math.random() * servers.length)] ?? {}
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` }
    const response = await fetch(`${url}${path}`, {
      method: 'POST',
      headers,
      body: JSON.stringify(body),
    })
    expect(response.status).toBe(200)
    return (await response.json()) as { token: string }
  }

  it('share the questions about 50 payments nobody told of, and pay each of them once', async () => {
    simulator.faults.add({ on: 'notification', fault: 'drop' })
    const { token } = await post('/api/login', { code: simulator.login('alice').code })
    const orderIds = Array.from({ length: ORDERS }, newOrderId)
    await Promise.all(
      orderIds.map(async (orderId) => {
        await post('/api/prepay', { orderId, amountFen: 500 }, token)
        simulator.pay(orderId)
      }),
    )
    const { db } = database
    await vi.waitFor(
      async () => {
        expect(await db.order.count({ where: { state: 'paid' } })).toBe(ORDERS)
      },
      { timeout: 40_000, interval: 200 },
    )
    const ofOrders = { orderId: { in: orderIds } }
    const events = await db.orderEvent.findMany({ where: { ...ofOrders, toState: 'paid' } })
    const movements = await db.ledgerTransaction.findMany({ where: ofOrders })
    for (const found of [events, movements]) {
      expect(found.map(({ orderId }) => orderId).sort()).toEqual([...orderIds].sort())
    }
    expect(events.every(({ cause }) => cause === 'follow_up')).toBe(true)
  })
})
