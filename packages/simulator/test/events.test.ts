import Fastify from 'fastify'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createClock } from '../src/clock.ts'
import { watched, type Changes } from '../src/changes.ts'
import { eventRoutes } from '../src/control/events.ts'
import { createFaults } from '../src/faults.ts'
import { startSimulator, type Simulator } from '../src/simulator.ts'
import { ACCOUNT } from './account.ts'
import { createMerchant, orderFields } from './merchant.ts'

interface Listener {
  /** All that came until now. */
  text(): string
  ids(): string[]
  /** Ends when the other side closes the stream. */
  ended: Promise<void>
  close(): void
}

async function listen(url: string, lastEventId?: string): Promise<Listener> {
  const abort = new AbortController()
  const headers = lastEventId === undefined ? {} : { 'last-event-id': lastEventId }
  const response = await fetch(`${url}/_sim/events`, { headers, signal: abort.signal })
  expect(response.headers.get('content-type')).toContain('text/event-stream')
  const { body } = response
  if (body === null) throw new Error('the stream has no body')
  let received = ''
  async function read(body: AsyncIterable<Uint8Array>): Promise<void> {
    const decoder = new TextDecoder()
    for await (const chunk of body) received += decoder.decode(chunk)
  }
  const ended = read(body).catch((error: unknown) => {
    if (!abort.signal.aborted) throw error
  })
  return {
    text: () => received,
    ids: () => [...received.matchAll(/^id: (.+)$/gm)].map(([, id = '']) => id),
    ended,
    close: () => {
      abort.abort()
    },
  }
}

describe('GET /_sim/events', () => {
  let simulator: Simulator
  let listener: Listener
  beforeEach(async () => {
    simulator = await startSimulator({ account: ACCOUNT })
    listener = await listen(simulator.url)
    await expect.poll(() => listener.ids().length).toBe(1)
  })
  afterEach(async () => {
    listener.close()
    await simulator.close()
  })

  const version = () => simulator.platform.changes.version()
  /** The page hears of what just happened: the last event is the present state. */
  const isTold = () =>
    expect.poll(() => listener.ids().at(-1) === version(), { timeout: 5000 }).toBe(true)
  const post = (path: string, body?: object) =>
    fetch(`${simulator.url}${path}`, {
      method: 'POST',
      ...(body && {
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
    })

  it('names the same version as the state', async () => {
    const answer = (await (await fetch(`${simulator.url}/_sim/state`)).json()) as object
    expect(answer).toMatchObject({ version: listener.ids().at(-1) })
  })

  it('tells of each thing that a script does', async () => {
    const { openid } = simulator.login('alice')
    await isTold()
    await createMerchant(simulator).send('unifiedorder', orderFields(openid))
    await isTold()
    for (const [path, body] of [
      ['/_sim/codes', { user: 'bob' }],
      ['/_sim/faults', { on: 'notification', fault: 'drop', times: 1 }],
      ['/_sim/orders/order-0001/pay', { outcome: 'pay' }],
      ['/_sim/clock', { advanceSeconds: 15 }],
      ['/_sim/reset', undefined],
    ] as const) {
      const before = version()
      expect((await post(path, body)).status).toBe(200)
      await expect.poll(version).not.toBe(before)
      await isTold()
    }
  })

  it('tells of what happens in the process, and of what the clock brings', async () => {
    const { openid } = simulator.login('alice')
    await createMerchant(simulator).send('unifiedorder', orderFields(openid))
    simulator.pay('order-0001')
    await expect.poll(() => simulator.platform.notifications[0]?.attempts.length).toBe(1)
    await isTold()
    const id = simulator.faults.add({ on: 'notification', fault: 'drop' })
    await isTold()
    const before = version()
    simulator.faults.remove(id)
    expect(version()).not.toBe(before)
    await isTold()
    await simulator.clock.advance(15_000)
    await isTold()
  })

  it('makes one event of many changes at once', async () => {
    for (let i = 0; i < 100; i += 1) simulator.login(`user-${i}`)
    await isTold()
    expect(listener.ids().length).toBeLessThan(10)
  })

  it('tells who comes back only what is new', async () => {
    const seen = version()
    const same = await listen(simulator.url, seen)
    await expect.poll(() => same.text()).toContain('retry: ')
    expect(same.ids()).toEqual([])
    simulator.login('alice')
    await expect.poll(() => same.ids()).toEqual([version()])
    same.close()
    const late = await listen(simulator.url, seen)
    await expect.poll(() => late.ids()).toEqual([version()])
    late.close()
  })

  it('ends when the simulator closes', async () => {
    await simulator.close()
    await listener.ended
    expect(listener.text()).toContain('event: change')
  })
})

describe('a quiet stream', () => {
  it('says now and then that it is still there', async () => {
    const app = Fastify({ forceCloseConnections: true })
    const { changes }: { changes: Changes } = watched({
      clock: createClock(),
      faults: createFaults(),
    })
    eventRoutes(app, { changes, keepAliveMs: 5 })
    const url = await app.listen({ port: 0, host: '127.0.0.1' })
    const listener = await listen(url)
    await expect.poll(() => listener.text().split(': still here').length).toBeGreaterThan(2)
    listener.close()
    await app.close()
  })
})
