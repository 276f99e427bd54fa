import type { PaymentStatus } from '@dashang/shared/contracts/orders'
import { beforeEach, describe, expect, it } from 'vitest'
import TipPage from '../src/pages/tip/index'
import { phone } from './support/phone'
import { CREATOR, sayOfPayment, serve } from './support/samples'
import { control, kill, open, pass, tap, tell, words } from './support/screen'

const CONFIRM = 'POST /api/orders/:orderId/confirm'
const OK = 'requestPayment:ok'

const orderIds = () =>
  phone.server.asked
    .filter(({ route }) => route === 'POST /api/prepay')
    .map(({ body }) => (body as { orderId: string }).orderId)
const questions = () => phone.server.pathsOf(CONFIRM)

/** As long as the phone asks by itself before it says what it knows. */
const PATIENTLY_MS = 6000

/** The app ends while the cashier is open. */
async function killAtCashier(): Promise<void> {
  phone.pay = () => new Promise(() => undefined)
  await tap('打赏 ¥5.00')
  kill()
}

async function comeBack(payment: PaymentStatus, creator = 'default'): Promise<void> {
  sayOfPayment(payment)
  await open(TipPage, { creator })
  await pass(PATIENTLY_MS)
}

beforeEach(async () => {
  serve()
  await open(TipPage)
})

describe('killed at the cashier', () => {
  it('thanks for what was paid, without a tap or another order, and only once', async () => {
    await killAtCashier()
    await comeBack('paid')
    expect(words()).toContain('谢谢你的心意¥5.00山海拾音 想对你说我们山海再见')
    expect(questions()).toEqual([`/api/orders/${String(orderIds()[0])}/confirm`])
    kill()
    await comeBack('paid')
    expect(control('打赏 ¥5.00')).toBeTruthy()
    expect(questions()).toHaveLength(1)
    expect(orderIds()).toHaveLength(1)
    expect(phone.cashiers).toHaveLength(1)
    expect(phone.server.pathsOf('POST /api/login')).toHaveLength(1)
  })

  it('promises nothing while nobody knows, and says thanks once somebody does', async () => {
    await killAtCashier()
    await comeBack('unknown')
    expect(words()).toContain('正在等待微信确认如果已经付了 ¥5.00，请不要重复支付')
    expect(words()).not.toContain('没有扣款')
    sayOfPayment('paid')
    await pass(PATIENTLY_MS)
    expect(words()).toContain('谢谢你的心意')
    expect(orderIds()).toHaveLength(1)
  })

  it('keeps what is put aside in sight, from one start to the next', async () => {
    await killAtCashier()
    await comeBack('unknown')
    await tap('返回')
    expect(control(/¥5.00 正在等待微信确认/)).toBeTruthy()
    kill()
    await comeBack('unknown')
    await tap('返回')
    await tap(/¥5.00 正在等待微信确认/)
    expect(words()).toContain('请不要重复支付')
    sayOfPayment('paid')
    await tap('再查一次')
    expect(words()).toContain('谢谢你的心意')
    expect(orderIds()).toHaveLength(1)
  })

  it('says that nothing was charged once WeChat does, and pays the same order on a tap', async () => {
    await killAtCashier()
    await comeBack('not_paid')
    expect(words()).toContain('支付没有成功¥5.00 没有扣款')
    phone.pay = async () => OK
    sayOfPayment('paid')
    await tap('再试一次')
    expect(words()).toContain('谢谢你的心意')
    expect(phone.cashiers).toHaveLength(2)
    expect(new Set(orderIds()).size).toBe(1)
  })

  it('asks before anything else is paid, however quickly that is tapped', async () => {
    await killAtCashier()
    const letGo = phone.server.hold(CONFIRM)
    sayOfPayment('paid')
    await open(TipPage)
    await tap('¥10.00', 'radio')
    await tap('打赏 ¥10.00')
    letGo()
    await pass()
    expect(words()).toContain('谢谢你的心意¥5.00')
    expect(orderIds()).toHaveLength(1)
    expect(phone.cashiers).toHaveLength(1)
  })

  it('asks again when there was no connection at first', async () => {
    await killAtCashier()
    phone.server.refuse(CONFIRM, 'offline')
    await open(TipPage)
    await pass(PATIENTLY_MS)
    expect(words()).toContain('正在等待微信确认')
    sayOfPayment('paid')
    await tap('再查一次')
    expect(words()).toContain('谢谢你的心意')
  })

  it('thanks with the words of whom was tipped, on the page of somebody else', async () => {
    await killAtCashier()
    phone.server.answerWith('GET /api/creators/:slug', ({ path }) =>
      path.endsWith('/other')
        ? { ...CREATOR, slug: 'other', name: '别处', thanks: '别处的话' }
        : CREATOR,
    )
    await comeBack('paid', 'other')
    expect(words()).toContain('山海拾音 想对你说我们山海再见')
    expect(words()).not.toContain('别处的话')
    expect(await tell('useShareAppMessage')).toMatchObject({
      path: '/pages/tip/index?creator=default',
    })
    await tap('完成')
    expect(words()).toContain('别处')
  })
})

describe('killed while the answer was awaited', () => {
  beforeEach(async () => {
    phone.pay = async () => OK
    sayOfPayment('unknown')
    await tap('打赏 ¥5.00')
    await pass(PATIENTLY_MS)
    kill()
  })

  it('believes no «not paid» at once: WeChat may lag behind the phone', async () => {
    await comeBack('not_paid')
    expect(words()).toContain('正在等待微信确认')
    expect(words()).not.toContain('没有扣款')
    await pass(60_000)
    expect(words()).toContain('支付没有成功¥5.00 没有扣款')
  })

  it('asks no more of a page that is left', async () => {
    const before = questions().length
    await pass(10 * 60_000)
    expect(questions()).toHaveLength(before)
  })
})

describe('what is settled is not told again', () => {
  it.each([
    ['a cancel', 'requestPayment:fail cancel', '已取消支付'],
    ['a failure', 'requestPayment:fail system error', '支付没有成功'],
  ])('%s', async (_, says, title) => {
    phone.pay = async () => says
    sayOfPayment('not_paid')
    await tap('打赏 ¥5.00')
    await pass(PATIENTLY_MS)
    expect(words()).toContain(title)
    const before = questions().length
    kill()
    await comeBack('not_paid')
    expect(control('打赏 ¥5.00')).toBeTruthy()
    expect(words()).not.toContain(title)
    expect(questions()).toHaveLength(before)
  })
})

it('killed before the cashier opened asks nothing, and pays the same order', async () => {
  phone.server.hold('POST /api/prepay')
  await tap('打赏 ¥5.00')
  kill()
  phone.server.hold('POST /api/prepay')()
  await comeBack('paid')
  expect(control('打赏 ¥5.00')).toBeTruthy()
  expect(questions()).toEqual([])
  await tap('打赏 ¥5.00')
  expect(words()).toContain('谢谢你的心意')
  expect(new Set(orderIds()).size).toBe(1)
})

it('left at the cashier and shown again asks no second time while it waits', async () => {
  phone.pay = async () => OK
  sayOfPayment('unknown')
  await tap('打赏 ¥5.00')
  await pass(PATIENTLY_MS)
  const before = questions().length
  await tell('useDidShow')
  expect(questions()).toHaveLength(before)
  expect(words()).toContain('正在等待微信确认')
})
