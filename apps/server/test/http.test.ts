import { ADMIN_API } from '@dashang/shared/contracts/admin'
import { API } from '@dashang/shared/contracts/api'
import { ERRORS, type ErrorCode } from '@dashang/shared/errors'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { ACCOUNT, newOrderId, startWorld, type World } from './support/world.ts'

let world: World

beforeAll(async () => {
  world = await startWorld()
})
afterAll(() => world.close())

const json = { 'content-type': 'application/json' }

describe('an error', () => {
  it.each<[what: string, status: number, code: ErrorCode, path: string, init: RequestInit]>([
    ['an unknown route', 404, 'ROUTE_NOT_FOUND', '/api/nothing', {}],
    ['another method', 404, 'ROUTE_NOT_FOUND', '/api/prepay', {}],
    ['no session', 401, 'UNAUTHENTICATED', '/api/orders', {}],
    [
      'broken JSON',
      400,
      'INVALID_REQUEST',
      '/api/login',
      { method: 'POST', headers: json, body: '{"code":' },
    ],
    ['no body', 400, 'INVALID_REQUEST', '/api/login', { method: 'POST', headers: json }],
    [
      'a number for a text',
      400,
      'INVALID_REQUEST',
      '/api/login',
      { method: 'POST', headers: json, body: '{"code":1}' },
    ],
    [
      'an unknown field',
      400,
      'INVALID_REQUEST',
      '/api/login',
      { method: 'POST', headers: json, body: '{"code":"x","y":1}' },
    ],
    [
      'another content type',
      415,
      'UNSUPPORTED_MEDIA_TYPE',
      '/api/login',
      { method: 'POST', headers: { 'content-type': 'text/html' }, body: 'x' },
    ],
    [
      'a body too large',
      413,
      'BODY_TOO_LARGE',
      '/api/login',
      { method: 'POST', headers: json, body: JSON.stringify({ code: 'x'.repeat(20_000) }) },
    ],
  ])('for %s is %i %s with its texts and the request id', async (_, status, code, path, init) => {
    const response = await fetch(`${world.url}${path}`, init)
    const body = (await response.json()) as Record<string, string>
    expect({ status: response.status, code: body['code'] }).toEqual({ status, code })
    expect(body['message']).toBe(ERRORS[code].message)
    expect(body['detail']).toMatch(/^[\x20-\x7e]+$/)
    expect(body['requestId']).toBe(response.headers.get('x-request-id'))
  })

  it('of ours shows no stack and no cause, and the log has it', async () => {
    const broken = await startWorld()
    const client = await broken.signIn('alice')
    await broken.db.$executeRaw`ALTER TABLE tip_order RENAME TO tip_order_gone`
    const reply = await client.call('GET /api/orders')
    expect(reply).toMatchObject({ status: 500, body: { code: 'INTERNAL' } })
    expect(JSON.stringify(reply.body)).not.toMatch(/tip_order|prisma/i)
    expect(broken.logs.join('')).toContain('tip_order')
    await broken.close()
  })
})

describe('limits', () => {
  it('answers RATE_LIMITED with the seconds to wait, to this user only', async () => {
    const limited = await startWorld({ PREPAYS_PER_MINUTE: '3' })
    const [alice, bob] = [await limited.signIn('alice'), await limited.signIn('bob')]
    const prepay = (client = alice) =>
      client.call('POST /api/prepay', { body: { orderId: newOrderId(), amountFen: 500 } })
    for (let i = 0; i < 3; i += 1) expect((await prepay()).status).toBe(200)
    const refused = await prepay()
    expect(refused).toMatchObject({ status: 429, body: { code: 'RATE_LIMITED' } })
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
    expect((await prepay(bob)).status).toBe(200)
    await limited.close()
  })
})

describe('what others look at', () => {
  it('sends the headers of a careful server', async () => {
    const { headers } = await fetch(`${world.url}/healthz`)
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('content-security-policy')).toContain("default-src 'self'")
    expect(headers.get('x-powered-by')).toBeNull()
  })

  it('lives and is ready', async () => {
    expect(await (await fetch(`${world.url}/healthz`)).json()).toEqual({ status: 'alive' })
    expect(await (await fetch(`${world.url}/readyz`)).json()).toEqual({
      status: 'ready',
      ledger: null,
    })
  })

  it('is not ready without its database', async () => {
    const lonely = await startWorld()
    lonely.db.$queryRaw = () => Promise.reject(new Error('gone')) as never
    const response = await fetch(`${lonely.url}/readyz`)
    expect(response.status).toBe(503)
    expect(await response.json()).toMatchObject({ code: 'NOT_READY' })
    expect((await fetch(`${lonely.url}/healthz`)).status).toBe(200)
    await lonely.close()
  })

  it('describes every route of the contract, and no other, in OpenAPI', async () => {
    const document = (await (await fetch(`${world.url}/openapi.json`)).json()) as {
      openapi: string
      paths: Record<string, Record<string, { responses: Record<string, unknown> }>>
    }
    expect(document.openapi).toBe('3.1.0')
    const described = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map(
        (method) => `${method.toUpperCase()} ${path.replace(/\{(\w+)\}/g, ':$1')}`,
      ),
    )
    expect(described.sort()).toEqual(Object.keys({ ...API, ...ADMIN_API }).sort())
    const { responses } = document.paths['/api/prepay']?.['post'] ?? { responses: {} }
    expect(Object.keys(responses).sort()).toEqual(
      ['200', '400', '401', '404', '409', '422', '429', '500', '502', '503', '504'].sort(),
    )
  })

  it('has a page for it', async () => {
    const response = await fetch(`${world.url}/docs/`)
    expect(response.status).toBe(200)
    expect(await response.text()).toContain('swagger')
  })
})

describe('the log', () => {
  it('tells what was decided, as events, without a key, a token or an openid', async () => {
    const alice = await world.signIn('alice')
    const orderId = newOrderId()
    const { body } = await alice.call('POST /api/prepay', { body: { orderId, amountFen: 500 } })
    await alice.call('POST /api/orders/:orderId/confirm', { params: { orderId } })
    world.simulator.pay(orderId)
    await vi.waitFor(() => {
      expect(world.logs.join('')).toContain('"event":"notification_received"')
    })
    const log = world.logs.join('')

    for (const event of ['user_logged_in', 'order_placed', 'order_queried', 'request_completed']) {
      expect(log).toContain(`"event":"${event}"`)
    }
    const secrets = [
      ACCOUNT.v2Key,
      ACCOUNT.appSecret,
      world.config.SESSION_SECRET,
      alice.token,
      alice.openid,
      body.payment.paySign,
    ]
    for (const secret of secrets) expect(log).not.toContain(secret)
  })
})
