import { signed, type Fields } from '@dashang/shared/signing/v2'
import { MAX_XML_BYTES, parseXml, writeXml } from '@dashang/shared/signing/xml'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { NOTIFY_PATH as PATH, paymentFields, SIGNING_KEY as KEY } from '../support/notification.ts'
import { ACCOUNT, newOrderId, startWorld, type Client, type World } from '../support/world.ts'

let world: World
let alice: Client

beforeAll(async () => {
  world = await startWorld()
  alice = await world.signIn('alice')
})
afterAll(() => world.close())

async function placeOrder(): Promise<string> {
  const orderId = newOrderId()
  await alice.call('POST /api/prepay', { body: { orderId, amountFen: 500 } })
  return orderId
}

const stored = (id: string) => world.db.order.findUniqueOrThrow({ where: { id } })
const notification = (orderId: string, changes: Fields = {}): Fields => ({
  ...paymentFields(orderId, alice.openid),
  ...changes,
})
const sendRaw = async (body: string) => {
  const response = await world.post(PATH, body, { 'content-type': 'text/xml' })
  return { status: response.status, text: await response.text() }
}

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
  'what WeChat did not send (%s) is refused with %i %s, changes nothing and is not stored',
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
