import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { askRefund, pass } from './support/refunds.ts'
import { giveTip, readerOf } from './support/tips.ts'
import { newOrderId, startWorld, type Client, type World } from './support/world.ts'

const GOAL = { title: '换一支新麦克风', targetFen: 100_000 }

let world: World
let alice: Client
let bob: Client
let read: ReturnType<typeof readerOf>

beforeAll(async () => {
  world = await startWorld({
    CREATOR_NAME: '阿树',
    CREATOR_ABOUT: '写代码，也写故事',
    CREATOR_THANKS: '谢谢你！',
    TIP_PRESETS_FEN: '2000,100,500,100000',
  })
  read = readerOf(world)
  alice = await world.signIn('alice')
  bob = await world.signIn('bob')
})
afterAll(() => world.close())

async function makeCreator(slug: string, settings: object = {}): Promise<void> {
  const body = { slug, name: slug, ...settings }
  expect(await world.asOperator('POST', '/api/admin/creators', body)).toMatchObject({ status: 200 })
}

describe('the page of a creator', () => {
  it('is there for whoever names nobody, as the settings say', async () => {
    expect(await read.page('default')).toEqual({
      status: 200,
      body: {
        slug: 'default',
        name: '阿树',
        isRetired: false,
        avatarUrl: null,
        about: '写代码，也写故事',
        presetsFen: [100, 500, 2000],
        minFen: 1,
        maxFen: 50_000,
        goal: null,
        supporterCount: 0,
        latestSupporters: [],
        thanks: '谢谢你！',
        showsAmounts: true,
        messageMaxLength: 50,
        nameMaxLength: 20,
      },
    })
  })

  it.each(['nobody', 'x'.repeat(30)])('says in words that nobody is called %s', async (slug) => {
    const expected = {
      code: 'CREATOR_NOT_FOUND',
      message: '没有找到这位创作者，请检查链接或二维码',
    }
    expect(await read.page(slug)).toMatchObject({ status: 404, body: expected })
    expect(await read.wall(slug)).toMatchObject({ status: 404, body: expected })
    expect(await read.ranking(slug)).toMatchObject({ status: 404, body: expected })
  })

  it.each(['Nobody', 'a_b', 'x'.repeat(31), '%00'])('takes %s for no slug', async (slug) => {
    expect(await read.page(slug)).toMatchObject({ status: 400, body: { code: 'INVALID_REQUEST' } })
  })

  it('shows who has tipped, newest first, and how near the goal is', async () => {
    await makeCreator('goal', { goal: GOAL })
    await giveTip(world, alice, { creator: 'goal', displayName: '小明', message: '加油' })
    await giveTip(world, alice, { creator: 'goal', amountFen: 700 })
    await giveTip(world, bob, { creator: 'goal', message: '你好', isAnonymous: true })
    expect((await read.page('goal')).body).toMatchObject({
      goal: { ...GOAL, raisedFen: 1700 },
      supporterCount: 2,
      latestSupporters: [
        { id: '3', name: null, amountFen: 500, message: '你好' },
        { id: '2', name: null, amountFen: 700, message: null },
        { id: '1', name: '小明', amountFen: 500, message: '加油' },
      ],
    })
    expect((await read.page('default')).body.supporterCount).toBe(0)
  })

  it('counts for the goal what comes after it was set, and anew for another goal', async () => {
    await makeCreator('anew')
    const settle = (goal: object | null) =>
      world.asOperator('POST', '/api/admin/creators/anew', { goal })
    const raised = async () => (await read.page('anew')).body.goal?.raisedFen
    await giveTip(world, alice, { creator: 'anew' })
    expect(await raised()).toBeUndefined()
    // Payments are told in whole seconds, and the goal is set in between.
    await world.simulator.clock.advance(2000)
    await settle(GOAL)
    await world.simulator.clock.advance(2000)
    expect(await raised()).toBe(0)
    await giveTip(world, alice, { creator: 'anew', amountFen: 300 })
    await settle(GOAL)
    expect(await raised()).toBe(300)
    await world.simulator.clock.advance(2000)
    await settle({ ...GOAL, title: '换一把椅子' })
    expect(await raised()).toBe(0)
    await settle(null)
    expect(await raised()).toBeUndefined()
  })

  it('tells no amounts where the creator does not want it', async () => {
    await makeCreator('quiet', { showsAmounts: false })
    await giveTip(world, alice, { creator: 'quiet', displayName: '小明' })
    const { body } = await read.page('quiet')
    expect(body.latestSupporters).toMatchObject([{ name: '小明', amountFen: null }])
    expect((await read.wall('quiet')).body.supporters).toMatchObject([{ amountFen: null }])
    const entries = [{ rank: 1, name: '小明', amountFen: null }]
    expect((await read.ranking('quiet')).body.entries).toMatchObject(entries)
  })

  it('counts refunds off, and lets go of what went back whole', async () => {
    await makeCreator('back', { goal: GOAL })
    const whole = await giveTip(world, alice, { creator: 'back', message: '退' })
    const half = await giveTip(world, bob, { creator: 'back', message: '留' })
    await askRefund(world, whole, { amountFen: 500 })
    await askRefund(world, half, { amountFen: 200 })
    await pass(world, 60)
    expect((await read.page('back')).body).toMatchObject({
      goal: { raisedFen: 300 },
      supporterCount: 1,
      latestSupporters: [{ amountFen: 300, message: '留' }],
    })
    expect((await read.ranking('back')).body.entries).toMatchObject([{ rank: 1, amountFen: 300 }])
  })
})

