import type { FaultRule } from '@dashang/simulator'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { pass } from './support/refunds.ts'
import { readerOf, untilPaid } from './support/tips.ts'
import { newOrderId, startWorld, type Client, type World } from './support/world.ts'

/** The text by which WeChat's manual shows that its check works. */
const RISKY_TEXT = '特3456书yuuo莞6543李zxcz蒜7782法fgnv级'
const TWO_HOURS = 2 * 60 * 60

let world: World
let alice: Client

beforeAll(async () => {
  world = await startWorld({ WECHAT_MESSAGE_CHECK: 'on' })
  alice = await world.signIn('alice')
})
afterEach(() => {
  world.simulator.faults.clear()
})
afterAll(() => world.close())

type CheckFault = Extract<FaultRule, { on: 'msg_sec_check' }>['fault']
const fail = (fault: CheckFault, times?: number) => {
  world.simulator.faults.add({ on: 'msg_sec_check', fault, ...(times !== undefined && { times }) })
}

const prepay = (words: object, orderId = newOrderId(), client = alice) =>
  client.call('POST /api/prepay', { body: { orderId, amountFen: 500, ...words } })
const stored = (id: string) => world.db.order.findUniqueOrThrow({ where: { id } })
const stateOf = async (orderId: string) => (await stored(orderId)).messageState
const asked = (api: string) => world.simulator.platform.calls.filter((call) => call.api === api)
const latest = async () => (await readerOf(world).wall('default')).body.supporters[0]

async function pay(orderId: string): Promise<void> {
  world.simulator.pay(orderId)
  await untilPaid(world, orderId)
}

describe('the check of words', () => {
  it('shows what WeChat lets pass', async () => {
    const { status, body } = await prepay({ message: '加油', displayName: '小明' })
    expect(status).toBe(200)
    expect(await stateOf(body.orderId)).toBe('shown')
  })

  it.each([
    ['message', { message: RISKY_TEXT }],
    ['name', { message: '好', displayName: '特3456书' }],
  ])('refuses a risky %s in words, before there is an order', async (_, words) => {
    const orderId = newOrderId()
    world.simulator.faults.add({ on: 'msg_sec_check', fault: 'risky', words: ['特3456书'] })
    expect(await prepay(words, orderId)).toMatchObject({
      status: 422,
      body: { code: 'MESSAGE_REFUSED', message: '留言或昵称未通过内容安全检查，请修改后再试' },
    })
    expect(await world.db.order.count({ where: { id: orderId } })).toBe(0)
    expect(world.simulator.order(orderId)).toBeUndefined()
    expect((await prepay({ message: '好' }, orderId)).status).toBe(200)
  })

  it('lets the tip go on and hides what WeChat wants a person to look at', async () => {
    fail('review', 1)
    const { body } = await prepay({ message: '难说' })
    expect(await stateOf(body.orderId)).toBe('hidden')
    await pay(body.orderId)
    expect(await latest()).toMatchObject({ message: null })
    await world.asOperator('POST', `/api/admin/messages/${body.orderId}/show`, { reason: '无害' })
    expect(await latest()).toMatchObject({ message: '难说' })
  })

  it('asks nothing where nothing is written, and once for an order', async () => {
    const before = asked('msg_sec_check').length
    await prepay({ isAnonymous: true })
    expect(asked('msg_sec_check')).toHaveLength(before)
    const orderId = newOrderId()
    await prepay({ message: '一次' }, orderId)
    await prepay({ message: '一次' }, orderId)
    expect(asked('msg_sec_check')).toHaveLength(before + 1)
  })

  it.each<CheckFault>([
    'timeout_before',
    'timeout_after',
    'cut_before',
    'cut',
    'http_500',
    'http_503',
    'garbage',
    'busy',
    'too_often',
    'quota',
  ])('never stops a tip: after %s it waits unseen and is asked again', async (fault) => {
    fail(fault, 1)
    const { status, body } = await prepay({ message: fault })
    expect(status).toBe(200)
    expect(await stateOf(body.orderId)).toBe('pending')
    await pay(body.orderId)
    expect(await latest()).toMatchObject({ name: null, message: null })
    await pass(world, 5)
    expect(await stateOf(body.orderId)).toBe('shown')
    expect(await latest()).toMatchObject({ message: fault })
    const alerts = { where: { orderId: body.orderId }, orderBy: { number: 'asc' } } as const
    expect(await world.db.tipAlert.findMany(alerts)).toMatchObject([
      { kind: 'tip' },
      { kind: 'shown' },
    ])
  })

  it('hides what turns out to be risky later', async () => {
    fail('busy', 1)
    const { body } = await prepay({ message: RISKY_TEXT })
    expect(await stateOf(body.orderId)).toBe('pending')
    await pass(world, 5)
    expect(await stateOf(body.orderId)).toBe('hidden')
  })

  it('asks for two hours, and then leaves it to an operator', async () => {
    fail('busy')
    const { body } = await prepay({ message: '等' })
    const before = asked('msg_sec_check').length
    for (const seconds of [5, 15, 60, 300, 900, 1800, 3600, TWO_HOURS]) await pass(world, seconds)
    expect(asked('msg_sec_check')).toHaveLength(before + 7)
    expect(await stateOf(body.orderId)).toBe('pending')
    expect(world.logs.join('')).toContain('"event":"words_unchecked"')
    const path = `/api/admin/messages/${body.orderId}/show`
    await world.asOperator('POST', path, { reason: '看过' })
    expect(await stateOf(body.orderId)).toBe('shown')
  })
})

