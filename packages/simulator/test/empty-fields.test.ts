import { decryptRefundNotice } from '@dashang/shared/signing/refund-notice'
import { parseXml } from '@dashang/shared/signing/xml'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { startSimulator, type Simulator } from '../src/simulator.ts'
import { ACCOUNT } from './account.ts'
import { createInbox, createMerchant, orderFields, refundFields, type Inbox } from './merchant.ts'

let simulator: Simulator
let merchant: ReturnType<typeof createMerchant>
let inbox: Inbox

beforeEach(async () => {
  inbox = await createInbox()
  simulator = await startSimulator({ account: ACCOUNT, refundNotifyUrl: inbox.url })
  merchant = createMerchant(simulator)
  await merchant.send('unifiedorder', orderFields(simulator.login('alice').openid))
  simulator.faults.add({ on: 'notification', fault: 'drop' })
  simulator.pay('order-0001')
})
afterEach(async () => {
  await simulator.close()
  await inbox.close()
})

it('an empty notify_url of a refund leaves the address of the console', async () => {
  await merchant.refund(refundFields({ notify_url: '' }))
  await simulator.clock.advance(3000)
  expect(inbox.received).toHaveLength(1)
})

it('an empty refund_account is the standard one', async () => {
  await merchant.refund(refundFields({ refund_account: '' }))
  await simulator.clock.advance(3000)
  const account = 'REFUND_SOURCE_UNSETTLED_FUNDS'
  const { fields } = await merchant.send('refundquery', { out_refund_no: 'refund-0001' })
  expect(fields).toMatchObject({ refund_account_0: account })
  const { req_info: sealed = '' } = parseXml(inbox.received[0] ?? '')
  expect(decryptRefundNotice(sealed, ACCOUNT.v2Key)).toMatchObject({ refund_account: account })
})

it('an empty out_trade_no beside a transaction_id names no order to a rule or in the log', async () => {
  const transaction_id = simulator.order('order-0001')?.transactionId ?? ''
  const query = () => merchant.send('orderquery', { transaction_id, out_trade_no: '' })
  await query()
  expect(simulator.platform.calls.at(-1)).toMatchObject({ api: 'orderquery', outTradeNo: null })
  simulator.faults.add({ on: 'orderquery', fault: 'system_error', orders: ['order-0001'] })
  expect((await query()).fields['err_code']).toBe('SYSTEMERROR')
})
