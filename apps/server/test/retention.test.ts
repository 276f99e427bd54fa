import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { NOTIFY_PATH, paymentFields, signedXml } from './support/notification.ts'
import { newOrderId, startWorld, type Client, type World } from './support/world.ts'

const DAY_MS = 86_400_000

let world: World
let alice: Client
let orders: Record<'paid' | 'closed' | 'open' | 'lateOfOld' | 'young', string>

async function placeOrder(): Promise<string> {
  const orderId = newOrderId()
  const { status } = await alice.call('POST /api/prepay', { body: { orderId, amountFen: 500 } })
  expect(status).toBe(200)
  return orderId
}
const pay = (orderId: string) =>
  world.post(NOTIFY_PATH, signedXml(paymentFields(orderId, alice.openid)))

async function close(orderId: string): Promise<void> {
  const order = world.simulator.order(orderId)
  if (order) order.state = 'CLOSED'
  await alice.call('POST /api/orders/:orderId/confirm', { params: { orderId } })
}

const eventsOf = (orderId: string) => world.db.orderEvent.count({ where: { orderId } })
const ageOf = (days: number) =>
  new Date(world.simulator.clock.now().getTime() - days * DAY_MS - 60_000)

async function removeOld(): Promise<void> {
  await world.queue.boss.send('remove_old', {})
  await world.runDueJobs()
}

beforeAll(async () => {
  world = await startWorld({ EVENT_DAYS: '400', NOTIFICATION_BODY_DAYS: '200' })
  alice = await world.signIn('alice')
  // Open for ever, because nobody asks about it: the questions are for another test.
  const [paid, closed, open, lateOfOld] = [
    await placeOrder(),
    await placeOrder(),
    await placeOrder(),
    await placeOrder(),
  ]
  await pay(paid)
  await close(closed)
  await close(lateOfOld)
  await world.db.$executeRaw`DELETE FROM pgboss.job`
  await world.simulator.clock.advance(401 * DAY_MS)
  alice = await world.signIn('alice')
  await pay(lateOfOld)
  const young = await placeOrder()
  await pay(young)
  orders = { paid, closed, open, lateOfOld, young }
})
afterAll(() => world.close())

describe('what is old', () => {
  it('goes: the events of final orders, all of one order or none', async () => {
    await world.db.$executeRaw`DELETE FROM pgboss.job`
    await removeOld()
    expect(await eventsOf(orders.paid)).toBe(0)
    expect(await eventsOf(orders.closed)).toBe(0)
    expect(await eventsOf(orders.open)).toBe(2)
    expect(await eventsOf(orders.lateOfOld)).toBe(4)
    expect(await eventsOf(orders.young)).toBe(3)
  })

  it('goes: the body of a notification, but not what it came to', async () => {
    const inbox = (orderId: string) => world.db.notification.findFirst({ where: { orderId } })
    expect(await inbox(orders.paid)).toMatchObject({ body: null, verdict: 'applied' })
    expect((await inbox(orders.young))?.body?.length).toBeGreaterThan(0)
  })

  it('stays where it is money: orders, their ledger, and a check that finds nothing', async () => {
    expect(await world.db.order.count()).toBe(5)
    expect(await world.db.ledgerTransaction.count()).toBe(3)
    const { body } = await world.asOperator('GET', '/api/admin/ledger/check')
    expect(body).toMatchObject({ isRight: true, findings: [] })
  })

  it('goes: a check of the ledger after 90 days, and not the one of today', async () => {
    const before = await world.db.ledgerCheck.count()
    const check = { isRight: true, findings: 0, details: [] }
    await world.db.ledgerCheck.create({ data: { ...check, checkedAt: ageOf(90) } })
    await removeOld()
    expect(await world.db.ledgerCheck.count()).toBe(before)
  })

  it('goes in batches, and the log tells of each', async () => {
    const receivedAt = ageOf(200)
    const row = { channel: 'v2', body: Buffer.from('x'), sender: '::1', receivedAt } as const
    const orderId = newOrderId()
    await world.db.notification.createMany({
      data: Array.from({ length: 2500 }, () => ({ ...row, orderId, verdict: 'replay' as const })),
    })
    world.logs.length = 0
    await removeOld()
    expect(await world.db.notification.count({ where: { orderId, body: { not: null } } })).toBe(0)
    const batches = world.logs
      .map((line) => JSON.parse(line) as { event?: string; what?: string; removed?: number })
      .filter(({ event }) => event === 'old_removed')
    expect(batches.map(({ removed }) => removed)).toEqual([1000, 1000, 500])
  })

  it('cannot be removed by anybody else', async () => {
    await expect(
      world.db.$executeRaw`DELETE FROM order_event WHERE order_id = ${orders.young}`,
    ).rejects.toThrow('append-only')
  })
})
