import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startWorld, type World } from './support/world.ts'

let world: World

beforeAll(async () => {
  world = await startWorld({ TIP_MIN_FEN: '100', TIP_PRESETS_FEN: '50,500,1000' })
})
afterAll(() => world.close())

const post = (path: string, body?: object) => world.asOperator('POST', `/api/admin${path}`, body)
const find = (slug: string) => world.asOperator('GET', `/api/admin/creators/${slug}`)
const deedsOf = (target: string) =>
  world.db.auditRecord.findMany({ where: { target }, orderBy: { id: 'asc' } })

describe('an operator', () => {
  it('makes a creator of a slug and a name; the rest has a standard', async () => {
    const expected = {
      slug: 'shu',
      scene: 'c=shu',
      name: '阿树',
      avatarUrl: null,
      about: null,
      presetsFen: [500, 1000],
      minFen: null,
      maxFen: null,
      goal: null,
      thanks: null,
      showsAmounts: true,
      hasOverlayKey: false,
      retiredAt: null,
    }
    expect(await post('/creators', { slug: 'shu', name: '阿树' })).toMatchObject({
      status: 200,
      body: expected,
    })
    expect((await find('shu')).body).toEqual(expected)
    expect(await deedsOf('shu')).toMatchObject([{ operator: 'li', action: 'creator_made' }])
  })

  it('makes a creator once, and none of a slug that is taken', async () => {
    const body = { slug: 'once', name: '一', goal: { title: '琴', targetFen: 100 } }
    expect((await post('/creators', body)).status).toBe(200)
    expect((await post('/creators', body)).status).toBe(200)
    const reply = await post('/creators', { ...body, name: '二' })
    expect(reply).toMatchObject({ status: 409, body: { code: 'CREATOR_CONFLICT' } })
    expect(await deedsOf('once')).toHaveLength(1)
  })

  it('changes what is named, and leaves the rest', async () => {
    await post('/creators', { slug: 'edit', name: '前', about: '一行' })
    const { status, body } = await post('/creators/edit', { name: '后', thanks: '谢谢' })
    expect({ status, body }).toMatchObject({
      status: 200,
      body: { name: '后', about: '一行', thanks: '谢谢' },
    })
    expect(await deedsOf('edit')).toMatchObject([
      { action: 'creator_made' },
      { action: 'creator_changed', details: { name: '后', thanks: '谢谢' } },
    ])
  })

  it.each([
    ['a limit below the server’s', { minFen: 99 }],
    ['a limit above the server’s', { maxFen: 50_001 }],
    ['limits that cross', { minFen: 700, maxFen: 600, presetsFen: [650] }],
    ['a preset outside', { presetsFen: [50] }],
    ['a preset outside of limits that change', { minFen: 600 }],
  ])('is told of %s', async (_, settings) => {
    await post('/creators', { slug: 'sound', name: '稳' })
    const expected = { status: 422, body: { code: 'CREATOR_UNSOUND' } }
    expect(await post('/creators/sound', settings)).toMatchObject(expected)
    expect((await find('sound')).body).toMatchObject({ minFen: null, presetsFen: [500, 1000] })
  })

  it.each([
    { slug: 'Shu', name: 'a' },
    { slug: 'x'.repeat(31), name: 'a' },
    { slug: 'a', name: '' },
    { slug: 'a', name: 'a\nb' },
    { slug: 'a', name: 'a', avatarUrl: 'http://example.org/a.png' },
    { slug: 'a', name: 'a', presetsFen: [] },
    { slug: 'a', name: 'a', colour: 'red' },
    { slug: 'a' },
  ])('is refused %j', async (body) => {
    expect(await post('/creators', body)).toMatchObject({ status: 400 })
  })

  it('leaves the default creator to the settings of the server', async () => {
    const reply = await post('/creators/default', { name: '别人' })
    expect(reply).toMatchObject({ status: 409, body: { code: 'CREATOR_CONFIGURED' } })
    expect(await post('/creators/nobody', { name: 'x' })).toMatchObject({ status: 404 })
    expect(await find('nobody')).toMatchObject({ status: 404, body: { code: 'CREATOR_NOT_FOUND' } })
  })

  it('is told the key of an overlay once, and only its hash is kept', async () => {
    await post('/creators', { slug: 'key', name: '钥' })
    const { status, body } = await post('/creators/key/overlay-key')
    expect(status).toBe(200)
    const url = new URL(String(body['overlayUrl']))
    expect(url.pathname).toBe('/overlay/key')
    const key = url.searchParams.get('key') ?? ''
    expect(key).toMatch(/^[\w-]{32}$/)
    const { overlayKeyHash } = await world.db.creator.findUniqueOrThrow({ where: { id: 'key' } })
    expect(overlayKeyHash).toHaveLength(32)
    const deeds = (await deedsOf('key')).map(({ action, details }) => ({ action, details }))
    expect(deeds).toEqual([
      expect.objectContaining({ action: 'creator_made' }),
      { action: 'overlay_key_renewed', details: {} },
    ])
    expect(JSON.stringify((await find('key')).body)).not.toContain(key)
    expect(world.logs.join('')).not.toContain(key)
    expect((await find('key')).body).toMatchObject({ hasOverlayKey: true })
  })

  it('needs the scope', async () => {
    const other = await startWorld({
      OPERATORS: JSON.stringify([{ name: 'li', token: 't'.repeat(32), scopes: ['refunds'] }]),
    })
    for (const path of ['/creators', '/messages/0'.padEnd(42, '0') + '/hide']) {
      const response = await fetch(`${other.url}/api/admin${path}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${'t'.repeat(32)}`, 'content-type': 'application/json' },
        body: '{}',
      })
      expect(response.status).toBe(403)
    }
    await other.close()
  })
})
