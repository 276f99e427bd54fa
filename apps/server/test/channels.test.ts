import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { DIALECTS, tell, tellingOf } from './support/dialects.ts'
import { askRefund, casesOf, pass, statesOf } from './support/refunds.ts'
import { newOrderId, startWorld, type Client, type World } from './support/world.ts'

// A merchant switches from one version to the other with orders in flight: two servers, one after the
// other, over the same database and the same WeChat.

let old: World
let young: World
let bare: World

beforeAll(async () => {
  old = await startWorld({ WECHAT_PAY_CHANNEL: 'v2' })
  young = await startWorld({ WECHAT_PAY_CHANNEL: 'v3' }, old)
  bare = await startWorld({ WECHAT_PAY_CHANNEL: 'v3', WECHAT_PAY_V2_KEY: '' }, old)
})
afterAll(async () => {
  await bare.close()
  await young.close()
  await old.close()
})

async function placeOrder(world: World): Promise<{ orderId: string; client: Client }> {
  const client = await world.signIn('alice')
  const orderId = newOrderId()
  await client.call('POST /api/prepay', { body: { orderId, amountFen: 500 } })
  return { orderId, client }
}

const stored = (id: string) => old.db.order.findUniqueOrThrow({ where: { id } })
const callsOf = (orderId: string) =>
  old.simulator.platform.calls.filter((call) => call.outTradeNo === orderId).map(({ api }) => api)
const confirm = (client: Client, orderId: string) =>
  client.call('POST /api/orders/:orderId/confirm', { params: { orderId } })

describe('after the switch, an order of before', () => {
  it('is signed for the cashier again, asked about, paid and refunded by its own channel', async () => {
    const { orderId } = await placeOrder(old)
    const client = await young.signIn('alice')
    const again = await client.call('POST /api/prepay', { body: { orderId, amountFen: 500 } })
    expect(again.body.payment.signType).toBe('HMAC-SHA256')

    old.simulator.faults.add({ on: 'notification', fault: 'drop', times: 1 })
    old.simulator.pay(orderId)
    expect((await confirm(client, orderId)).body.payment).toBe('paid')
    expect(callsOf(orderId)).toContain('orderquery')
    const { body } = await askRefund(young, orderId)
    await pass(young, 10)
    expect(await statesOf(young, orderId)).toEqual(['succeeded'])
    expect(young.simulator.refund(body.refundId)?.api).toBe('v2')
    expect(callsOf(orderId).filter((api) => api.startsWith('v3'))).toEqual([])
  })

  it('is still told of at the address of its channel', async () => {
    const { orderId, client } = await placeOrder(old)
    expect((await tell(young, 'v2', tellingOf(orderId, client.openid))).status).toBe(200)
    expect(await stored(orderId)).toMatchObject({ state: 'paid', channel: 'v2' })
  })

  it('is followed up and closed by its channel, and new orders by theirs', async () => {
    const [{ orderId }, { orderId: other }] = [await placeOrder(old), await placeOrder(young)]
    for (const seconds of [900, 901]) await pass(young, seconds)
    expect([await stored(orderId), await stored(other)]).toMatchObject([
      { state: 'closed', channel: 'v2' },
      { state: 'closed', channel: 'v3' },
    ])
    expect(callsOf(orderId).at(-1)).toBe(DIALECTS.v2.api.close)
    expect(callsOf(other).at(-1)).toBe(DIALECTS.v3.api.close)
  })
})

describe('an order of a channel whose key is gone', () => {
  it('is not guessed about: the log says why, and it stays open', async () => {
    const { orderId } = await placeOrder(old)
    const client = await bare.signIn('alice')
    expect((await confirm(client, orderId)).body).toMatchObject({ payment: 'unknown' })
    await bare.services.orders.followUp({ orderId, step: 6, tries: 0 }, bare.app.log)
    expect(await stored(orderId)).toMatchObject({ state: 'prepaid' })
    expect(bare.logs.join('')).toContain('API v2 is not configured, and this was placed with it')
    const prepay = await client.call('POST /api/prepay', { body: { orderId, amountFen: 500 } })
    expect(prepay).toMatchObject({ status: 502, body: { code: 'WECHAT_REFUSED' } })
  })

  it('cannot be refunded, and a refund of before waits for a person', async () => {
    const { orderId } = await placeOrder(old)
    old.simulator.pay(orderId)
    await vi.waitFor(
      async () => {
        expect((await stored(orderId)).state).toBe('paid')
      },
      { timeout: 10_000 },
    )
    const { body } = await askRefund(old, orderId)
    expect(await askRefund(bare, orderId)).toMatchObject({
      status: 503,
      body: { code: 'REFUND_NOT_CONFIGURED' },
    })
    const job = { refundId: body.refundId, step: 1 }
    await bare.services.refunds.followUp(job, bare.app.log)
    expect(await statesOf(bare, orderId)).toEqual(['processing'])
    expect(await casesOf(bare, orderId)).toMatchObject([
      { kind: 'refund_blocked', fields: ['CHANNEL_ABSENT'] },
    ])
  })

  it('is told of nowhere, and counted when the server starts', async () => {
    expect((await bare.post(DIALECTS.v2.notifyPath, '')).status).toBe(404)
    await bare.services.reportAbsent(bare.app.log)
    expect(bare.logs.join('')).toMatch(/"event":"channel_absent","channel":"v2","orders":[1-9]/)
    await young.services.reportAbsent(young.app.log)
    expect(young.logs.join('')).not.toContain('channel_absent')
  })
})
