import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { FAULTS, type DeliveryFault } from '../src/fault-table.ts'
import { isFaultRule } from '../src/fault-rule.ts'
import { startSimulator, type Simulator } from '../src/simulator.ts'
import { ACCOUNT } from './account.ts'
import { createMerchant, orderFields, refundFields } from './merchant.ts'
import { createDeliveryInbox } from './notification-inbox.ts'

let simulator: Simulator
let inbox: Awaited<ReturnType<typeof createDeliveryInbox>>

beforeEach(async () => {
  simulator = await startSimulator({ account: ACCOUNT })
  inbox = await createDeliveryInbox()
})
afterEach(async () => {
  await simulator.close()
  await inbox.close()
})

const TARGETS = ['notification', 'refund_notification'] as const
type Target = (typeof TARGETS)[number]

async function pay(outTradeNo: string): Promise<void> {
  const fields = orderFields(simulator.login('alice').openid, {
    out_trade_no: outTradeNo,
    notify_url: inbox.url,
  })
  await createMerchant(simulator).send('unifiedorder', fields)
  simulator.pay(outTradeNo)
  await simulator.clock.advance(0)
}

async function refund(outTradeNo: string): Promise<void> {
  await pay(outTradeNo)
  inbox.deliveries.length = 0
  const outRefundNo = `refund-of-${outTradeNo}`
  const fields = { out_trade_no: outTradeNo, out_refund_no: outRefundNo, notify_url: inbox.url }
  await createMerchant(simulator).refund(refundFields(fields))
  simulator.settleRefund(outRefundNo, 'SUCCESS')
  await simulator.clock.advance(0)
}

const CAUSES = { notification: pay, refund_notification: refund } as const
const KINDS = { notification: 'payment', refund_notification: 'refund' } as const

function plant(on: Target, fault: string, options: object = {}): void {
  const rule = { on, fault, times: 1, ...options }
  if (!isFaultRule(rule)) throw new Error('no rule')
  simulator.faults.add(rule)
}

const attempts = (target: Target, number = 0) =>
  simulator.platform.notifications.filter(({ kind }) => kind === KINDS[target])[number]?.attempts ??
  []

/** What each row of the way means, of a payment as of a refund. */
const PROOFS = {
  async drop(target) {
    await CAUSES[target]('one')
    expect(inbox.deliveries).toEqual([])
    await simulator.clock.advance(15_000)
    expect(inbox.deliveries).toHaveLength(1)
  },
  async delay(target) {
    await CAUSES[target]('one')
    await simulator.clock.advance(59_000)
    expect(inbox.deliveries).toEqual([])
    await simulator.clock.advance(2000)
    expect(inbox.deliveries).toHaveLength(1)
  },
  async duplicate(target) {
    await CAUSES[target]('one')
    expect(inbox.deliveries).toHaveLength(2)
    expect(inbox.deliveries[0]?.body).toBe(inbox.deliveries[1]?.body)
  },
  async parallel(target) {
    await CAUSES[target]('one')
    expect(inbox.deliveries).toHaveLength(5)
    expect(new Set(inbox.deliveries.map(({ port }) => port)).size).toBe(5)
  },
  async reorder(target) {
    await CAUSES[target]('one')
    expect(attempts(target)).toEqual([])
    await pay('two')
    await simulator.clock.advance(0)
    expect(attempts(target)).toHaveLength(1)
    const [held] = attempts(target, 0)
    expect(inbox.deliveries.at(-1)?.body).toBe(held?.request.body)
  },
  async replay(target) {
    await CAUSES[target]('one')
    // Nothing went to this address before the payment; the refund comes after it.
    const before = target === 'notification' ? 0 : 1
    expect(attempts(target)).toHaveLength(1 + before)
    plant(target, 'replay')
    await CAUSES[target]('two')
    const [old, real] = attempts(target, 1)
    expect(old).toMatchObject({ fault: 'replay', isAccepted: true })
    const [first] = simulator.platform.notifications
    expect(old?.request).toEqual(first?.attempts[0]?.request)
    expect(real?.fault).toBeNull()
    expect(real?.request).not.toEqual(old?.request)
  },
  async truncate(target) {
    await CAUSES[target]('one')
    expect(inbox.deliveries[0]?.body).toMatch(/^<xml>/)
    expect(inbox.deliveries[0]?.body).not.toMatch(/<\/xml>$/)
    expect(inbox.deliveries[0]?.isWhole).toBe(true)
  },
  async garbage(target) {
    await CAUSES[target]('one')
    expect(inbox.deliveries[0]?.body).not.toContain('<xml>')
  },
  async empty(target) {
    await CAUSES[target]('one')
    expect(inbox.deliveries[0]).toMatchObject({ method: 'POST', body: '', isWhole: true })
  },
  async oversized(target) {
    await CAUSES[target]('one')
    expect(inbox.deliveries[0]?.body).toHaveLength(1024 * 1024)
  },
  async slow(target) {
    await CAUSES[target]('one')
    expect(inbox.deliveries[0]?.pieces).toBeGreaterThan(5)
    expect(inbox.deliveries[0]?.body).toMatch(/<\/xml>$/)
  },
  async cut(target) {
    await CAUSES[target]('one')
    await vi.waitFor(() => {
      expect(inbox.deliveries[0]).toMatchObject({ isWhole: false })
    })
    expect(attempts(target)[0]).toMatchObject({ status: null, isAccepted: false })
  },
  async redirected(target) {
    await CAUSES[target]('one')
    expect(inbox.deliveries[0]).toMatchObject({ method: 'GET', body: '' })
  },
} satisfies Record<DeliveryFault, (target: Target) => Promise<void>>