describe('the access token', () => {
  it.each<CheckFault>(['token_invalid', 'token_expired'])(
    'is renewed once when WeChat does not take it (%s)',
    async (fault) => {
      const client = await world.signIn('alice')
      await prepay({ message: '先' }, newOrderId(), client)
      const tokens = asked('stable_token').length
      fail(fault, 1)
      const { body } = await prepay({ message: '再' }, newOrderId(), client)
      expect(await stateOf(body.orderId)).toBe('shown')
      expect(asked('stable_token')).toHaveLength(tokens + 1)
      fail(fault, 2)
      const twice = await prepay({ message: '又' }, newOrderId(), client)
      expect(await stateOf(twice.body.orderId)).toBe('pending')
      expect(asked('stable_token')).toHaveLength(tokens + 2)
    },
  )

  it('is fetched once for many at once, and again when it could not be had', async () => {
    const other = await startWorld({ WECHAT_MESSAGE_CHECK: 'on' })
    const client = await other.signIn('bob')
    const tokens = () => other.simulator.platform.calls.filter(({ api }) => api === 'stable_token')
    const send = (message: string) =>
      client.call('POST /api/prepay', { body: { orderId: newOrderId(), amountFen: 500, message } })
    other.simulator.faults.add({ on: 'stable_token', fault: 'busy', times: 1 })
    expect((await send('无')).status).toBe(200)
    expect(tokens()).toHaveLength(1)
    const replies = await Promise.all(['一', '二', '三', '四'].map(send))
    expect(replies.map(({ status }) => status)).toEqual([200, 200, 200, 200])
    expect(tokens()).toHaveLength(2)
    const orders = await other.db.order.findMany({ orderBy: { createdAt: 'asc' } })
    const states = orders.map(({ messageState }) => messageState)
    expect(states).toEqual(['pending', 'shown', 'shown', 'shown', 'shown'])
    await other.close()
  })

  it('and what was checked stay out of the log', () => {
    const log = world.logs.join('')
    expect(log).toContain('words_checked')
    expect(log).not.toMatch(/access_token|加油|小明/)
    for (const [token] of world.simulator.platform.miniProgram.tokens) {
      expect(log).not.toContain(token)
    }
  })
})
