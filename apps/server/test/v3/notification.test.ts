import { PROBE_PREFIX } from '@dashang/shared/signing/v3/verify'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { DIALECTS, tellingOf, type Message } from '../support/dialects.ts'
import { makeSigner, envelopeOf, signedHeaders, type Signer } from '../support/v3-keys.ts'
import { newOrderId, startWorld, type Client, type World } from '../support/world.ts'

const { notifyPath, refundPath, notification } = DIALECTS.v3
const OTHER_KEY = 'another-key-another-key-another-'

let world: World
let alice: Client
let stranger: Signer
let orderId: string

beforeAll(async () => {
  ;[world, stranger] = await Promise.all([startWorld({ WECHAT_PAY_CHANNEL: 'v3' }), makeSigner()])
  alice = await world.signIn('alice')
})
beforeEach(async () => {
  orderId = newOrderId()
  await alice.call('POST /api/prepay', { body: { orderId, amountFen: 500 } })
})
afterAll(() => world.close())

const stateOf = async () =>
  (await world.db.order.findUniqueOrThrow({ where: { id: orderId } })).state
const good = () => notification(world, tellingOf(orderId, alice.openid))
const weChat = () => world.simulator.keys.newest('public_key')
const minutesAway = (minutes: number) =>
  new Date(world.simulator.clock.now().getTime() + minutes * 60_000)
/** Whatever it says, the signature fits. */
const signed = (body: string, signer: Pick<Signer, 'id' | 'privateKey'> = weChat()): Message => ({
  body,
  headers: signedHeaders(body, signer, world.simulator.clock.now()),
})
const send = async ({ body, headers }: Message, path: string = notifyPath) => {
  const response = await world.post(path, body, headers)
  return { status: response.status, text: await response.text() }
}
/** A line of the metrics; 0 before anything was counted. */
async function metric(name: string): Promise<number> {
  const text = await (await fetch(`${world.url}/metrics`)).text()
  const line = text.split('\n').find((each) => each.startsWith(`${name} `))
  return Number(line?.split(' ')[1] ?? 0)
}

const without = (name: string) => (message: Message) => ({
  ...message,
  headers: Object.fromEntries(Object.entries(message.headers).filter(([each]) => each !== name)),
})
const withHeader = (name: string, value: string) => (message: Message) => ({
  ...message,
  headers: { ...message.headers, [name]: value },
})
const changed = (change: (envelope: { resource: Record<string, string> }) => object) => () => {
  const envelope = JSON.parse(good().body) as { resource: Record<string, string> }
  return signed(JSON.stringify(change(envelope)))
}
/** An envelope that WeChat signed, about a payment with these changes. */
const about = (changes: object) => () =>
  signed(
    envelopeOf('TRANSACTION.SUCCESS', {
      appid: world.config.WECHAT_APPID,
      mchid: world.config.WECHAT_PAY_MCHID,
      out_trade_no: orderId,
      transaction_id: '4200001',
      trade_state: 'SUCCESS',
      success_time: '2026-01-01T12:00:00+08:00',
      payer: { openid: alice.openid },
      amount: { total: 500, currency: 'CNY' },
      ...changes,
    }),
  )

