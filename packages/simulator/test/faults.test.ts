import { isSignedBy, type Fields } from '@dashang/shared/signing/v2'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { faultRuleProblem } from '../src/fault-rule.ts'
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
const control = (method: string, body?: unknown, id = '') =>
  fetch(`${simulator.url}/_sim/faults${id}`, {
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
    expect(rules).toEqual([
      { id: 'rule-1', on: 'orderquery', fault: 'garbage', times: 2, seen: 0, fired: 0, left: 2 },
    ])
    expect(known).toHaveProperty('notification.drop')
    await control('DELETE')
    expect(simulator.faults.list()).toEqual([])
  })

  it('removes one rule by its id, and says 404 of one that is not there', async () => {
    const rule = { on: 'orderquery', fault: 'garbage' }
    const { id } = (await (await control('POST', rule)).json()) as { id: string }
    await control('POST', { ...rule, fault: 'cut' })
    expect(await (await control('DELETE', undefined, `/${id}`)).json()).toMatchObject({
      rules: [{ fault: 'cut' }],
    })
    expect((await control('DELETE', undefined, `/${id}`)).status).toBe(404)
    expect(simulator.faults.list()).toHaveLength(1)
    expect(simulator.faults.remove(id)).toBeNull()
    expect(simulator.platform.log.lines().join()).toContain('rule_removed')
  })

  it('never gives an id twice', () => {
    const { faults } = simulator
    const first = faults.add({ on: 'orderquery', fault: 'cut' })
    faults.clear()
    expect(faults.add({ on: 'orderquery', fault: 'cut' })).not.toBe(first)
  })

  it('says how often a rule had its chance, how often it struck, and what is left of it', () => {
    const { faults } = simulator
    faults.add({ on: 'orderquery', fault: 'cut', after: 1, times: 3 })
    faults.add({ on: 'closeorder', fault: 'cut' })
    for (let i = 0; i < 3; i += 1) faults.take('orderquery')
    faults.take('closeorder')
    expect(faults.list()).toMatchObject([
      { on: 'orderquery', times: 3, seen: 3, fired: 2, left: 1 },
      { on: 'closeorder', seen: 1, fired: 1, left: null },
    ])
  })

  it('tells which options each fault understands, and takes no other', async () => {
    const { understood, options } = (await (await control('GET')).json()) as {
      understood: Record<string, Record<string, string[]>>
      options: Record<string, object>
    }
    expect(understood).toMatchObject({
      notification: {
        delay: ['times', 'after', 'every', 'orders', 'seconds'],
        tampered: ['times', 'after', 'every', 'orders', 'field'],
      },
      refund_notification: { tampered: ['times', 'after', 'every', 'orders'] },
      msg_sec_check: { risky: ['times', 'after', 'every', 'words'] },
      bill: { wrong_fee: ['times', 'after', 'every'] },
    })
    const values = { texts: ['x'], text: 'x', count: 2 }
    const kinds: Record<string, keyof typeof values | undefined> = {
      orders: 'texts',
      words: 'texts',
      field: 'text',
    }
    for (const [on, faults] of Object.entries(understood)) {
      const [fault = '', understands = []] = Object.entries(faults)[0] ?? []
      for (const option of Object.keys(options)) {
        const value = values[kinds[option] ?? 'count']
        const problem = faultRuleProblem({ on, fault, [option]: value })
        expect([on, option, problem === null]).toEqual([on, option, understands.includes(option)])
      }
    }
  })

  it('counts a rule off', () => {
    simulator.faults.add({ on: 'orderquery', fault: 'garbage', times: 2 })
    expect([1, 2, 3].map(() => simulator.faults.take('orderquery'))).toEqual([
      'garbage',
      'garbage',
      null,
    ])
  })

  it('waits, and strikes each so manieth time, only what it names', () => {
    const { faults } = simulator
    faults.add({ on: 'orderquery', fault: 'cut', after: 1, every: 2, times: 2, orders: ['a'] })
    const take = (order: string) => faults.take('orderquery', { order: () => order })
    expect(take('b')).toBeNull()
    expect(Array.from({ length: 6 }, () => take('a'))).toEqual([
      null,
      'cut',
      null,
      'cut',
      null,
      null,
    ])
  })

  it.each([
    { on: 'orderquery', fault: 'drop' },
    { on: 'orderquery', fault: 'cut', seconds: 1 },
    { on: 'notification', fault: 'drop', copies: 2 },
    { on: 'refund_notification', fault: 'tampered', field: 'x' },
    { on: 'bill', fault: 'wrong_fee', orders: ['a'] },
    { on: 'nowhere', fault: 'drop' },
    { on: 'notification', fault: 'drop', times: 0 },
    { on: 'notification', fault: 'drop', extra: 1 },
    {},
  ])('refuses %o', async (rule) => {
    expect((await control('POST', rule)).status).toBe(400)
    expect(simulator.faults.list()).toEqual([])
  })
})
