import { signed, type Fields } from '@dashang/shared/signing/v2'
import { parseXml } from '@dashang/shared/signing/xml'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { OUTCOMES, type Outcome } from '../src/cashier/outcomes.ts'
import { FAULTS, type FaultName } from '../src/fault-table.ts'
import { startSimulator, type Simulator } from '../src/simulator.ts'
import { ACCOUNT } from './account.ts'
import { createInbox, createMerchant, orderFields, type Inbox } from './merchant.ts'

let simulator: Simulator
let inbox: Inbox
let openid: string
let prepayId: string

beforeEach(async () => {
  simulator = await startSimulator({ account: ACCOUNT })
  inbox = await createInbox()
  openid = simulator.login('alice').openid
  const { fields } = await createMerchant(simulator).send(
    'unifiedorder',
    orderFields(openid, { notify_url: inbox.url }),
  )
  prepayId = fields['prepay_id'] ?? ''
})
afterEach(async () => {
  await simulator.close()
  await inbox.close()
})

/** The five parameters, made as a merchant's server makes them, with changes before or after signing. */
function parameters(before: Fields = {}, after: object = {}) {
  const fields = {
    appId: ACCOUNT.appid,
    timeStamp: String(Math.floor(Date.now() / 1000)),
    nonceStr: 'nonce',
    package: `prepay_id=${prepayId}`,
    signType: 'MD5',
    ...before,
  }
  const { sign = '' } = signed(fields, { key: ACCOUNT.v2Key, signType: 'MD5' })
  return { openid, ...fields, paySign: sign, ...after }
}

