import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { startSystem, type System } from '../support/system.ts'
import type { MiniProgram } from './mini-program.ts'
import { createPhone } from './phone.ts'

type Request = () => Promise<object>

/** Everything that a payment asks the server. */
const REQUESTS = {
  'the creator': 'GET /api/creators/',
  'the login': 'POST /api/login',
  'the order': 'POST /api/prepay',
  'the question whether it is paid': '/confirm',
} as const

const DELAY_MS = 400

/** What a network does to one request. */
const FAULTS = {
  'is cut on the way there': async () => {
    throw new Error('cut')
  },
  'is cut on the way back': async (request) => {
    await request()
    throw new Error('cut')
  },
  'is delayed': async (request) => {
    await wait(DELAY_MS)
    return request()
  },
  'arrives twice': async (request) => {
    const [, second] = await Promise.all([request(), request()])
    return second
  },
  'arrives again later': async (request) => {
    const first = await request()
    await request()
    return first
  },
  'is answered by a proxy': async () => ({ statusCode: 502, header: {}, data: '<html></html>' }),
} as const satisfies Record<string, (request: Request) => Promise<object>>

const TRIES = 6

let system: System
beforeAll(async () => {
  system = await startSystem()
})
afterAll(() => system.close())

/** A patient person: loads again what did not load, and takes every next step that is offered. */
async function payPatiently(phone: MiniProgram): Promise<void> {
  await phone.launch()
  for (let i = 0; i < TRIES; i += 1) {
    const shown = await vi.waitUntil(() => nextTap(phone), { timeout: 15_000 })
    if (shown === 'thanks') return
    phone.page().tap(shown)
    // What was tapped has gone, or says that it is at work.
    await vi.waitFor(() => {
      expect(phone.page().find(shown)?.['disabled'] ?? nextTap(phone)).not.toBe(shown)
    })
  }
  throw new Error(`no thanks after ${String(TRIES)} tries: ${phone.page().text()}`)
}

function nextTap(phone: MiniProgram): string | null {
  if (phone.page().find('result-paid') !== undefined) return 'thanks'
  const isThere = (id: string) => phone.page().find(id) !== undefined
  const isPaying = phone.page().text().includes('正在打开微信支付')
  return ['result-action', 'retry', 'pay'].find((id) => isThere(id) && !isPaying) ?? null
}

describe.each(Object.entries(REQUESTS))('%s', (_, part) => {
  it.each(Object.entries(FAULTS))(
    '%s: the tip is paid once, and the person thanked',
    async (...[, fault]) => {
      const before = new Set(system.simulator.platform.orders.keys())
      let isDue = true
      const network = (request: Request, path: string): Promise<object> => {
        if (!isDue || !path.includes(part)) return request()
        isDue = false
        return fault(request)
      }
      const { phone, seen } = createPhone(system, { network, user: 'patient' })
      await payPatiently(phone)
      expect(isDue).toBe(false)
      const orders = [...system.simulator.platform.orders.values()]
      const made = orders.filter(({ outTradeNo }) => !before.has(outTradeNo))
      expect(made).toMatchObject([{ state: 'SUCCESS', totalFee: 500 }])
      expect(seen.cashiers).toHaveLength(1)
    },
  )
})
