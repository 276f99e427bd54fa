import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { eventually, openStream } from './support/event-stream.ts'
import { askRefund, pass } from './support/refunds.ts'
import { addTips, giveTip, untilPaid } from './support/tips.ts'
import { newOrderId, startWorld, type Client, type World } from './support/world.ts'

const KEY = randomBytes(24).toString('base64url')

let world: World
let alice: Client

beforeAll(async () => {
  world = await startWorld({ CREATOR_OVERLAY_KEY: KEY })
  alice = await world.signIn('alice')
})
afterAll(() => world.close())

const events = (creator = 'default', key = KEY) =>
  `${world.url}/overlay/${creator}/events?key=${key}`

async function makeCreator(slug: string): Promise<string> {
  await world.asOperator('POST', '/api/admin/creators', { slug, name: slug })
  const { body } = await world.asOperator('POST', `/api/admin/creators/${slug}/overlay-key`)
  const { searchParams } = new URL(String(body['overlayUrl']))
  return events(slug, searchParams.get('key') ?? '')
}

describe('an overlay', () => {
  it('is told of a tip long before the next heartbeat, with what everybody may see of it', async () => {
    const stream = await openStream(events())
    const tip = { displayName: '小明', message: '加油' }
    const orderId = newOrderId()
    await alice.call('POST /api/prepay', { body: { orderId, amountFen: 1234, ...tip } })
    world.simulator.pay(orderId)
    await untilPaid(world, orderId)
    await eventually(() => {
      expect(stream.told()).toHaveLength(1)
    })
    const data = { tip: '1', name: '小明', message: '加油', amountFen: 1234, amount: '¥12.34' }
    expect(stream.events).toMatchObject([
      { id: '0', name: 'ready', data: { creator: '作者' } },
      { id: '1', name: 'tip', data },
    ])
    stream.cut()
  })

  it('ends when its key is replaced by another one', async () => {
    const stream = await openStream(await makeCreator('renewed'))
    await world.asOperator('POST', '/api/admin/creators/renewed/overlay-key')
    await stream.ended
  })

  it('begins with what comes, and resumes after what it has seen, without loss or double', async () => {
    const url = await makeCreator('resume')
    await giveTip(world, alice, { creator: 'resume' })
    const first = await openStream(url)
    await giveTip(world, alice, { creator: 'resume' })
    await eventually(() => {
      expect(first.told()).toEqual(['tip 2'])
    })
    first.cut()
    await giveTip(world, alice, { creator: 'resume' })
    await giveTip(world, alice, { creator: 'resume' })
    const second = await openStream(url, first.lastId())
    await giveTip(world, alice, { creator: 'resume' })
    await eventually(() => {
      expect(second.told()).toEqual(['tip 3', 'tip 4', 'tip 5'])
    })
    second.cut()
    const asked = await openStream(`${url}&after=3`)
    await eventually(() => {
      expect(asked.told()).toEqual(['tip 4', 'tip 5'])
    })
    asked.cut()
  })

  it('resumes over more than one reading of the database', async () => {
    const url = await makeCreator('many')
    await addTips(world, 'many', 250)
    const stream = await openStream(url, '0')
    await eventually(() => {
      expect(stream.told()).toEqual(Array.from({ length: 250 }, (_, i) => `tip ${i + 1}`))
    })
    stream.cut()
  })

  it('hears of what is hidden and shown, and never of hidden words again', async () => {
    const url = await makeCreator('words')
    const stream = await openStream(url)
    const orderId = await giveTip(world, alice, { creator: 'words', message: '坏话' })
    const moderate = (deed: string) =>
      world.asOperator('POST', `/api/admin/messages/${orderId}/${deed}`, { reason: '试' })
    await moderate('hide')
    await eventually(() => {
      expect(stream.told()).toEqual(['tip 1', 'hide 1'])
    })
    const late = await openStream(url, '0')
    await eventually(() => {
      expect(late.told()).toEqual(['tip 1', 'hide 1'])
    })
    expect(JSON.stringify(late.events)).not.toContain('坏话')
    await moderate('show')
    await eventually(() => {
      expect(stream.told()).toEqual(['tip 1', 'hide 1', 'show 1'])
    })
    expect(stream.events.at(-1)?.data).toMatchObject({ message: '坏话' })
    stream.cut()
    late.cut()
  })

  it('shows money that arrives late, and not anew what went back', async () => {
    const url = await makeCreator('late')
    const stream = await openStream(url)
    const late = newOrderId()
    const body = { orderId: late, amountFen: 500, creator: 'late' }
    await alice.call('POST /api/prepay', { body })
    const { state } = await world.db.order.update({
      where: { id: late },
      data: { state: 'closed', closedAt: new Date() },
    })
    expect(state).toBe('closed')
    world.simulator.pay(late)
    await untilPaid(world, late)
    const gone = await giveTip(world, alice, { creator: 'late' })
    await eventually(() => {
      expect(stream.told()).toEqual(['tip 1', 'tip 2'])
    })
    await askRefund(world, gone, { amountFen: 500 })
    await pass(world, 60)
    const resumed = await openStream(url, '0')
    await giveTip(world, alice, { creator: 'late' })
    await eventually(() => {
      expect(resumed.told()).toEqual(['tip 1', 'tip 3'])
    })
    expect(stream.told()).toEqual(['tip 1', 'tip 2', 'tip 3'])
    stream.cut()
    resumed.cut()
  })

  it('is told of its own creator only', async () => {
    const [mine, other] = [await makeCreator('mine'), await makeCreator('other')]
    const streams = [await openStream(mine), await openStream(other)]
    await giveTip(world, alice, { creator: 'other' })
    await giveTip(world, alice, { creator: 'mine' })
    await eventually(() => {
      expect(streams.map((stream) => stream.told())).toEqual([['tip 1'], ['tip 1']])
    })
    for (const stream of streams) stream.cut()
  })

  it('opens so often for one creator, and again when another was closed', async () => {
    const url = await makeCreator('full')
    const streams = await Promise.all(Array.from({ length: 20 }, () => openStream(url)))
    const reply = await fetch(url)
    expect(reply.status).toBe(503)
    expect(await reply.json()).toMatchObject({ code: 'OVERLAY_FULL' })
    for (const stream of streams) stream.cut()
    await eventually(async () => {
      const again = await openStream(url)
      again.cut()
    })
  })
})

