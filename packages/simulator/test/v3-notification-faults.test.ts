import type { Distrust, Verdict } from '@dashang/shared/signing/v3/verify'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { FAULTS, type NotificationFault, type RefundNotificationFault } from '../src/fault-table.ts'
import { V3_PROTOCOL } from '../src/notify/v3-protocol.ts'
import { startSimulator, type Simulator } from '../src/simulator.ts'
import { ACCOUNT } from './account.ts'
import {
  createV3Inbox,
  createV3Merchant,
  openResource,
  REFUNDS,
  refundBody,
  verdictOf,
  type Told,
  type V3Inbox,
  WITHIN,
} from './v3-merchant.ts'

// What goes wrong on the way is the same for both APIs and proven elsewhere; here is what a message
// of v3 says, and whether anybody may believe it.
let simulator: Simulator
let inbox: V3Inbox
let openid: string

beforeEach(async () => {
  simulator = await startSimulator({ account: ACCOUNT })
  inbox = await createV3Inbox()
  openid = simulator.login('alice').openid
  const merchant = createV3Merchant(simulator)
  await merchant.place({ payer: { openid }, notify_url: inbox.url })
})
afterEach(async () => {
  await simulator.close()
  await inbox.close()
})

async function heard(count: number): Promise<Told> {
  await vi.waitFor(() => {
    expect(inbox.received).toHaveLength(count)
  }, WITHIN)
  const told = inbox.received.at(-1)
  if (told === undefined) throw new Error('nothing was told')
  return told
}

async function toldOfPayment(fault: NotificationFault): Promise<Told> {
  simulator.faults.add({ on: 'notification', fault, times: 1 })
  simulator.pay('order-0001')
  return heard(1)
}

async function toldOfRefund(fault: RefundNotificationFault): Promise<Told> {
  simulator.pay('order-0001')
  await heard(1)
  const merchant = createV3Merchant(simulator)
  await merchant.post(REFUNDS, refundBody({ notify_url: inbox.url }))
  simulator.faults.add({ on: 'refund_notification', fault, times: 1 })
  simulator.settleRefund('refund-0001', 'SUCCESS')
  return heard(2)
}

const refused = (why: Distrust) => ({ kind: 'refused', why }) as const
const genuine = { kind: 'genuine' } as const

interface Expected {
  readonly verdict: Partial<Verdict>
  /** What the message says; nothing where nobody may look. */
  readonly says?: object
}

const UNTRUSTED = {
  tampered: { verdict: refused('wrong_signature') },
  wrong_key: { verdict: refused('wrong_signature') },
  unsigned: { verdict: refused('missing_header') },
  unknown_serial: { verdict: refused('unknown_key') },
  expired: { verdict: refused('stale') },
  future: { verdict: refused('stale') },
  signtest: { verdict: refused('probe') },
} as const

/** On the way, and the same for v2. */
type Delivery = Extract<NotificationFault, RefundNotificationFault> &
  (
    | 'drop'
    | 'delay'
    | 'duplicate'
    | 'parallel'
    | 'reorder'
    | 'replay'
    | 'truncate'
    | 'garbage'
    | 'empty'
    | 'oversized'
    | 'slow'
    | 'cut'
    | 'redirected'
  )

const PAYMENT: Readonly<Record<Exclude<NotificationFault, Delivery | 'doctype'>, Expected>> = {
  ...UNTRUSTED,
  wrong_amount: { verdict: genuine, says: { amount: { total: 501, currency: 'CNY' } } },
  wrong_appid: { verdict: genuine, says: { appid: 'wx00000000deadbeef' } },
  wrong_mchid: { verdict: genuine, says: { mchid: '1999999999' } },
  wrong_currency: { verdict: genuine, says: { amount: { total: 500, currency: 'USD' } } },
  wrong_payer: { verdict: genuine, says: { payer: { openid: 'oAnotherPayer00000000000000A' } } },
  unknown_order: { verdict: genuine, says: { out_trade_no: 'f'.repeat(32) } },
  payment_failed: { verdict: genuine, says: { trade_state: 'PAYERROR' } },
}

