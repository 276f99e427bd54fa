import { signed, type Fields } from '@dashang/shared/signing/v2'
import { MAX_XML_BYTES, parseXml, writeXml } from '@dashang/shared/signing/xml'
import type { FaultRule } from '@dashang/simulator'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { NOTIFY_PATH as PATH, paymentFields, SIGNING_KEY as KEY } from './support/notification.ts'
import { ACCOUNT, newOrderId, startWorld, type Client, type World } from './support/world.ts'

let world: World
let alice: Client

beforeAll(async () => {
  world = await startWorld()
  alice = await world.signIn('alice')
})
afterEach(() => {
  world.simulator.faults.clear()
})
afterAll(() => world.close())

async function placeOrder(): Promise<string> {
  const orderId = newOrderId()
  await alice.call('POST /api/prepay', { body: { orderId, amountFen: 500 } })
  return orderId
}

const stored = (id: string) => world.db.order.findUniqueOrThrow({ where: { id } })
const inbox = (orderId: string) => world.db.notification.findMany({ where: { orderId } })
const cases = (orderId: string) => world.db.case.findMany({ where: { orderId } })

/** Pays at the cashier and waits until the simulator has told the server, however often. */
async function payAndNotify(orderId: string, rule?: FaultRule) {
  if (rule) world.simulator.faults.add(rule)
  world.simulator.pay(orderId)
  return vi.waitFor(() => {
    const found = world.simulator.platform.notifications.find((n) => n.outTradeNo === orderId)
    const [first] = found?.attempts ?? []
    if (first === undefined) throw new Error('not notified yet')
    return first
  })
}

const notification = (orderId: string, changes: Fields = {}): Fields => ({
  ...paymentFields(orderId, alice.openid),
  ...changes,
})

const send = async (fields: Fields) => {
  const response = await world.post(PATH, writeXml(signed(fields, KEY)))
  return { status: response.status, fields: parseXml(await response.text()) }
}
const sendRaw = async (body: string | Buffer<ArrayBuffer>) => {
  const response = await world.post(PATH, body, { 'content-type': 'text/xml' })
  return { status: response.status, text: await response.text() }
}

describe('a payment notification', () => {
  it('pays the order, is stored as it came, and is acknowledged as WeChat expects', async () => {
    const orderId = await placeOrder()
    const attempt = await payAndNotify(orderId)
    expect(attempt).toMatchObject({
      status: 200,
      isAccepted: true,
      answer:
        '<xml><return_code><![CDATA[SUCCESS]]></return_code><return_msg><![CDATA[OK]]></return_msg></xml>',
    })
    const { transactionId } = world.simulator.order(orderId) ?? {}
    expect(await stored(orderId)).toMatchObject({ state: 'paid', transactionId })
    const [kept] = await inbox(orderId)
    expect(kept?.verdict).toBe('applied')
    expect(parseXml(kept?.body ?? '')).toMatchObject({ transaction_id: transactionId })
  })

  it('pays once, however often and however parallel it comes', async () => {
    const orderId = await placeOrder()
    const body = writeXml(signed(notification(orderId), KEY))
    const responses = await Promise.all(Array.from({ length: 8 }, () => sendRaw(body)))
    expect(responses.map(({ status }) => status)).toEqual(Array(8).fill(200))
    const events = { orderId, type: 'payment_confirmed' } as const
    expect(await world.db.orderEvent.count({ where: events })).toBe(1)
    const verdicts = (await inbox(orderId)).map(({ verdict }) => verdict)
    expect(verdicts.sort()).toEqual(['applied', ...Array<string>(7).fill('replay')])
    expect(await cases(orderId)).toEqual([])
  })

  it('pays an order that was closed before: money that arrives late is still a tip', async () => {
    const orderId = await placeOrder()
    const closedAt = new Date()
    await world.db.order.update({ where: { id: orderId }, data: { state: 'closed', closedAt } })
    expect((await send(notification(orderId))).status).toBe(200)
    expect(await stored(orderId)).toMatchObject({ state: 'paid', closedAt })
  })

  it('of a failed payment changes nothing and is kept', async () => {
    const orderId = await placeOrder()
    const rule = { on: 'notification', fault: 'payment_failed' } as const
    expect(await payAndNotify(orderId, rule)).toMatchObject({ isAccepted: true })
    expect((await stored(orderId)).state).toBe('prepaid')
    expect(await inbox(orderId)).toMatchObject([{ verdict: 'not_paid' }])
  })
})

