import { parseXml } from '@dashang/shared/signing/xml'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { DIALECTS, type RefundTelling } from '../support/dialects.ts'
import { askRefund, payOrder, statesOf } from '../support/refunds.ts'
import { startWorld, type World } from '../support/world.ts'

// Who has an address in the console and names none, or refunds there by hand, is told of it in the XML
// of API v2, whichever API placed the order.

const { refundPath } = DIALECTS.v3
const { refundNotice } = DIALECTS.v2

let world: World
beforeAll(async () => {
  world = await startWorld({ WECHAT_PAY_CHANNEL: 'v3' })
})
afterAll(() => world.close())

async function succeededRefund(): Promise<RefundTelling> {
  const orderId = await payOrder(world)
  world.simulator.faults.add({ on: 'refund_settlement', fault: 'hold', times: 1 })
  world.simulator.faults.add({ on: 'refund_notification', fault: 'drop' })
  const { body } = await askRefund(world, orderId)
  await world.simulator.clock.advance(5000)
  world.simulator.settleRefund(body.refundId, 'SUCCESS')
  return {
    orderId,
    refundId: body.refundId,
    transactionId: world.simulator.order(orderId)?.transactionId ?? '',
    wechatRefundId: world.simulator.refund(body.refundId)?.refundId ?? '',
    totalFen: 500,
    amountFen: 200,
    outcome: 'succeeded',
  }
}

async function send(body: string, to = world) {
  const response = await to.post(refundPath, body, { 'content-type': 'text/xml' })
  return { status: response.status, fields: parseXml(await response.text()) }
}

describe('an XML notice at the address of API v3', () => {
  it('is acknowledged in XML, and leads to a question', async () => {
    const told = await succeededRefund()
    const answer = await send(refundNotice(world, told).body)
    expect(answer).toMatchObject({ status: 200, fields: { return_code: 'SUCCESS' } })
    expect(await statesOf(world, told.orderId)).toEqual(['processing'])
    await world.runDueJobs()
    expect(await statesOf(world, told.orderId)).toEqual(['succeeded'])
  })

  it('that cannot be decrypted is refused in XML', async () => {
    const { body } = refundNotice(world, await succeededRefund())
    const forged = body.replace(/<req_info>.*<\/req_info>/, '<req_info>AAAA</req_info>')
    expect(await send(forged)).toMatchObject({ status: 401, fields: { return_code: 'FAIL' } })
  })

  it('is refused by a server that has no key of API v2', async () => {
    const bare = await startWorld({ WECHAT_PAY_CHANNEL: 'v3', WECHAT_PAY_V2_KEY: '' })
    const { body } = refundNotice(world, await succeededRefund())
    expect(await send(body, bare)).toMatchObject({ status: 401, fields: { return_code: 'FAIL' } })
    await bare.close()
  })
})
