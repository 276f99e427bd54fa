import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startSimulator, type Simulator } from '../src/simulator.ts'
import { ACCOUNT } from './account.ts'

let simulator: Simulator

beforeAll(async () => {
  simulator = await startSimulator({ account: ACCOUNT })
})
afterAll(() => simulator.close())

async function exchange(changes: Record<string, string> = {}) {
  const query = new URLSearchParams({
    appid: ACCOUNT.appid,
    secret: ACCOUNT.appSecret,
    js_code: simulator.login('alice').code,
    grant_type: 'authorization_code',
    ...changes,
  })
  const response = await fetch(`${simulator.url}/sns/jscode2session?${query.toString()}`)
  expect(response.status).toBe(200)
  return (await response.json()) as Record<string, unknown>
}

describe('code2Session', () => {
  it('answers openid and session_key, and no errcode', async () => {
    const { code, openid } = simulator.login('alice')
    const answer = await exchange({ js_code: code })
    expect(Object.keys(answer).sort()).toEqual(['openid', 'session_key'])
    expect(answer['openid']).toBe(openid)
    expect(answer['session_key']).toMatch(/^[A-Za-z0-9+/]{22}==$/)
  })

  it('knows a user again, and tells users apart', () => {
    expect(simulator.login('alice').openid).toBe(simulator.login('alice').openid)
    expect(simulator.login('alice').openid).not.toBe(simulator.login('bob').openid)
  })

  it('takes a code once', async () => {
    const { code } = simulator.login('alice')
    await exchange({ js_code: code })
    expect(await exchange({ js_code: code })).toMatchObject({ errcode: 40163 })
  })

  it('takes a code for five minutes', async () => {
    const { code } = simulator.login('alice')
    await simulator.clock.advance(301_000)
    expect(await exchange({ js_code: code })).toMatchObject({ errcode: 40029 })
  })

  it.each([
    [40013, { appid: 'wx1111111111111111' }],
    [40125, { secret: 'wrong' }],
    [40029, { js_code: 'unknown' }],
    [40002, { grant_type: 'password' }],
    [41002, { appid: '' }],
    [41004, { secret: '' }],
    [41008, { js_code: '' }],
  ])('answers %i to %o', async (errcode, changes) => {
    const answer = await exchange(changes)
    expect(answer['errcode']).toBe(errcode)
    expect(answer['errmsg']).toMatch(/, rid: [0-9a-f]{8}-[0-9a-f]{8}-[0-9a-f]{8}$/)
  })

  it.each([
    ['busy', -1],
    ['risk', 40226],
    ['too_often', 45011],
  ] as const)('answers the fault %s with %i, once', async (fault, errcode) => {
    simulator.faults.add({ on: 'jscode2session', fault, times: 1 })
    expect(await exchange()).toMatchObject({ errcode })
    expect(await exchange()).toHaveProperty('openid')
  })
})