describe('an authentic notification that does not fit', () => {
  it.each<[field: string, changes: Fields]>([
    ['amountFen', { total_fee: '501' }],
    ['amountFen', { total_fee: '499' }],
    ['appid', { appid: 'wx1111111111111111' }],
    ['mchid', { mch_id: '1999999999' }],
    ['currency', { fee_type: 'USD' }],
    ['openid', { openid: 'oSomebodyElse' }],
  ])('in %s (%o) pays nothing and becomes a case', async (field, changes) => {
    const orderId = await placeOrder()
    const { status, fields } = await send(notification(orderId, changes))
    expect({ status, code: fields['return_code'] }).toEqual({ status: 200, code: 'SUCCESS' })
    expect((await stored(orderId)).state).toBe('prepaid')
    expect(await cases(orderId)).toMatchObject([
      { kind: 'mismatch', state: 'open', fields: [field] },
    ])
    expect(await inbox(orderId)).toMatchObject([{ verdict: 'case' }])
  })

  it.each(['wrong_amount', 'wrong_mchid', 'wrong_appid', 'wrong_currency', 'wrong_payer'] as const)(
    'because the platform lies (%s) pays nothing and becomes a case',
    async (fault) => {
      const orderId = await placeOrder()
      await payAndNotify(orderId, { on: 'notification', fault })
      expect((await stored(orderId)).state).toBe('prepaid')
      expect(await cases(orderId)).toMatchObject([{ kind: 'mismatch' }])
    },
  )

  it('is one case, however often it comes', async () => {
    const orderId = await placeOrder()
    for (let i = 0; i < 3; i += 1) await send(notification(orderId, { total_fee: '501' }))
    expect(await cases(orderId)).toHaveLength(1)
    expect(await inbox(orderId)).toHaveLength(3)
  })

  it('to any order is kept as a case', async () => {
    const orderId = newOrderId()
    expect((await send(notification(orderId))).status).toBe(200)
    expect(await cases(orderId)).toMatchObject([{ kind: 'unknown_order' }])
    expect(await inbox(orderId)).toMatchObject([{ verdict: 'case' }])
  })

  it('because a second transaction paid the order is kept as a case', async () => {
    const orderId = await placeOrder()
    await send(notification(orderId))
    const { transactionId } = await stored(orderId)
    await send(notification(orderId, { transaction_id: '4200099999999999999999999999' }))
    expect((await stored(orderId)).transactionId).toBe(transactionId)
    expect(await cases(orderId)).toMatchObject([{ kind: 'second_transaction' }])
  })

  it('because its transaction paid another order is kept as a case', async () => {
    const [first, second] = [await placeOrder(), await placeOrder()]
    await send(notification(first))
    const { transactionId } = await stored(first)
    await send(notification(second, { transaction_id: transactionId ?? '' }))
    expect((await stored(second)).state).toBe('prepaid')
    expect(await cases(second)).toMatchObject([{ kind: 'transaction_reused' }])
  })
})

describe('what WeChat did not send', () => {
  const count = () => world.db.notification.count()

  it.each<[what: string, status: number, code: string, body: (orderId: string) => string]>([
    [
      'a wrong signature',
      401,
      'NOTIFICATION_UNAUTHENTIC',
      (id) => writeXml({ ...notification(id), sign: 'A'.repeat(64) }),
    ],
    ['no signature', 401, 'NOTIFICATION_UNAUTHENTIC', (id) => writeXml(notification(id))],
    [
      'an MD5 signature where HMAC is configured',
      401,
      'NOTIFICATION_UNAUTHENTIC',
      (id) => writeXml(signed(notification(id), { key: ACCOUNT.v2Key, signType: 'MD5' })),
    ],
    [
      'another key',
      401,
      'NOTIFICATION_UNAUTHENTIC',
      (id) => writeXml(signed(notification(id), { ...KEY, key: 'x'.repeat(32) })),
    ],
    [
      'a field changed after signing',
      401,
      'NOTIFICATION_UNAUTHENTIC',
      (id) => writeXml({ ...signed(notification(id), KEY), total_fee: '1' }),
    ],
    [
      'a field given twice',
      400,
      'NOTIFICATION_MALFORMED',
      (id) =>
        writeXml(signed(notification(id), KEY)).replace('</xml>', '<total_fee>1</total_fee></xml>'),
    ],
    [
      'an entity bomb',
      400,
      'NOTIFICATION_MALFORMED',
      () =>
        '<!DOCTYPE xml [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]><xml><total_fee>&b;</total_fee></xml>',
    ],
    ['malformed XML', 400, 'NOTIFICATION_MALFORMED', () => '<xml><total_fee>1</xml>'],
    ['JSON', 400, 'NOTIFICATION_MALFORMED', () => '{"return_code":"SUCCESS"}'],
    ['nothing', 400, 'NOTIFICATION_MALFORMED', () => ''],
    ['too much', 413, 'BODY_TOO_LARGE', () => 'x'.repeat(MAX_XML_BYTES + 1)],
    [
      'a signed amount that is no number',
      400,
      'NOTIFICATION_MALFORMED',
      (id) => writeXml(signed(notification(id, { total_fee: '5e2' }), KEY)),
    ],
  ])(
    '(%s) is refused with %i %s, changes nothing and is not stored',
    async (_, status, code, body) => {
      const orderId = await placeOrder()
      const before = await count()
      const answer = await sendRaw(body(orderId))
      expect(answer.status).toBe(status)
      const { return_code, return_msg } = parseXml(answer.text)
      expect(return_code).toBe('FAIL')
      expect(return_msg).toContain(code)
      expect((await stored(orderId)).state).toBe('prepaid')
      expect(await count()).toBe(before)
    },
  )

  it('is tried again by WeChat, and then accepted', async () => {
    const orderId = await placeOrder()
    const rule = { on: 'notification', fault: 'tampered', times: 1 } as const
    expect(await payAndNotify(orderId, rule)).toMatchObject({ isAccepted: false, status: 401 })
    expect((await stored(orderId)).state).toBe('prepaid')
    await world.simulator.clock.advance(15_000)
    expect((await stored(orderId)).state).toBe('paid')
  })
})
