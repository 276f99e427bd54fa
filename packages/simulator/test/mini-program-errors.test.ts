import { afterEach, beforeEach, expect, it } from 'vitest'
import { ERRORS, type MiniProgramError } from '../src/mini-program/errors.ts'
import { startSimulator, type Simulator } from '../src/simulator.ts'
import { ACCOUNT } from './account.ts'
import { createMerchant, orderFields, refundFields } from './merchant.ts'
import { createWeixinClient, type Answer } from './weixin.ts'

let simulator: Simulator
let client: ReturnType<typeof createWeixinClient>
let openid: string

beforeEach(async () => {
  simulator = await startSimulator({ account: ACCOUNT })
  client = createWeixinClient(simulator)
  openid = simulator.login('alice').openid
})
afterEach(() => simulator.close())

const credentials = { appid: ACCOUNT.appid, secret: ACCOUNT.appSecret }
const login = (changes: Record<string, string> = {}) =>
  client.get('/sns/jscode2session', {
    ...credentials,
    js_code: simulator.login('alice').code,
    grant_type: 'authorization_code',
    ...changes,
  })
const token = (changes: Record<string, string> = {}) =>
  client.get('/cgi-bin/token', { ...credentials, grant_type: 'client_credential', ...changes })
const checkText = (changes: object = {}) =>
  client.post('/wxa/msg_sec_check', { version: 2, scene: 1, openid, content: 'ok', ...changes })
const withToken = (accessToken: string) =>
  client.get('/wxa/checksession', { access_token: accessToken, openid })
const message = (changes: object = {}) =>
  client.post('/cgi-bin/message/subscribe/send', {
    touser: openid,
    template_id: 't'.repeat(43),
    data: { thing1: { value: '打赏' } },
    ...changes,
  })

const shipping = (changes: object = {}) => ({
  order_key: { order_number_type: 1, mchid: ACCOUNT.mchid, out_trade_no: 'order-0001' },
  logistics_type: 3,
  delivery_mode: 1,
  shipping_list: [{ item_desc: '打赏' }],
  upload_time: '2026-01-01T13:29:35.120+08:00',
  payer: { openid },
  ...changes,
})
const ship = (changes: object = {}) =>
  client.post('/wxa/sec/order/upload_shipping_info', shipping(changes))

/** A payment that everybody has heard of. */
async function pay(): Promise<void> {
  await createMerchant(simulator).send('unifiedorder', orderFields(openid))
  simulator.faults.add({ on: 'notification', fault: 'drop' })
  simulator.pay('order-0001')
  await simulator.clock.advance(6000)
}

async function underFault(
  on: 'token' | 'jscode2session' | 'checksession' | 'upload_shipping_info',
  fault: string,
  call: () => Promise<Answer>,
): Promise<Answer> {
  const rule = { on, fault, times: 1 }
  await fetch(`${simulator.url}/_sim/faults`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(rule),
  })
  return call()
}

async function shipTwice(first: object, second: object, third?: object): Promise<Answer> {
  await pay()
  for (const changes of third === undefined ? [first] : [first, second]) {
    expect(await ship(changes)).toMatchObject({ errcode: 0 })
  }
  return ship(third ?? second)
}

const SPLIT = { delivery_mode: 2, is_all_delivered: true }

