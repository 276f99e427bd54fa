import { isSignedBy, type Fields } from '@dashang/shared/signing/v2'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { V2CallFault } from '../src/fault-table.ts'
import { startSimulator, type Simulator } from '../src/simulator.ts'
import { ACCOUNT } from './account.ts'
import { createMerchant, orderFields } from './merchant.ts'

let simulator: Simulator

beforeEach(async () => {
  simulator = await startSimulator({ account: ACCOUNT })
})
afterEach(() => simulator.close())

const json = { 'content-type': 'application/json' }
const control = (method: string, body?: unknown) =>
  fetch(`${simulator.url}/_sim/faults`, {
    method,
    ...(body !== undefined && { headers: json, body: JSON.stringify(body) }),
  })

async function placeUnder(fault: V2CallFault): Promise<Fields> {
  simulator.faults.add({ on: 'unifiedorder', fault, times: 1 })
  const merchant = createMerchant(simulator, 'HMAC-SHA256')
  const { fields } = await merchant.send('unifiedorder', orderFields(simulator.login('a').openid))
  return fields
}

describe('a fault of a call', () => {
  it.each([
    ['system_error', 'SYSTEMERROR'],
    ['frequency_limited', 'FREQUENCY_LIMITED'],
  ] as const)('%s is a signed answer and leaves nothing done', async (fault, code) => {
    const fields = await placeUnder(fault)
    expect(fields['err_code']).toBe(code)
    expect(isSignedBy(fields, { key: ACCOUNT.v2Key, signType: 'HMAC-SHA256' })).toBe(true)
    expect(simulator.order('order-0001')).toBeUndefined()
  })

  it.each(['unsigned', 'wrong_signature'] as const)('%s does the work', async (fault) => {
    const fields = await placeUnder(fault)
    expect(fields['prepay_id']).toBeDefined()
    expect(isSignedBy(fields, { key: ACCOUNT.v2Key, signType: 'HMAC-SHA256' })).toBe(false)
    expect(simulator.order('order-0001')).toBeDefined()
  })

  it('garbage does the work and is not XML', async () => {
    await expect(placeUnder('garbage')).rejects.toThrow()
    expect(simulator.order('order-0001')).toBeDefined()
  })

  it('http_500 does nothing', async () => {
    await expect(placeUnder('http_500')).rejects.toThrow()
    expect(simulator.order('order-0001')).toBeUndefined()
  })

  it.each([
    ['timeout_before', false],
    ['timeout_after', true],
  ] as const)('%s never answers', async (fault, isDone) => {
    const call = placeUnder(fault)
    const first = await Promise.race([
      call,
      new Promise((r) => setTimeout(r, 200, 'still waiting')),
    ])
    expect(first).toBe('still waiting')
    expect(simulator.order('order-0001') !== undefined).toBe(isDone)
    const refused = expect(call).rejects.toThrow()
    await simulator.close()
    await refused
  })
})

describe('/_sim/faults', () => {
  it('adds, lists and removes rules', async () => {
    await control('POST', { on: 'orderquery', fault: 'garbage', times: 2 })
    const { rules, known } = (await (await control('GET')).json()) as Record<string, unknown>
    expect(rules).toEqual([{ on: 'orderquery', fault: 'garbage', times: 2 }])
    expect(known).toHaveProperty('notification.drop')
    await control('DELETE')
    expect(simulator.faults.list()).toEqual([])
  })

  it('counts a rule off', () => {
    simulator.faults.add({ on: 'orderquery', fault: 'garbage', times: 2 })
    expect([1, 2, 3].map(() => simulator.faults.take('orderquery'))).toEqual([
      'garbage',
      'garbage',
      null,
    ])
  })

  it.each([
    { on: 'orderquery', fault: 'drop' },
    { on: 'nowhere', fault: 'drop' },
    { on: 'notification', fault: 'drop', times: 0 },
    { on: 'notification', fault: 'drop', extra: 1 },
    {},
  ])('refuses %o', async (rule) => {
    expect((await control('POST', rule)).status).toBe(400)
    expect(simulator.faults.list()).toEqual([])
  })
})
