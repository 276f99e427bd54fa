import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createRefusedNotifications } from '../src/features/notifications/refused.ts'
import { NOTIFY_PATH, paymentFields, signedXml } from './support/notification.ts'
import { newOrderId, startWorld, type Client, type World } from './support/world.ts'

let world: World
let alice: Client

beforeAll(async () => {
  world = await startWorld({ REFUSED_NOTIFICATIONS_KEPT: '5' })
  alice = await world.signIn('alice')
})
afterAll(() => world.close())

async function placeOrder(): Promise<string> {
  const orderId = newOrderId()
  await alice.call('POST /api/prepay', { body: { orderId, amountFen: 500 } })
  return orderId
}

const refusedRows = () => world.db.refusedNotification.findMany({ orderBy: { id: 'asc' } })
const metrics = async () => (await fetch(`${world.url}/metrics`)).text()
async function metric(name: string): Promise<number> {
  const line = (await metrics()).split('\n').find((each) => each.startsWith(`${name} `))
  return Number(line?.split(' ')[1])
}

describe('an authentic notification', () => {
  it('is kept with its bytes, its sender and how to read it, and with nothing secret', async () => {
    const orderId = await placeOrder()
    const body = signedXml(paymentFields(orderId, alice.openid))
    const headers = {
      'content-type': 'text/xml',
      'user-agent': 'Mozilla/4.0',
      'wechatpay-serial': '5157F09EFDC096DE',
      authorization: 'Bearer secret',
      cookie: 'secret=1',
    }
    await world.post(NOTIFY_PATH, body, headers)
    const [kept] = await world.db.notification.findMany({ where: { orderId } })
    expect(Buffer.from(kept?.body ?? []).toString()).toBe(body)
    expect(kept).toMatchObject({ sender: '127.0.0.1', verdict: 'applied', kind: 'payment' })
    expect(kept?.headers).toEqual({
      'content-type': 'text/xml',
      'user-agent': 'Mozilla/4.0',
      'wechatpay-serial': '5157F09EFDC096DE',
    })
  })

  it('is applied once when twenty copies come at the same moment', async () => {
    const orderId = await placeOrder()
    const body = signedXml(paymentFields(orderId, alice.openid))
    const copies = Array.from({ length: 20 }, () => world.post(NOTIFY_PATH, body))
    expect((await Promise.all(copies)).map(({ status }) => status)).toEqual(Array(20).fill(200))
    const inbox = await world.db.notification.findMany({ where: { orderId } })
    expect(inbox.map(({ verdict }) => verdict).sort()).toEqual([
      'applied',
      ...Array<string>(19).fill('replay'),
    ])
    expect(await world.db.orderEvent.count({ where: { orderId, toState: 'paid' } })).toBe(1)
    expect(await world.db.ledgerTransaction.count({ where: { orderId } })).toBe(1)
  })

  it('that does not fit is one case when twenty copies come at the same moment', async () => {
    const orderId = await placeOrder()
    const body = signedXml({ ...paymentFields(orderId, alice.openid), total_fee: '501' })
    const copies = Array.from({ length: 20 }, () => world.post(NOTIFY_PATH, body))
    expect((await Promise.all(copies)).map(({ status }) => status)).toEqual(Array(20).fill(200))
    expect(await world.db.case.count({ where: { orderId } })).toBe(1)
    expect(await world.db.notification.count({ where: { orderId } })).toBe(20)
  })

  it('is not acknowledged when it could not be stored, and changes nothing then', async () => {
    const orderId = await placeOrder()
    const body = signedXml(paymentFields(orderId, alice.openid))
    await world.db.$executeRaw`ALTER TABLE notification RENAME TO notification_gone`
    expect((await world.post(NOTIFY_PATH, body)).status).toBe(500)
    await world.db.$executeRaw`ALTER TABLE notification_gone RENAME TO notification`
    const order = await world.db.order.findUniqueOrThrow({ where: { id: orderId } })
    expect(order.state).toBe('prepaid')
    expect((await world.post(NOTIFY_PATH, body)).status).toBe(200)
  })
})