const REFUND: Readonly<
  Record<Exclude<RefundNotificationFault, Delivery | 'doctype' | 'wrong_appid'>, Expected>
> = {
  ...UNTRUSTED,
  wrong_amount: { verdict: genuine, says: { amount: { refund: 501 } } },
  wrong_status: { verdict: genuine, says: { refund_status: 'CLOSED' } },
  wrong_mchid: { verdict: genuine, says: { mchid: '1999999999' } },
  unknown_order: { verdict: genuine, says: { out_trade_no: 'f'.repeat(32) } },
  unknown_refund: { verdict: genuine, says: { out_refund_no: 'e'.repeat(32) } },
}

function expectTold(told: Told, { verdict, says }: Expected): void {
  expect(verdictOf(simulator, told)).toMatchObject(verdict)
  if (says !== undefined) expect(openResource(told)).toMatchObject(says)
}

type PaymentFault = keyof typeof PAYMENT
type RefundFault = keyof typeof REFUND

it.each(Object.keys(PAYMENT) as PaymentFault[])('a payment under the fault %s', async (fault) => {
  expectTold(await toldOfPayment(fault), PAYMENT[fault])
})

it.each(Object.keys(REFUND) as RefundFault[])('a refund under the fault %s', async (fault) => {
  expectTold(await toldOfRefund(fault), REFUND[fault])
})

it.each<[string, object]>([
  ['amount.total', { amount: { total: 5000, currency: 'CNY' } }],
  ['out_trade_no', { out_trade_no: 'order-00010' }],
  ['payer.openid', { payer: { openid: expect.stringMatching(/^o.*0$/) as string } }],
  ['no.such.field', { no: { such: { field: '0' } } }],
])('a payment tampered with in its %s is readable, and signed otherwise', async (field, says) => {
  simulator.faults.add({ on: 'notification', fault: 'tampered', field, times: 1 })
  simulator.pay('order-0001')
  expectTold(await heard(1), { ...UNTRUSTED.tampered, says })
})

it('cannot suffer what only XML can, and a rule of that waits', async () => {
  expect(Object.keys(FAULTS.notification)).toEqual(
    expect.arrayContaining([...V3_PROTOCOL.unfit.payment]) as string[],
  )
  simulator.faults.add({ on: 'notification', fault: 'doctype', times: 1 })
  simulator.pay('order-0001')
  expectTold(await heard(1), { verdict: genuine })
  expect(simulator.faults.list()).toHaveLength(1)
})

describe('after a fault', () => {
  it.each(['signtest', 'tampered', 'expired', 'wrong_amount'] as const)(
    '%s the true message follows, with the id that it had',
    async (fault) => {
      inbox.statuses = [500, 204]
      const first = await toldOfPayment(fault)
      await simulator.clock.advance(15_000)
      const second = await heard(2)
      expect(verdictOf(simulator, second).kind).toBe('genuine')
      expect(openResource(second)).toMatchObject({ amount: { total: 500 } })
      const idOf = ({ body }: Told) => (JSON.parse(body) as { id: string }).id
      expect(idOf(second)).toBe(idOf(first))
    },
  )

  it('a probe that was taken for a message is followed by the message all the same', async () => {
    await toldOfPayment('signtest')
    await simulator.clock.advance(15_000)
    expect(verdictOf(simulator, await heard(2)).kind).toBe('genuine')
  })

  it('a lie is sealed with a nonce of its own, and the truth always with the same', async () => {
    inbox.statuses = [500]
    const nonceOf = ({ body }: Told) =>
      (JSON.parse(body) as { resource: { nonce: string } }).resource.nonce
    const lie = await toldOfPayment('wrong_amount')
    await simulator.clock.advance(15_000)
    await heard(2)
    await simulator.clock.advance(15_000)
    await heard(3)
    const [, ...truths] = inbox.received
    expect(new Set(truths.map(nonceOf)).size).toBe(1)
    expect(truths.map(nonceOf)).not.toContain(nonceOf(lie))
  })
})
