import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { FaultRule } from '@dashang/simulator'
import { createSessions } from '../src/features/login/sessions.ts'
import { startWorld, type World } from './support/world.ts'

let world: World

beforeAll(async () => {
  world = await startWorld({ SESSION_SECRET_PREVIOUS: 'former-secret-former-secret-00000' })
})
afterEach(() => {
  world.simulator.faults.clear()
})
afterAll(() => world.close())

const login = async (code: string) => {
  const response = await world.post('/api/login', JSON.stringify({ code }), {
    'content-type': 'application/json',
  })
  return { status: response.status, body: (await response.json()) as Record<string, unknown> }
}
const listWith = (authorization: string) =>
  fetch(`${world.url}/api/orders`, { headers: { authorization } })

describe('login', () => {
  it('keeps the openid in the database and gives the client a token without it', async () => {
    const { code, openid } = world.simulator.login('alice')
    const { status, body } = await login(code)
    expect(status).toBe(200)
    expect(Object.keys(body).sort()).toEqual(['expiresAt', 'token'])
    expect(JSON.stringify(body)).not.toContain(openid)
    expect(
      Buffer.from(String(body['token']).split('.')[1] ?? '', 'base64url').toString(),
    ).not.toContain(openid)
    expect(await world.db.user.count({ where: { openid } })).toBe(1)
  })

  it('finds the same user again', async () => {
    const { openid } = world.simulator.login('bob')
    await world.signIn('bob')
    await world.signIn('bob')
    expect(await world.db.user.count({ where: { openid } })).toBe(1)
  })

  it.each<[status: number, code: string, rule: FaultRule]>([
    [403, 'LOGIN_REFUSED', { on: 'jscode2session', fault: 'risk' }],
    [429, 'LOGIN_TOO_OFTEN', { on: 'jscode2session', fault: 'too_often' }],
    [503, 'WECHAT_BUSY', { on: 'jscode2session', fault: 'busy' }],
    [503, 'WECHAT_BUSY', { on: 'jscode2session', fault: 'http_500' }],
    [504, 'WECHAT_TIMEOUT', { on: 'jscode2session', fault: 'timeout_before' }],
  ])('answers %i %s to %o', async (status, code, rule) => {
    world.simulator.faults.add(rule)
    const answer = await login(world.simulator.login('carol').code)
    expect(answer).toMatchObject({ status, body: { code } })
    expect(answer.body['message']).toMatch(/[\u4e00-\u9fff]/)
  })

  it('asks once more when WeChat is busy for a moment', async () => {
    world.simulator.faults.add({ on: 'jscode2session', fault: 'busy', times: 1 })
    expect((await login(world.simulator.login('carol').code)).status).toBe(200)
  })

  it('refuses an unknown code', async () => {
    expect(await login('unknown')).toMatchObject({
      status: 400,
      body: { code: 'LOGIN_CODE_INVALID' },
    })
  })

  it('refuses a code that was used', async () => {
    const { code } = world.simulator.login('alice')
    await login(code)
    expect(await login(code)).toMatchObject({ status: 409, body: { code: 'LOGIN_CODE_USED' } })
  })

  it('tells nobody that the app secret is wrong, except the log', async () => {
    const other = await startWorld({ WECHAT_APP_SECRET: 'another' })
    const response = await other.post(
      '/api/login',
      JSON.stringify({ code: other.simulator.login('alice').code }),
      { 'content-type': 'application/json' },
    )
    expect(response.status).toBe(502)
    expect(await response.json()).toMatchObject({ code: 'WECHAT_REFUSED' })
    expect(other.logs.join('')).toContain('errcode 40125')
    await other.close()
  })
})

describe('a session token', () => {
  it.each([
    ['nothing', ''],
    ['another scheme', 'Basic YWxpY2U6'],
    ['garbage', 'Bearer garbage'],
    ['an unsigned token', 'Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4IiwiaXNzIjoiZGFzaGFuZyJ9.'],
  ])('is refused when it is %s', async (_, authorization) => {
    const response = await listWith(authorization)
    expect(response.status).toBe(401)
    expect(await response.json()).toMatchObject({ code: 'UNAUTHENTICATED' })
  })

  it('is refused when one character differs', async () => {
    const { token } = await world.signIn('alice')
    const at = token.length - 10
    const changed = token.slice(0, at) + (token[at] === 'A' ? 'B' : 'A') + token.slice(at + 1)
    expect((await listWith(`Bearer ${token}`)).status).toBe(200)
    expect((await listWith(`Bearer ${changed}`)).status).toBe(401)
  })

  it('is accepted when the former secret signed it, and refused when a foreign one did', async () => {
    const { token } = await world.signIn('alice')
    const { sub } = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as {
      sub: string
    }
    const signedBy = async (current: string) => {
      const sessions = createSessions({ current, previous: undefined })
      return `Bearer ${(await sessions.issue(sub, world.simulator.clock.now())).token}`
    }
    const former = await signedBy('former-secret-former-secret-00000')
    const foreign = await signedBy('foreign-secret-foreign-secret-000')
    expect((await listWith(former)).status).toBe(200)
    expect((await listWith(foreign)).status).toBe(401)
  })

  it('ends after two hours', async () => {
    const { token } = await world.signIn('alice')
    await world.simulator.clock.advance(2 * 3_600_000 - 10_000)
    expect((await listWith(`Bearer ${token}`)).status).toBe(200)
    await world.simulator.clock.advance(11_000)
    expect((await listWith(`Bearer ${token}`)).status).toBe(401)
  })
})