describe('what WeChat did not send', () => {
  it.each<[what: string, status: number, code: string, make: () => Message]>([
    ...['timestamp', 'nonce', 'signature', 'serial'].map(
      (name): [string, number, string, () => Message] => [
        `without its ${name}`,
        401,
        'NOTIFICATION_UNAUTHENTIC',
        () => without(`wechatpay-${name}`)(good()),
      ],
    ),
    ['without a signature', 401, 'NOTIFICATION_UNAUTHENTIC', () => ({ ...good(), headers: {} })],
    [
      'signed by a stranger',
      401,
      'NOTIFICATION_UNAUTHENTIC',
      () => signed(good().body, { ...stranger, id: weChat().id }),
    ],
    [
      'of a key that nobody knows',
      401,
      'NOTIFICATION_UNAUTHENTIC',
      () => signed(good().body, stranger),
    ],
    [
      'with one byte changed',
      401,
      'NOTIFICATION_UNAUTHENTIC',
      () => ({ ...good(), body: good().body.replace('支付', '支什') }),
    ],
    [
      'written anew, with the same content',
      401,
      'NOTIFICATION_UNAUTHENTIC',
      () => {
        const { body, headers } = good()
        return { headers, body: JSON.stringify(JSON.parse(body), null, 1) }
      },
    ],
    [
      'with another nonce',
      401,
      'NOTIFICATION_UNAUTHENTIC',
      () => withHeader('wechatpay-nonce', 'x')(good()),
    ],
    ...[-6, 6].map((minutes): [string, number, string, () => Message] => [
      `signed ${minutes} minutes away`,
      401,
      'NOTIFICATION_UNAUTHENTIC',
      () => {
        const { body } = good()
        return { body, headers: signedHeaders(body, weChat(), minutesAway(minutes)) }
      },
    ]),
    [
      'sealed with another key',
      401,
      'NOTIFICATION_UNAUTHENTIC',
      () => signed(envelopeOf('TRANSACTION.SUCCESS', {}, OTHER_KEY)),
    ],
    [
      'with another tag',
      401,
      'NOTIFICATION_UNAUTHENTIC',
      changed(({ resource, ...envelope }) => ({
        ...envelope,
        resource: { ...resource, ciphertext: flipped(resource['ciphertext'] ?? '') },
      })),
    ],
    [
      'with other associated data',
      401,
      'NOTIFICATION_UNAUTHENTIC',
      changed(({ resource, ...envelope }) => ({
        ...envelope,
        resource: { ...resource, associated_data: 'certificate' },
      })),
    ],
    [
      'of another algorithm',
      400,
      'NOTIFICATION_MALFORMED',
      changed(({ resource, ...envelope }) => ({
        ...envelope,
        resource: { ...resource, algorithm: 'none' },
      })),
    ],
    ['signed, and not JSON', 400, 'NOTIFICATION_MALFORMED', () => signed('{')],
    ['signed, and empty', 400, 'NOTIFICATION_MALFORMED', () => signed('')],
    ['of no amount', 400, 'NOTIFICATION_MALFORMED', about({ amount: {} })],
    ['of an amount in words', 400, 'NOTIFICATION_MALFORMED', about({ amount: { total: '500' } })],
    ['of half a fen', 400, 'NOTIFICATION_MALFORMED', about({ amount: { total: 500.5 } })],
    ['of no transaction', 400, 'NOTIFICATION_MALFORMED', about({ transaction_id: '' })],
    ['of no payer', 400, 'NOTIFICATION_MALFORMED', about({ payer: null })],
    ['of no time', 400, 'NOTIFICATION_MALFORMED', about({ success_time: 'noon' })],
    [
      'that tells of a refund',
      400,
      'NOTIFICATION_MALFORMED',
      () => signed(envelopeOf('REFUND.SUCCESS', {})),
    ],
    ['too long', 413, 'BODY_TOO_LARGE', () => signed('x'.repeat(70_000))],
  ])('(%s) is refused with %i %s, and changes nothing', async (_, status, code, make) => {
    const before = await world.db.notification.count()
    const answer = await send(make())
    expect(answer.status).toBe(status)
    expect(JSON.parse(answer.text)).toEqual({
      code: 'FAIL',
      message: expect.stringContaining(code) as string,
    })
    expect(await stateOf()).toBe('prepaid')
    expect(await world.db.notification.count()).toBe(before)
  })
})

const flipped = (base64: string): string => {
  const bytes = Buffer.from(base64, 'base64')
  bytes.writeUInt8(bytes.readUInt8(bytes.byteLength - 1) ^ 1, bytes.byteLength - 1)
  return bytes.toString('base64')
}

describe('a probe of WeChat', () => {
  it('is refused, counted apart, kept nowhere, and the real call after it pays', async () => {
    const probes = 'dashang_notification_probes_total{channel="v3"}'
    const refused = 'dashang_refused_notifications_total{code="NOTIFICATION_PROBE"}'
    const rows = await world.db.refusedNotification.count()
    const { body, headers } = good()
    const signature = `${PROBE_PREFIX}${headers['wechatpay-signature'] ?? ''}`
    const answer = await send({ body, headers: { ...headers, 'wechatpay-signature': signature } })
    expect(answer.status).toBe(401)
    expect(JSON.parse(answer.text)).toMatchObject({ code: 'FAIL' })
    expect(await stateOf()).toBe('prepaid')
    expect(await metric(probes)).toBe(1)
    expect(await metric(refused)).toBe(0)
    expect(await world.db.refusedNotification.count()).toBe(rows)
    expect((await send(good())).status).toBe(204)
    expect(await stateOf()).toBe('paid')
  })

  it('by the platform itself is answered as it wishes', async () => {
    world.simulator.faults.add({ on: 'notification', fault: 'signtest', times: 1 })
    world.simulator.pay(orderId)
    const attempts = await vi.waitFor(() => {
      const sent = world.simulator.platform.notifications.find((n) => n.outTradeNo === orderId)
      if (!sent?.attempts[0]) throw new Error('not notified yet')
      return sent.attempts
    })
    expect(attempts[0]).toMatchObject({ status: 401, isAccepted: false })
    await world.simulator.clock.advance(15_000)
    expect(attempts[1]).toMatchObject({ status: 204, isAccepted: true })
    expect(await stateOf()).toBe('paid')
  })
})

describe('an event that nobody has described', () => {
  it.each([
    ['a payment', notifyPath],
    ['a refund', refundPath],
  ])('at the address for %s is acknowledged, and changes nothing', async (_, path) => {
    expect((await send(signed(envelopeOf('COUPON.USE', {})), path)).status).toBe(204)
    expect(await stateOf()).toBe('prepaid')
  })
})

it('a transaction that did not succeed is kept, and pays nothing', async () => {
  expect((await send(about({ trade_state: 'PAYERROR' })())).status).toBe(204)
  expect(await world.db.notification.findMany({ where: { orderId } })).toMatchObject([
    { verdict: 'not_paid', channel: 'v3' },
  ])
  expect(await stateOf()).toBe('prepaid')
})

it('what WeChat signed four minutes ago is still believed', async () => {
  const { body } = good()
  const headers = signedHeaders(body, weChat(), minutesAway(-4))
  expect((await send({ body, headers })).status).toBe(204)
  expect(await stateOf()).toBe('paid')
})
