import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { giveTip, readerOf } from './support/tips.ts'
import { newOrderId, startWorld, type Client, type World } from './support/world.ts'

const TIPS = 45

let world: World
let alice: Client
let bob: Client
let read: ReturnType<typeof readerOf>

beforeAll(async () => {
  world = await startWorld()
  read = readerOf(world)
  alice = await world.signIn('alice')
  bob = await world.signIn('bob')
  for (const slug of ['long', 'ranked', 'secret', 'even']) {
    const body = { slug, name: slug }
    expect((await world.asOperator('POST', '/api/admin/creators', body)).status).toBe(200)
  }
})
afterAll(() => world.close())

describe("the supporters' wall", () => {
  it('pages through all tips, newest first, each once, also when more arrive meanwhile', async () => {
    for (let i = 1; i <= TIPS; i += 1) {
      await giveTip(world, alice, { creator: 'long', message: String(i) })
    }
    const seen: string[] = []
    let cursor: string | null | undefined
    do {
      const { body } = await read.wall('long', cursor)
      seen.push(...body.supporters.map(({ message }) => message ?? ''))
      cursor = body.nextCursor
      await giveTip(world, bob, { creator: 'long', message: 'later' })
    } while (cursor !== null)
    expect(seen).toEqual(Array.from({ length: TIPS }, (_, i) => String(TIPS - i)))
  })

  it('shows nothing that is not paid', async () => {
    const body = { orderId: newOrderId(), amountFen: 500, creator: 'even', message: '未付' }
    await alice.call('POST /api/prepay', { body })
    expect((await read.wall('even')).body).toEqual({ supporters: [], nextCursor: null })
    expect((await read.ranking('even')).body.entries).toEqual([])
  })

  it.each(['0', '-1', 'x', '1'.repeat(19)])('refuses %s as a cursor', async (cursor) => {
    const reply = await read.wall('long', cursor)
    expect(reply).toMatchObject({ status: 400, body: { code: 'INVALID_REQUEST' } })
  })
})

describe('the ranking', () => {
  it('adds up what each gave; equal sums share a rank, the earlier one first', async () => {
    const carol = await world.signIn('carol')
    const dave = await world.signIn('dave')
    await giveTip(world, alice, { creator: 'ranked', amountFen: 300, displayName: '小红' })
    await world.simulator.clock.advance(1000)
    await giveTip(world, bob, { creator: 'ranked', amountFen: 900, displayName: '小明' })
    await giveTip(world, carol, { creator: 'ranked', amountFen: 100 })
    await giveTip(world, dave, { creator: 'ranked', amountFen: 50 })
    await giveTip(world, alice, { creator: 'ranked', amountFen: 600, displayName: '阿红' })
    expect((await read.ranking('ranked', 'all')).body).toEqual({
      period: 'all',
      startsAt: null,
      entries: [
        { rank: 1, name: '阿红', amountFen: 900, tipCount: 2 },
        { rank: 1, name: '小明', amountFen: 900, tipCount: 1 },
        { rank: 3, name: null, amountFen: 100, tipCount: 1 },
        { rank: 4, name: null, amountFen: 50, tipCount: 1 },
      ],
    })
  })

  it('knows day, week and month of Beijing, and takes the month unless told', async () => {
    const { body } = await read.ranking('ranked')
    expect(body.period).toBe('month')
    expect(body.startsAt).toMatch(/T16:00:00.000Z$/)
    await world.simulator.clock.advance(32 * 24 * 60 * 60 * 1000)
    for (const period of ['day', 'week', 'month']) {
      expect((await read.ranking('ranked', period)).body.entries).toEqual([])
    }
    expect((await read.ranking('ranked', 'all')).body.entries).toHaveLength(4)
    const reply = await read.ranking('ranked', 'year')
    expect(reply).toMatchObject({ status: 400, body: { code: 'INVALID_REQUEST' } })
  })
})

describe('anonymity', () => {
  it('leaves no trace of who it was, in whatever everybody may read', async () => {
    const carol = await world.signIn('carol')
    await giveTip(world, carol, { creator: 'secret', displayName: '卡罗尔' })
    await giveTip(world, carol, { creator: 'secret', displayName: '卡罗尔', isAnonymous: true })
    const { id } = await world.db.user.findFirstOrThrow({ where: { openid: carol.openid } })
    const orders = await world.db.order.findMany({ where: { creatorId: 'secret' } })
    const bodies = [
      (await read.page('secret')).body,
      (await read.wall('secret')).body,
      (await read.ranking('secret')).body,
    ]
    const text = JSON.stringify(bodies)
    const secrets = [id, carol.openid, ...orders.map((order) => order.id)]
    expect(secrets.filter((secret) => text.includes(secret))).toEqual([])
    // What they gave by name and what they gave without are not added up, or the sum would tell.
    expect(bodies[2]).toMatchObject({
      entries: [
        { rank: 1, amountFen: 500, tipCount: 1 },
        { rank: 1, amountFen: 500, tipCount: 1 },
      ],
    })
    expect((await read.ranking('secret')).body.entries.map(({ name }) => name).sort()).toEqual(
      [null, '卡罗尔'].sort(),
    )
  })
})
