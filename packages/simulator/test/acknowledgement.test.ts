import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { startSimulator, type Simulator } from '../src/simulator.ts'
import { ACCOUNT } from './account.ts'
import { ACCEPT, createMerchant, orderFields } from './merchant.ts'
import { createV3Merchant, WITHIN } from './v3-merchant.ts'

const PAGE = '<!DOCTYPE html>\n<html><form>请登录</form></html>'

let simulator: Simulator
let server: Server
let url: string
let answer: { status: number; body: string; headers?: Record<string, string> }

beforeEach(async () => {
  simulator = await startSimulator({ account: ACCOUNT })
  server = createServer((_, response) => {
    response.writeHead(answer.status, answer.headers).end(answer.body)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/notify`
})
afterEach(async () => {
  await simulator.close()
  server.closeAllConnections()
  server.close()
})

const PLACE = {
  v2: (openid: string) =>
    createMerchant(simulator).send('unifiedorder', orderFields(openid, { notify_url: url })),
  v3: (openid: string) => createV3Merchant(simulator).place({ payer: { openid }, notify_url: url }),
} as const

/** Whether a payment counts as told after this answer. */
async function isTold(api: keyof typeof PLACE, given: typeof answer): Promise<boolean> {
  answer = given
  await PLACE[api](simulator.login('alice').openid)
  simulator.pay('order-0001')
  return vi.waitFor(() => {
    const [attempt] = simulator.platform.notifications[0]?.attempts ?? []
    if (attempt === undefined) throw new Error('not told yet')
    return attempt.isAccepted
  }, WITHIN)
}

it.each([
  [200, true],
  [201, false],
  [202, false],
  [302, false],
  [500, false],
])('HTTP %i with SUCCESS in XML acknowledges a notification of v2: %s', async (status, isGood) => {
  expect(await isTold('v2', { status, body: ACCEPT })).toBe(isGood)
})

it.each([
  [200, '', true],
  [200, '{"code":"SUCCESS"}', true],
  [200, 'success', true],
  [200, PAGE, false],
  [200, '<form action="/login">', false],
  [201, '', false],
  [202, '', false],
  [302, '', false],
])('HTTP %i with %j acknowledges a notification of v3: %s', async (status, body, isGood) => {
  const headers = { 'content-type': body.startsWith('<') ? 'text/html' : 'application/json' }
  expect(await isTold('v3', { status, body, headers })).toBe(isGood)
})

it('HTTP 204 acknowledges a notification of v3', async () => {
  expect(await isTold('v3', { status: 204, body: '' })).toBe(true)
})
