import { decryptRefundNotice } from '@dashang/shared/signing/refund-notice'
import { isSignedBy, type Fields } from '@dashang/shared/signing/v2'
import { parseXml } from '@dashang/shared/signing/xml'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type {
  DeliveryFault,
  NotificationFault,
  RefundNotificationFault,
} from '../src/fault-table.ts'
import { isFaultRule } from '../src/fault-rule.ts'
import { STRANGERS } from '../src/ids.ts'
import { startSimulator, type Simulator } from '../src/simulator.ts'
import { ACCOUNT } from './account.ts'
import { createInbox, createMerchant, orderFields, refundFields, type Inbox } from './merchant.ts'

let simulator: Simulator
let inbox: Inbox

beforeEach(async () => {
  simulator = await startSimulator({ account: ACCOUNT })
  inbox = await createInbox()
  const fields = orderFields(simulator.login('alice').openid, { notify_url: inbox.url })
  await createMerchant(simulator).send('unifiedorder', fields)
})
afterEach(async () => {
  await simulator.close()
  await inbox.close()
})

function plant(on: string, fault: string): void {
  const rule = { on, fault, times: 1 }
  if (!isFaultRule(rule)) throw new Error('no rule')
  simulator.faults.add(rule)
}

const isAuthentic = (xml: string) =>
  isSignedBy(parseXml(xml), { key: ACCOUNT.v2Key, signType: 'MD5' })

/** Authentic, and it says this. */
const lies = (said: Fields) => (xml: string) => {
  expect(parseXml(xml)).toMatchObject(said)
  expect(isAuthentic(xml)).toBe(true)
}
const isForged = (said: Fields) => (xml: string) => {
  expect(parseXml(xml)).toMatchObject(said)
  expect(isAuthentic(xml)).toBe(false)
}
/** Nothing is wrong with it, and the rule waits for another message. */
const waits = (xml: string) => {
  expect(simulator.faults.list()).toHaveLength(1)
  expect(() => parseXml(xml)).not.toThrow()
}
const hasDoctype = (xml: string) => {
  expect(xml).toMatch(/^<!DOCTYPE .*SYSTEM.*&secret;/)
  expect(() => parseXml(xml)).toThrow('document type')
}

/** What the next payment's message says under each fault of its content. */
const PAYMENT = {
  tampered: isForged({ total_fee: '5000' }),
  wrong_key: isForged({ total_fee: '500' }),
  unsigned: (xml) => {
    expect(parseXml(xml)).not.toHaveProperty('sign')
  },
  doctype: hasDoctype,
  unknown_serial: waits,
  expired: waits,
  future: waits,
  signtest: waits,
  wrong_amount: lies({ total_fee: '501' }),
  wrong_appid: lies({ appid: STRANGERS.appid }),
  wrong_mchid: lies({ mch_id: STRANGERS.mchid }),
  wrong_currency: lies({ fee_type: 'USD' }),
  wrong_payer: lies({ openid: STRANGERS.openid }),
  unknown_order: lies({ out_trade_no: STRANGERS.outTradeNo }),
  payment_failed: lies({ result_code: 'FAIL', err_code: 'BANKERROR' }),
} satisfies Record<Exclude<NotificationFault, DeliveryFault>, (xml: string) => void>

const noticeOf = (xml: string) =>
  decryptRefundNotice(parseXml(xml)['req_info'] ?? '', ACCOUNT.v2Key)
const says = (said: Fields) => (xml: string) => {
  expect(noticeOf(xml)).toMatchObject(said)
}
const isUnreadable = (xml: string) => {
  expect(() => noticeOf(xml)).toThrow()
}

const REFUND = {
  tampered: isUnreadable,
  wrong_key: isUnreadable,
  unsigned: waits,
  doctype: hasDoctype,
  unknown_serial: waits,
  expired: waits,
  future: waits,
  signtest: waits,
  wrong_amount: says({ refund_fee: '501' }),
  wrong_status: says({ refund_status: 'REFUNDCLOSE' }),
  wrong_appid: (xml) => {
    expect(parseXml(xml)['appid']).toBe(STRANGERS.appid)
  },
  wrong_mchid: (xml) => {
    expect(parseXml(xml)['mch_id']).toBe(STRANGERS.mchid)
  },
  unknown_order: says({ out_trade_no: STRANGERS.outTradeNo }),
  unknown_refund: says({ out_refund_no: STRANGERS.outRefundNo }),
} satisfies Record<Exclude<RefundNotificationFault, DeliveryFault>, (xml: string) => void>

describe('the content of a payment’s message', () => {
  it.each(Object.entries(PAYMENT))('under the fault %s', async (fault, prove) => {
    plant('notification', fault)
    simulator.pay('order-0001')
    await simulator.clock.advance(0)
    expect(inbox.received).toHaveLength(1)
    prove(inbox.received[0] ?? '')
  })
})

describe('the content of a refund’s message', () => {
  it.each(Object.entries(REFUND))('under the fault %s', async (fault, prove) => {
    simulator.pay('order-0001')
    await simulator.clock.advance(0)
    plant('refund_notification', fault)
    await createMerchant(simulator).refund(refundFields({ notify_url: inbox.url }))
    simulator.settleRefund('refund-0001', 'SUCCESS')
    await simulator.clock.advance(0)
    expect(inbox.received).toHaveLength(2)
    prove(inbox.received[1] ?? '')
  })
})
