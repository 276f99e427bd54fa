import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { giveTip, readerOf } from './support/tips.ts'
import { newOrderId, startWorld, type Client, type World } from './support/world.ts'

const REASON = { reason: '有人举报' }

let world: World
let alice: Client
let read: ReturnType<typeof readerOf>

beforeAll(async () => {
  world = await startWorld()
  read = readerOf(world)
  alice = await world.signIn('alice')
})
afterAll(() => world.close())

const moderate = (orderId: string, deed: 'hide' | 'show', body = REASON) =>
  world.asOperator('POST', `/api/admin/messages/${orderId}/${deed}`, body)
const alertsOf = async (orderId: string) =>
  (await world.db.tipAlert.findMany({ where: { orderId }, orderBy: { number: 'asc' } })).map(
    ({ kind }) => kind,
  )

/** Whether the words are to be seen anywhere in public. */
async function isPublic(words: string): Promise<boolean> {
  const bodies = await Promise.all([
    read.page('default'),
    read.wall('default'),
    read.ranking('default', 'all'),
  ])
  return JSON.stringify(bodies).includes(words)
}

describe('hiding a message', () => {
  it('takes message and name out of everything public at once, and leaves the tip', async () => {
    const orderId = await giveTip(world, alice, { message: '坏话', displayName: '坏名' })
    expect([await isPublic('坏话'), await isPublic('坏名')]).toEqual([true, true])
    expect(await moderate(orderId, 'hide')).toMatchObject({
      status: 200,
      body: { orderId, creator: 'default', message: '坏话', state: 'hidden' },
    })
    expect([await isPublic('坏话'), await isPublic('坏名')]).toEqual([false, false])
    const { body } = await read.wall('default')
    expect(body.supporters[0]).toMatchObject({ name: null, message: null, amountFen: 500 })
    const own = await alice.call('GET /api/orders/:orderId', { params: { orderId } })
    expect(own.body).toMatchObject({ message: '坏话', messageState: 'hidden' })
  })

  it('tells overlays, once, and is undone the same way', async () => {
    const orderId = await giveTip(world, alice, { message: '误会' })
    await moderate(orderId, 'hide')
    await moderate(orderId, 'hide')
    expect(await alertsOf(orderId)).toEqual(['tip', 'hidden'])
    expect(await moderate(orderId, 'show')).toMatchObject({ body: { state: 'shown' } })
    expect(await alertsOf(orderId)).toEqual(['tip', 'hidden', 'shown'])
    expect(await isPublic('误会')).toBe(true)
    expect(await world.db.auditRecord.findMany({ where: { target: orderId } })).toMatchObject([
      { operator: 'li', action: 'message_hidden', details: REASON },
      { operator: 'li', action: 'message_shown', details: REASON },
    ])
  })

  it('works before the tip is paid, and then nobody ever sees it', async () => {
    const orderId = newOrderId()
    const body = { orderId, amountFen: 500, message: '早藏' }
    await alice.call('POST /api/prepay', { body })
    await moderate(orderId, 'hide')
    expect(await alertsOf(orderId)).toEqual([])
    world.simulator.pay(orderId)
    await alice.call('POST /api/orders/:orderId/confirm', { params: { orderId } })
    expect(await alertsOf(orderId)).toEqual(['tip'])
    expect(await isPublic('早藏')).toBe(false)
  })

  it('says when there is nothing to hide', async () => {
    const none = { status: 404, body: { code: 'ORDER_NOT_FOUND' } }
    expect(await moderate(newOrderId(), 'hide')).toMatchObject(none)
    const silent = { status: 404, body: { code: 'MESSAGE_NOT_FOUND' } }
    expect(await moderate(await giveTip(world, alice), 'show')).toMatchObject(silent)
    const orderId = await giveTip(world, alice, { message: '无故' })
    expect(await moderate(orderId, 'hide', { reason: ' ' })).toMatchObject({ status: 400 })
  })

  it('finds every message of a creator, newest first', async () => {
    await world.asOperator('POST', '/api/admin/creators', { slug: 'many', name: '多' })
    for (let i = 1; i <= 51; i += 1) {
      await giveTip(world, alice, { creator: 'many', message: String(i) })
    }
    await giveTip(world, alice, { creator: 'many' })
    const list = async (query: string) => {
      const { body } = await world.asOperator('GET', `/api/admin/messages?creator=many${query}`)
      return body as unknown as { messages: { message: string }[]; nextCursor: string | null }
    }
    const first = await list('')
    const second = await list(`&cursor=${first.nextCursor ?? ''}`)
    const seen = [...first.messages, ...second.messages].map(({ message }) => Number(message))
    expect(seen).toEqual(Array.from({ length: 51 }, (_, i) => 51 - i))
    expect(second.nextCursor).toBeNull()
  })
})