describe('the key of an overlay', () => {
  it.each([
    ['another key', 'default', 'x'.repeat(32)],
    ['no key', 'default', ''],
    ['the key of another creator', 'keyless', KEY],
    ['a creator that is none', 'nobody', KEY],
  ])('refuses %s alike, for page and events', async (_, creator, key) => {
    await world.asOperator('POST', '/api/admin/creators', { slug: 'keyless', name: '无' })
    for (const path of ['', '/events']) {
      const response = await fetch(`${world.url}/overlay/${creator}${path}?key=${key}`)
      expect(response.status).toBe(404)
      const text = await response.text()
      expect(text).toContain('直播提醒地址无效')
    }
  })

  it('is one at a time: a new one ends the former', async () => {
    const former = await makeCreator('renewed')
    const renewed = await makeCreator('renewed')
    expect((await fetch(former)).status).toBe(404)
    const stream = await openStream(renewed)
    stream.cut()
  })

  it('stays out of the log and out of what other pages are told', async () => {
    const response = await fetch(`${world.url}/overlay/default?key=${KEY}`)
    expect(response.status).toBe(200)
    expect(response.headers.get('referrer-policy')).toBe('no-referrer')
    expect(response.headers.get('cache-control')).toBe('no-store')
    await fetch(`${world.url}/overlay/default/nothing?key=${KEY}`)
    await fetch(`${world.url}/overlay/default?key=${KEY}${'x'.repeat(128)}`)
    expect(world.logs.join('')).toContain('overlay_opened')
    expect(world.logs.join('')).not.toContain(KEY)
  })

  it('is the settings’ to change where they say it', async () => {
    const reply = await world.asOperator('POST', '/api/admin/creators/default/overlay-key')
    expect(reply).toMatchObject({ status: 409, body: { code: 'CREATOR_CONFIGURED' } })
  })
})

it('ends its streams when the server stops', async () => {
  const other = await startWorld({ CREATOR_OVERLAY_KEY: KEY })
  const stream = await openStream(`${other.url}/overlay/default/events?key=${KEY}`)
  await other.close()
  await stream.ended
})