const post = async (path: string, body: unknown) => {
  const response = await fetch(`${simulator.url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  return (await response.json()) as Record<string, unknown>
}
const open = (before?: Fields, after?: object) =>
  post('/_sim/request-payment', parameters(before, after))

describe('requestPayment', () => {
  it('opens the cashier for the five parameters', async () => {
    const answer = await open()
    expect(answer).toEqual({ outTradeNo: 'order-0001', cashierPath: '/_sim/cashier/order-0001' })
    const page = await fetch(`${simulator.url}/_sim/cashier/order-0001`)
    expect(await page.text()).toContain('微信支付')
  })

  it.each<[string, string, Fields, object]>([
    ['a missing field', '缺少参数nonceStr', {}, { nonceStr: '' }],
    ['a time that is no text of seconds', 'timeStamp格式错误', { timeStamp: '1700000000000' }, {}],
    ['a package without its name', '缺少参数 total_fee', { package: 'wx123' }, {}],
    ['a prepay_id nobody was given', '缺少参数 total_fee', { package: 'prepay_id=wx1' }, {}],
    ['a changed parameter', '支付验证签名失败', {}, { nonceStr: 'other' }],
    ['another appid', '支付验证签名失败', { appId: 'wx1111111111111111' }, {}],
    ['another signType than the order', '支付验证签名失败', { signType: 'HMAC-SHA256' }, {}],
    [
      'a number for a text',
      'parameter error: parameter.timeStamp should be String',
      {},
      { timeStamp: 1 },
    ],
    ['a nonce of 33 characters', 'nonceStr参数长度有误', { nonceStr: 'n'.repeat(33) }, {}],
    ['another mini-program', '支付appid与下单appid不一致', {}, { appid: 'wx1111111111111111' }],
    ['another user', '下单账号与支付账号不一致', {}, { openid: 'oAnother' }],
  ])('refuses %s', async (_, text, before, after) => {
    const answer = await open(before, after)
    expect(answer['errMsg']).toContain(`requestPayment:fail ${text}`)
    expect(answer['hint']).toBeTypeOf('string')
  })

  it('refuses a prepay_id after two hours', async () => {
    await simulator.clock.advance(2 * 3_600_000 + 1000)
    expect(await open()).toEqual({
      errMsg: 'requestPayment:fail 缺少参数 total_fee',
      hint: 'a prepay_id lives two hours',
    })
  })

  it('refuses an order that is paid or closed', async () => {
    simulator.pay('order-0001')
    expect((await open())['errMsg']).toBe('requestPayment:fail 该订单已支付')
  })
})

describe('the checks of requestPayment', () => {
  const unknown = { package: 'prepay_id=wx1' }
  const wrong = { paySign: 'wrong' }
  const other = { openid: 'oAnother' }

  it.each<[string, string, Fields, object]>([
    ['presence before type', '缺少参数paySign', {}, { timeStamp: 1, paySign: '' }],
    ['type before form', 'parameter error', {}, { timeStamp: '1', nonceStr: 1 }],
    ['form before the prepay_id', 'timeStamp格式错误', {}, { timeStamp: '1', ...unknown }],
    ['the prepay_id before the appid', '缺少参数 total_fee', unknown, { appid: 'wx1' }],
    ['the appid before the signature', '支付appid', {}, { appid: 'wx1', ...wrong }],
    ['the signature before the user', '支付验证签名失败', {}, { ...wrong, ...other }],
  ])('look at %s', async (_, text, before, after) => {
    expect((await open(before, after))['errMsg']).toContain(`requestPayment:fail ${text}`)
  })

  it('look at the age before the appid, at the signature before the state, at the state before the user', async () => {
    simulator.pay('order-0001')
    expect((await open({}, wrong))['errMsg']).toContain('支付验证签名失败')
    expect((await open({}, other))['errMsg']).toContain('该订单已支付')
    await simulator.clock.advance(2 * 3_600_000 + 1000)
    expect((await open({}, { appid: 'wx1' }))['errMsg']).toContain('缺少参数 total_fee')
  })
})

describe('an outcome that a rule says beforehand', () => {
  const outcomes = Object.keys(FAULTS.cashier) as FaultName<'cashier'>[]

  it.each(outcomes)('%s is what the next one at the cashier does', async (fault) => {
    simulator.faults.add({ on: 'cashier', fault, times: 1 })
    const { charges, errMsg } = OUTCOMES[fault]
    expect(await open()).toEqual({ outTradeNo: 'order-0001', errMsg })
    expect(simulator.order('order-0001')?.state).toBe(charges ? 'SUCCESS' : 'NOTPAY')
    expect(simulator.platform.notifications).toHaveLength(charges ? 1 : 0)
    expect(simulator.faults.list()).toEqual([])
  })

  it('waits for the order that it names, and for parameters that are right', async () => {
    simulator.faults.add({ on: 'cashier', fault: 'cancel', orders: ['another'] })
    simulator.faults.add({ on: 'cashier', fault: 'fail', orders: ['order-0001'] })
    expect((await open({}, { paySign: 'wrong' }))['errMsg']).toContain('支付验证签名失败')
    expect(await open()).toMatchObject({ errMsg: OUTCOMES.fail.errMsg })
  })
})

describe('an outcome at the cashier', () => {
  it.each(Object.keys(OUTCOMES) as Outcome[])('%s does what its row says', async (outcome) => {
    const { charges, errMsg } = OUTCOMES[outcome]
    const answer = await post('/_sim/orders/order-0001/pay', { outcome })
    expect(answer['errMsg']).toBe(errMsg)
    expect(answer['order']).toMatchObject({ state: charges ? 'SUCCESS' : 'NOTPAY' })
    expect(simulator.platform.notifications).toHaveLength(charges ? 1 : 0)
  })

  it('charges once', async () => {
    await post('/_sim/orders/order-0001/pay', { outcome: 'pay' })
    const { transactionId } = simulator.order('order-0001') ?? {}
    const answer = await post('/_sim/orders/order-0001/pay', { outcome: 'pay' })
    expect(answer['errMsg']).toMatch(/fail/)
    expect(simulator.order('order-0001')?.transactionId).toBe(transactionId)
    expect(simulator.platform.notifications).toHaveLength(1)
  })
})

describe('a payment of an order that is paid already', () => {
  it('is a second transaction, told of like the first', async () => {
    await post('/_sim/orders/order-0001/pay', { outcome: 'pay' })
    const answer = await post('/_sim/orders/order-0001/pay', { outcome: 'pay_again' })
    expect(answer['errMsg']).toBe('requestPayment:ok')
    const { transactions = [], transactionId } = simulator.order('order-0001') ?? {}
    expect(new Set(transactions.map((each) => each.transactionId)).size).toBe(2)
    expect(transactionId).toBe(transactions[0]?.transactionId)
    await vi.waitFor(() => {
      expect(inbox.received).toHaveLength(2)
    })
    const told = inbox.received.map((xml) => parseXml(xml)['transaction_id'])
    expect(new Set(told)).toEqual(new Set(transactions.map((each) => each.transactionId)))
  })

  it('is not taken for a closed order', async () => {
    await createMerchant(simulator).send('closeorder', { out_trade_no: 'order-0001' })
    const answer = await post('/_sim/orders/order-0001/pay', { outcome: 'pay_again' })
    expect(answer['errMsg']).toMatch(/fail/)
    expect(simulator.order('order-0001')?.transactions).toEqual([])
  })
})

describe('/_sim', () => {
  it('shows the state without any key', async () => {
    const text = await (await fetch(`${simulator.url}/_sim/state`)).text()
    expect(JSON.parse(text)).toMatchObject({
      orders: [{ outTradeNo: 'order-0001', totalFee: 500, state: 'NOTPAY' }],
      calls: [{ api: 'unifiedorder', result: 'OK' }],
    })
    expect(text).not.toContain(ACCOUNT.v2Key)
    expect(text).not.toContain(ACCOUNT.appSecret)
  })

  it('gives a login code for a chosen user', async () => {
    expect(await post('/_sim/codes', { user: 'alice' })).toMatchObject({ openid })
  })

  it('steps the clock', async () => {
    const before = simulator.clock.now().getTime()
    await post('/_sim/clock', { advanceSeconds: 3600 })
    expect(simulator.clock.now().getTime() - before).toBeGreaterThanOrEqual(3_600_000)
  })

  it('has a page', async () => {
    expect(await (await fetch(`${simulator.url}/_sim`)).text()).toContain('WeChat simulator')
  })
})