/** How each row of the table comes about. A row that nobody provokes does not compile. */
const PROVOCATIONS = {
  BUSY: () => underFault('token', 'busy', token),
  BAD_CREDENTIAL: () => withToken(`96_${'x'.repeat(132)}`),
  GRANT_TYPE: () => token({ grant_type: 'password' }),
  OPENID: () => checkText({ openid: 'oNobody' }),
  APPID: () => token({ appid: 'wx1111111111111111' }),
  TOKEN_SHAPE: () => withToken('nonsense'),
  CODE: () => login({ js_code: 'unknown' }),
  TEMPLATE: () => message({ template_id: 'short' }),
  SECRET: () => token({ secret: 'wrong' }),
  SCENE: () => checkText({ scene: 0 }),
  CODE_USED: async () => {
    const { code } = simulator.login('alice')
    await login({ js_code: code })
    return login({ js_code: code })
  },
  IP_REFUSED: () => underFault('token', 'ip_refused', token),
  RISK: () => underFault('jscode2session', 'risk', login),
  TOKEN_MISSING: () => withToken(''),
  APPID_MISSING: () => login({ appid: '' }),
  SECRET_MISSING: () => login({ secret: '' }),
  CODE_MISSING: () => login({ js_code: '' }),
  PAGE: () => message({ page: '/pages/tip/index' }),
  TOKEN_EXPIRED: async () => {
    const accessToken = await client.accessToken()
    await simulator.clock.advance(7201 * 1000)
    return withToken(accessToken)
  },
  GET_ONLY: () => client.call('POST', '/cgi-bin/token', '{}'),
  POST_ONLY: () => client.get('/cgi-bin/stable_token', {}),
  NOT_ACCEPTED: () => message(),
  EMPTY: () => client.call('POST', '/cgi-bin/stable_token'),
  DAILY_QUOTA: async () => {
    for (let count = 0; count < 20; count += 1) {
      await client.stableToken({ force_refresh: true })
      await simulator.clock.advance(31_000)
    }
    return client.stableToken({ force_refresh: true })
  },
  TOO_OFTEN: async () => {
    await client.stableToken({ force_refresh: true })
    return client.stableToken({ force_refresh: true })
  },
  NOT_JSON: () => client.call('POST', '/cgi-bin/stable_token', '{"grant_type":'),
  DATA_UNFIT: () => message({ data: { thing1: { value: '字'.repeat(21) } } }),
  TOKEN_FORBIDDEN: () => underFault('token', 'forbidden', token),
  BARRED: () => underFault('token', 'barred', token),
  NOT_HERE_LATELY: async () => {
    await simulator.clock.advance(2 * 3_600_000 + 1000)
    return checkText()
  },
  SESSION_SIGNATURE: async () => withToken(await client.accessToken()),
  PAYMENT_NOT_FOUND: () => ship(),
  SHIPPED_WHOLE: () => shipTwice(SPLIT, { ...SPLIT, shipping_list: [{ item_desc: '又一个' }] }),
  SHIPPED_BEFORE: () =>
    shipTwice(
      {},
      { shipping_list: [{ item_desc: '第二次' }] },
      { shipping_list: [{ item_desc: '第三次' }] },
    ),
  NOT_SHIPPABLE: async () => {
    await pay()
    await createMerchant(simulator).refund(refundFields())
    return ship()
  },
  SHIPPING_FAILED: () => underFault('upload_shipping_info', 'shipping_failed', ship),
  SHIPPING_BUSY: () => underFault('upload_shipping_info', 'shipping_busy', ship),
  SHIPPING_FIELD: async () => {
    await pay()
    return ship({ shipping_list: [{}] })
  },
  SHIPPED_ALIKE: () => shipTwice({}, {}),
  ONE_ITEM: () => ship({ shipping_list: undefined }),
} satisfies Record<MiniProgramError, () => Promise<Answer>>

/** Where the message says more than its row. */
const WORDS: Readonly<Record<string, string>> = {
  IP_REFUSED: 'invalid ip 127.0.0.1, not in whitelist',
  DATA_UNFIT: 'argument invalid! data.thing1.value is empty or invalid',
}

it.each(Object.entries(PROVOCATIONS))('%s is answered as its row says', async (name, provoke) => {
  const { errcode, errmsg } = Object.entries(ERRORS).find(([code]) => code === name)?.[1] ?? {}
  const answer = await provoke()
  expect(answer['errcode']).toBe(errcode)
  const [words, rid] = String(answer['errmsg']).split(', rid: ')
  expect(rid).toMatch(/^[0-9a-f]{8}-[0-9a-f]{8}-[0-9a-f]{8}$/)
  expect(words).toBe(WORDS[name] ?? errmsg)
})