describe('a tip for a creator', () => {
  it('keeps to the limits of that creator', async () => {
    await makeCreator('narrow', { minFen: 200, maxFen: 300, presetsFen: [200] })
    expect((await read.page('narrow')).body).toMatchObject({ minFen: 200, maxFen: 300 })
    for (const amountFen of [199, 301]) {
      const body = { orderId: newOrderId(), amountFen, creator: 'narrow' }
      const reply = await alice.call('POST /api/prepay', { body })
      expect(reply).toMatchObject({ status: 422, body: { code: 'AMOUNT_NOT_ALLOWED' } })
    }
    await giveTip(world, alice, { creator: 'narrow', amountFen: 300 })
  })

  it('is none for nobody, and orders nothing', async () => {
    const orderId = newOrderId()
    const body = { orderId, amountFen: 500, creator: 'nobody' }
    const reply = await alice.call('POST /api/prepay', { body })
    expect(reply).toMatchObject({ status: 404, body: { code: 'CREATOR_NOT_FOUND' } })
    expect(await world.db.order.count({ where: { id: orderId } })).toBe(0)
  })

  it('is not turned into one for somebody else by a repeat', async () => {
    await makeCreator('first')
    const body = { orderId: newOrderId(), amountFen: 500, creator: 'first' }
    expect(await alice.call('POST /api/prepay', { body })).toMatchObject({ status: 200 })
    const reply = await alice.call('POST /api/prepay', { body: { ...body, creator: 'default' } })
    expect(reply).toMatchObject({ status: 409, body: { code: 'ORDER_CONFLICT' } })
  })

  it('has a receipt once it is paid', async () => {
    await makeCreator('receipt', { name: '小店' })
    const orderId = await giveTip(world, alice, { creator: 'receipt' })
    const { body } = await alice.call('GET /api/orders/:orderId', { params: { orderId } })
    const { transactionId } = await world.db.order.findUniqueOrThrow({ where: { id: orderId } })
    expect(body).toMatchObject({ creator: { slug: 'receipt', name: '小店' }, transactionId })
    expect(body.receiptNumber).toMatch(/^20[0-9]{6}-[0-9A-F]{8}$/)
    expect(body.receiptNumber?.slice(9)).toBe(orderId.slice(0, 8).toUpperCase())
  })
})
