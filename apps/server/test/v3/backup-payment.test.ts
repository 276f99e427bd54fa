import getPort from 'get-port'
import { expect, it } from 'vitest'
import { newOrderId, startWorld } from '../support/world.ts'

it('a tip is placed, asked about and refunded over the backup host while the first is down', async () => {
  const near = await startWorld()
  const port = await getPort({ host: '127.0.0.1' })
  const environment = {
    WECHAT_PAY_CHANNEL: 'v3',
    WECHAT_PAY_BASE_URL: `http://127.0.0.1:${port}`,
    WECHAT_PAY_BACKUP_BASE_URL: near.simulator.url,
  }
  const world = await startWorld(environment, near)
  const alice = await world.signIn('alice')
  const orderId = newOrderId()
  const placed = await alice.call('POST /api/prepay', { body: { orderId, amountFen: 500 } })
  expect(placed).toMatchObject({ status: 200, body: { payment: { signType: 'RSA' } } })

  world.simulator.faults.add({ on: 'notification', fault: 'drop' })
  world.simulator.pay(orderId)
  const asked = await alice.call('POST /api/orders/:orderId/confirm', { params: { orderId } })
  expect(asked.body).toMatchObject({ payment: 'paid', order: { state: 'paid' } })
  const refund = { refundId: newOrderId(), amountFen: 200, reason: '演出取消' }
  const reply = await world.asOperator('POST', `/api/admin/orders/${orderId}/refunds`, refund)
  expect(reply.body).toMatchObject({ state: 'processing' })
  const calls = world.simulator.platform.calls.map(({ api }) => api)
  expect(calls.filter((api) => api.startsWith('v3_'))).toEqual([
    'v3_jsapi',
    'v3_query',
    'v3_refund',
  ])

  await world.close()
  await near.close()
})
