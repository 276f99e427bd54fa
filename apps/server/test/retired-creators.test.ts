import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openStream } from './support/event-stream.ts'
import { giveTip, readerOf, untilPaid } from './support/tips.ts'
import { newOrderId, startWorld, type Client, type World } from './support/world.ts'

let world: World
let alice: Client

beforeAll(async () => {
  world = await startWorld()
  alice = await world.signIn('alice')
})
afterAll(() => world.close())

const post = (path: string, body?: object) => world.asOperator('POST', `/api/admin${path}`, body)
const retire = (slug: string) => post(`/creators/${slug}/retire`)
const make = (slug: string) => post('/creators', { slug, name: slug })
const prepay = (creator: string, orderId = newOrderId()) =>
  alice.call('POST /api/prepay', { body: { orderId, creator, amountFen: 500 } })
const deedsOf = async (target: string) =>
  (await world.db.auditRecord.findMany({ where: { target }, orderBy: { id: 'asc' } })).map(
    ({ action }) => action,
  )

describe('a retired creator', () => {
  it('says so, takes no new tip, and keeps the wall', async () => {
    await make('old')
    await giveTip(world, alice, { creator: 'old' })
    expect(await retire('old')).toMatchObject({
      status: 200,
      body: { slug: 'old', retiredAt: expect.any(String) as string },
    })
    const { page, wall } = readerOf(world)
    expect(await page('old')).toMatchObject({ status: 200, body: { isRetired: true } })
    expect((await wall('old')).body.supporters).toHaveLength(1)
    const refused = { status: 409, body: { code: 'CREATOR_RETIRED' } }
    expect(await prepay('old')).toMatchObject(refused)
    expect(await world.db.order.count({ where: { creatorId: 'old' } })).toBe(1)
  })

  it('gets what was placed before, by a repeat of the request too', async () => {
    await make('late')
    const orderId = newOrderId()
    const first = await prepay('late', orderId)
    await retire('late')
    const again = await prepay('late', orderId)
    expect(again.body.payment.package).toBe(first.body.payment.package)
    world.simulator.pay(orderId)
    await untilPaid(world, orderId)
    expect((await readerOf(world).wall('late')).body.supporters).toHaveLength(1)
  })

  it('is retired once, and may be taken back', async () => {
    await make('back')
    const [first, second] = [await retire('back'), await retire('back')]
    expect(second.body).toEqual(first.body)
    expect(await post('/creators/back/reinstate')).toMatchObject({ body: { retiredAt: null } })
    expect((await prepay('back')).status).toBe(200)
    expect(await deedsOf('back')).toEqual(['creator_made', 'creator_retired', 'creator_reinstated'])
  })

  it('has no overlay any more, and what is open of it ends', async () => {
    await make('live')
    const { body } = await post('/creators/live/overlay-key')
    const { pathname, search } = new URL(String(body['overlayUrl']))
    const url = `${world.url}${pathname}/events${search}`
    const stream = await openStream(url)
    await retire('live')
    expect((await fetch(url)).status).toBe(404)
    await stream.ended
    const refused = { status: 409, body: { code: 'CREATOR_RETIRED' } }
    expect(await post('/creators/live/overlay-key')).toMatchObject(refused)
  })

  it('is never the one of the settings, and never one that there is not', async () => {
    expect(await retire('default')).toMatchObject({ body: { code: 'CREATOR_CONFIGURED' } })
    expect(await retire('nobody')).toMatchObject({ body: { code: 'CREATOR_NOT_FOUND' } })
  })
})

describe('the list of creators', () => {
  const list = async (query = '') => {
    const { status, body } = await world.asOperator('GET', `/api/admin/creators${query}`)
    const { creators = [], nextCursor } = body as unknown as {
      creators?: { slug: string }[]
      nextCursor: string | null
    }
    return { status, slugs: creators.map(({ slug }) => slug), nextCursor }
  }

  it('has each once over its pages, by slug, the retired ones too', async () => {
    const rows = Array.from({ length: 60 }, (_, i) => ({
      id: `many-${i}`,
      name: 'x',
      createdAt: new Date(),
    }))
    await world.db.creator.createMany({ data: rows })
    await make('gone')
    await retire('gone')
    const first = await list()
    const second = await list(`?cursor=${first.nextCursor ?? ''}`)
    expect(first.slugs).toHaveLength(50)
    expect(second.nextCursor).toBeNull()
    const all = await world.db.creator.findMany({ orderBy: { id: 'asc' } })
    expect([...first.slugs, ...second.slugs]).toEqual(all.map(({ id }) => id))
    expect(all.map(({ id }) => id)).toContain('gone')
  })

  it.each(['?cursor=Not%20a%20slug', '?order=up'])('refuses %s', async (query) => {
    expect((await list(query)).status).toBe(400)
  })
})
