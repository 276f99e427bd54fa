import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startSimulator, type Simulator } from '../src/simulator.ts'
import { ACCOUNT } from './account.ts'

let simulator: Simulator
beforeEach(async () => {
  simulator = await startSimulator({ account: ACCOUNT })
})
afterEach(() => simulator.close())

const OUTCOMES = 'pay, cancel, fail, vanish, pay_and_report_fail, pay_and_vanish, pay_again'

/** As a client does that calls all it sends JSON. */
async function call(method: string, path: string, body?: string) {
  const headers = { 'content-type': 'application/json' }
  const options = { method, headers, ...(body !== undefined && { body }) }
  const response = await fetch(`${simulator.url}/_sim${path}`, options)
  return { status: response.status, answer: (await response.json()) as object }
}

describe('a control call', () => {
  it.each([
    ['DELETE', '/faults', 200],
    ['DELETE', '/faults/rule-1', 200],
    ['POST', '/reset', 200],
    ['POST', '/save', 409],
    ['POST', '/notifications/nobody/retry', 404],
    ['POST', '/keys/nobody/revoke', 409],
  ])('%s %s needs no body, whatever type is said of it', async (method, path, status) => {
    simulator.faults.add({ on: 'orderquery', fault: 'cut' })
    expect(await call(method, path)).toMatchObject({ status })
  })

  it('that needs a body is refused without one, and with one that is no JSON', async () => {
    const { status, answer } = await call('POST', '/codes')
    expect([status, answer]).toMatchObject([400, { message: 'body must be object' }])
    expect(await call('POST', '/codes', '{"user":')).toMatchObject({ status: 400 })
    expect(await call('POST', '/codes', '{"__proto__":{"user":"a"}}')).toMatchObject({
      status: 400,
    })
    expect(await call('POST', '/codes', '{"user":"爱丽丝"}')).toMatchObject({ status: 200 })
  })

  it.each([
    ['/orders/order-0001/pay', { outcome: 'paid' }, `body/outcome must be one of ${OUTCOMES}`],
    ['/orders/order-0001/pay', { outcome: 1 }, `body/outcome must be one of ${OUTCOMES}`],
    ['/keys/mode', { mode: 'x' }, 'body/mode must be one of public_key, certificate, migration'],
    ['/keys/rotate', { kind: 'x' }, 'body/kind must be one of public_key, certificate'],
    ['/refunds/x/settle', {}, "body must have required property 'outcome'"],
    [
      '/refunds/x/settle',
      { outcome: 'x' },
      'body/outcome must be one of SUCCESS, CHANGE, REFUNDCLOSE',
    ],
    [
      '/clock',
      { to: 'x' },
      "body must have required property 'advanceSeconds', body/to must be next_event",
    ],
    ['/codes', { user: 'a', name: 'b' }, 'body must not have name'],
  ])('%s %j is told what is right, once', async (path, body, message) => {
    const { status, answer } = await call('POST', path, JSON.stringify(body))
    expect([status, answer]).toMatchObject([400, { message }])
  })
})