const OPTIONS: Readonly<Record<string, object>> = { slow: { seconds: 0.1 } }

describe.each(TARGETS)('on its way, a %s', (target) => {
  it.each(Object.entries(PROOFS))('under the fault %s', async (fault, prove) => {
    expect(FAULTS[target]).toHaveProperty(fault)
    plant(target, fault, OPTIONS[fault])
    await prove(target)
    expect(simulator.faults.list()).toEqual([])
  })
})

describe('a rule', () => {
  it('says how long and how many', async () => {
    plant('notification', 'parallel', { copies: 9 })
    await pay('one')
    expect(inbox.deliveries).toHaveLength(9)
    plant('notification', 'delay', { seconds: 3600 })
    await pay('two')
    await simulator.clock.advance(3_599_000)
    expect(inbox.deliveries).toHaveLength(9)
    await simulator.clock.advance(2000)
    expect(inbox.deliveries).toHaveLength(10)
  })

  it('says which field is changed after signing', async () => {
    plant('notification', 'tampered', { field: 'transaction_id' })
    await pay('one')
    const { transactionId } = simulator.order('one') ?? {}
    expect(inbox.deliveries[0]?.body).toContain(`<![CDATA[${String(transactionId)}0]]>`)
  })

  it('holds back the last message for a minute at most', async () => {
    plant('notification', 'reorder')
    await pay('one')
    await simulator.clock.advance(59_000)
    expect(inbox.deliveries).toEqual([])
    await simulator.clock.advance(2000)
    expect(inbox.deliveries).toHaveLength(1)
  })

  it('leaves alone what it cannot strike', async () => {
    plant('notification', 'signtest')
    await pay('one')
    expect(attempts('notification')).toMatchObject([{ fault: null, isAccepted: true }])
    expect(simulator.faults.list()).toHaveLength(1)
  })
})

describe('a retry by hand', () => {
  const retry = async (id = simulator.platform.notifications[0]?.id ?? '') =>
    fetch(`${simulator.url}/_sim/notifications/${id}/retry`, { method: 'POST' })

  it('is one more attempt at once, and ends the plan when it is accepted', async () => {
    plant('notification', 'drop')
    await pay('one')
    const answer = (await (await retry()).json()) as { attempts: unknown[] }
    expect(answer.attempts).toMatchObject([{ status: 200, isAccepted: true }])
    await simulator.clock.advance(24 * 3_600_000)
    expect(attempts('notification')).toHaveLength(2)
  })

  it('tells again what was accepted long ago, with the same id', async () => {
    await pay('one')
    await simulator.clock.advance(48 * 3_600_000)
    await retry()
    expect(inbox.deliveries).toHaveLength(2)
    const [transaction] = simulator.order('one')?.transactions ?? []
    expect(inbox.deliveries[1]?.body).toContain(String(transaction?.transactionId))
  })

  it('is of something', async () => {
    expect((await retry('unknown')).status).toBe(404)
  })
})

it('keeps what an attempt sent and what it was answered', async () => {
  await pay('one')
  const [attempt] = attempts('notification')
  expect(attempt).toMatchObject({ status: 200, fault: null, isAccepted: true })
  expect(attempt?.request.headers).toEqual({ 'content-type': 'text/xml' })
  expect(attempt?.request.body).toBe(inbox.deliveries[0]?.body)
  expect(attempt?.answer).toContain('SUCCESS')
  expect(attempt?.at).toBeInstanceOf(Date)
})
