import { expect, it } from 'vitest'
import { newOrderId, startWorld } from '../support/world.ts'

it('certificates that cannot be had are logged and counted, with the reason, and nothing is believed', async () => {
  const world = await startWorld({ WECHAT_PAY_CHANNEL: 'v3', WECHAT_PAY_PUBLIC_KEYS: '' })
  world.simulator.keys.setMode('certificate')
  const alice = await world.signIn('alice')
  world.simulator.faults.add({ on: 'v3_certificates', fault: 'http_502', times: 1 })
  const prepay = () =>
    alice.call('POST /api/prepay', { body: { orderId: newOrderId(), amountFen: 500 } })
  expect(await prepay()).toMatchObject({ status: 502, body: { code: 'WECHAT_UNTRUSTED' } })
  expect(world.logs.join('')).toContain('"event":"certificates_failed","why":"HTTP_502"')

  // Asked for again, though not at once.
  await world.simulator.clock.advance(10_000)
  expect((await prepay()).status).toBe(200)
  const counted = 'dashang_failed_certificate_fetches_total{why="HTTP_502"} 1\n'
  expect(await world.services.metrics.text()).toContain(counted)
  await world.close()
})