describe('a refused notification', () => {
  it('is counted, and kept apart with its code, its sender and its beginning', async () => {
    const counter = 'dashang_refused_notifications_total{code="NOTIFICATION_UNAUTHENTIC"}'
    const orderId = await placeOrder()
    const forged = signedXml(paymentFields(orderId, alice.openid)).replace('500', '501')
    expect((await world.post(NOTIFY_PATH, forged)).status).toBe(401)
    expect(await metric(counter)).toBe(1)
    expect((await world.post(NOTIFY_PATH, 'x'.repeat(60_000))).status).toBe(400)
    const [first, second] = await refusedRows()
    expect(first).toMatchObject({ code: 'NOTIFICATION_UNAUTHENTIC', sender: '127.0.0.1' })
    expect(Buffer.from(first?.body ?? []).toString()).toBe(forged)
    expect(second).toMatchObject({ code: 'NOTIFICATION_MALFORMED' })
    expect(second?.body).toHaveLength(4096)
    expect(await world.db.notification.count({ where: { orderId } })).toBe(0)
    expect(await world.db.order.findUnique({ where: { id: orderId } })).toMatchObject({
      state: 'prepaid',
    })
  })

  it('that is too large is counted too', async () => {
    expect((await world.post(NOTIFY_PATH, 'x'.repeat(70_000))).status).toBe(413)
    const counter = 'dashang_refused_notifications_total{code="BODY_TOO_LARGE"}'
    expect(await metric(counter)).toBe(1)
  })

  const refusal = (text: string, seconds: number) => ({
    channel: 'v2' as const,
    code: 'NOTIFICATION_MALFORMED',
    sender: '127.0.0.1',
    body: Uint8Array.from(Buffer.from(text)),
    at: new Date(seconds * 1000),
  })

  it('is one of the newest few, however many have come', async () => {
    const store = createRefusedNotifications(world.db, { kept: 5 })
    for (let i = 0; i < 12; i += 1) await store.keep(refusal(String(i), i))
    const texts = (await refusedRows()).map(({ body }) => Buffer.from(body).toString())
    expect(texts).toEqual(['7', '8', '9', '10', '11'])
  })

  it('costs no row any more when a flood of them comes', async () => {
    const store = createRefusedNotifications(world.db, { kept: 1000 })
    await world.db.refusedNotification.deleteMany()
    for (let i = 0; i < 50; i += 1) await store.keep(refusal(String(i), 100))
    expect(await refusedRows()).toHaveLength(10)
    await store.keep(refusal('later', 101))
    expect(await refusedRows()).toHaveLength(11)
  })
})

describe('the metrics', () => {
  it('tell of notifications, orders, cases, jobs and the ledger', async () => {
    expect(await metrics()).not.toMatch(/^dashang_ledger_is_right \d/m)
    await world.asOperator('GET', '/api/admin/ledger/check')
    await world.post(NOTIFY_PATH, signedXml(paymentFields(newOrderId(), alice.openid)))
    const paid = await world.db.order.count({ where: { state: 'paid' } })
    expect(await metric('dashang_orders{state="paid"}')).toBe(paid)
    expect(await metric('dashang_open_cases')).toBe(2)
    expect(await metric('dashang_notifications_total{verdict="case"}')).toBe(21)
    expect(await metric('dashang_notifications_total{verdict="replay"}')).toBe(19)
    expect(await metric('dashang_pending_jobs{job="follow_up_order"}')).toBeGreaterThan(0)
    expect(await metric('dashang_ledger_is_right')).toBe(1)
    expect(await metric('dashang_ledger_checked_seconds_ago')).toBeLessThan(60)
  })

  it('say that the ledger is wrong, and the server stays ready', async () => {
    const checkedAt = world.simulator.clock.now()
    await world.db.ledgerCheck.create({
      data: { checkedAt, isRight: false, findings: 1, details: [] },
    })
    expect(await metric('dashang_ledger_is_right')).toBe(0)
    const response = await fetch(`${world.url}/readyz`)
    expect(response.status).toBe(200)
    const ledger = { isRight: false, checkedAt: checkedAt.toISOString() }
    expect(await response.json()).toEqual({ status: 'ready', ledger })
  })

  it('name no person, no key and no order', async () => {
    expect(await metrics()).not.toMatch(/[0-9a-f]{32}|oAlice|openid/)
  })
})
