import { createHmac } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startSimulator, type Simulator } from '../src/simulator.ts'
import { ACCOUNT } from './account.ts'
import { createWeixinClient } from './weixin.ts'

let simulator: Simulator
let client: ReturnType<typeof createWeixinClient>

beforeEach(async () => {
  simulator = await startSimulator({ account: ACCOUNT })
  client = createWeixinClient(simulator)
})
afterEach(() => simulator.close())

/** The code that a call with this token is answered: 87009 when the token was taken. */
async function errcodeWith(token: unknown): Promise<unknown> {
  const { openid } = simulator.login('alice')
  const query = { access_token: String(token), openid, sig_method: 'hmac_sha256', signature: 'x' }
  return (await client.get('/wxa/checksession', query))['errcode']
}
const TAKEN = 87009
const seconds = (count: number) => simulator.clock.advance(count * 1000)

describe('cgi-bin/token', () => {
  it('gives a new token each time, and takes the former one for five minutes', async () => {
    const first = await client.accessToken()
    await seconds(60)
    const second = await client.accessToken()
    expect(second).not.toBe(first)
    await seconds(290)
    expect(await errcodeWith(first)).toBe(TAKEN)
    await seconds(20)
    expect(await errcodeWith(first)).toBe(40001)
    expect(await errcodeWith(second)).toBe(TAKEN)
  })

  it('lets a token live two hours', async () => {
    const token = await client.accessToken()
    await seconds(7190)
    expect(await errcodeWith(token)).toBe(TAKEN)
    await seconds(20)
    expect(await errcodeWith(token)).toBe(42001)
  })
})

describe('cgi-bin/stable_token', () => {
  it('gives the same token until five minutes before its end, and says what is left', async () => {
    const first = await client.stableToken()
    expect(first).toMatchObject({ expires_in: 7200 })
    await seconds(6000)
    const second = await client.stableToken()
    expect(second['access_token']).toBe(first['access_token'])
    expect(second['expires_in']).toBeLessThanOrEqual(1200)
    await seconds(950)
    const third = await client.stableToken()
    expect(third['access_token']).not.toBe(first['access_token'])
    expect(await errcodeWith(first['access_token'])).toBe(TAKEN)
    await seconds(300)
    expect(await errcodeWith(first['access_token'])).toBe(42001)
  })

  it('ends the old token at once when it is forced, and not sooner than 30 seconds again', async () => {
    const first = await client.stableToken()
    const second = await client.stableToken({ force_refresh: true })
    expect(await errcodeWith(first['access_token'])).toBe(40001)
    expect(await errcodeWith(second['access_token'])).toBe(TAKEN)
    expect(await client.stableToken({ force_refresh: true })).toMatchObject({ errcode: 45011 })
    await seconds(31)
    expect(await client.stableToken({ force_refresh: true })).toHaveProperty('access_token')
  })

  it('is forced twenty times a day', async () => {
    for (let count = 0; count < 20; count += 1) {
      expect(await client.stableToken({ force_refresh: true })).toHaveProperty('access_token')
      await seconds(31)
    }
    expect(await client.stableToken({ force_refresh: true })).toMatchObject({ errcode: 45009 })
    await seconds(24 * 3600)
    expect(await client.stableToken({ force_refresh: true })).toHaveProperty('access_token')
  })
})

it('keeps the two kinds apart', async () => {
  const legacy = await client.accessToken()
  const { access_token: stable } = await client.stableToken()
  await client.stableToken({ force_refresh: true })
  expect(await errcodeWith(legacy)).toBe(TAKEN)
  expect(await errcodeWith(stable)).toBe(40001)
})

describe('wxa/checksession', () => {
  it('takes the signature of the newest session_key alone', async () => {
    const { code, openid } = simulator.login('alice')
    const { session_key: older } = await client.exchange(code)
    const { session_key: newer } = await client.exchange(simulator.login('alice').code)
    const check = async (key: unknown) => {
      const signature = createHmac('sha256', String(key)).update('').digest('hex')
      const query = { openid, signature, sig_method: 'hmac_sha256' }
      return client.get('/wxa/checksession', {
        access_token: await client.accessToken(),
        ...query,
      })
    }
    expect(await check(newer)).toEqual({ errcode: 0, errmsg: 'ok' })
    expect(await check(older)).toMatchObject({ errcode: 87009 })
  })
})
