import type { PaymentStatus } from '@dashang/shared/contracts/orders'
import type { ErrorCode } from '@dashang/shared/errors'
import { screen } from '@testing-library/react'
import { beforeEach, describe, expect, it } from 'vitest'
import TipPage from '../src/pages/tip/index'
import { phone } from './support/phone'
import { sayOfPayment, serve } from './support/samples'
import { control, open, pass, tap, touch, words } from './support/screen'

const OK = 'requestPayment:ok'
const CANCEL = 'requestPayment:fail cancel'
const FAIL = 'requestPayment:fail 支付验证签名失败'

const prepays = () =>
  phone.server.asked
    .filter(({ route }) => route === 'POST /api/prepay')
    .map(({ body }) => body as { orderId: string; amountFen: number })
const orderIds = () => [...new Set(prepays().map(({ orderId }) => orderId))]

/** As long as the phone asks by itself before it says what it knows. */
const PATIENTLY_MS = 6000

beforeEach(async () => {
  serve()
  await open(TipPage)
})

async function pay(says: string, payment: PaymentStatus): Promise<void> {
  phone.pay = async () => says
  sayOfPayment(payment)
  await tap('打赏 ¥5.00')
  await pass(PATIENTLY_MS)
}

describe('paid', () => {
  it.each([OK, CANCEL, FAIL])(
    'is said when WeChat says so, whatever the phone said: %s',
    async (says) => {
      await pay(says, 'paid')
      expect(screen.getByRole('alert').textContent).toBe('谢谢你的心意¥5.00')
      await tap('完成')
      expect(words()).toContain('选择金额')
    },
  )

  it('is not said on the word of the phone', async () => {
    await pay(OK, 'not_paid')
    expect(words()).not.toContain('谢谢你的心意')
    expect(words()).toContain('正在等待微信确认')
  })
})

describe('cancelled', () => {
  it('says that nothing was charged, and goes on with the same order', async () => {
    await pay(CANCEL, 'not_paid')
    expect(words()).toContain('已取消支付')
    expect(words()).toContain('¥5.00 没有扣款')
    phone.pay = async () => OK
    sayOfPayment('paid')
    await tap('继续支付')
    expect(words()).toContain('谢谢你的心意')
    expect(phone.cashiers).toHaveLength(2)
    expect(orderIds()).toHaveLength(1)
  })

  it('leads back to what was chosen', async () => {
    await pay(CANCEL, 'not_paid')
    await tap('返回')
    expect(control('打赏 ¥5.00')).toBeTruthy()
    expect(words()).not.toContain('正在等待微信确认')
  })
})

describe('failed', () => {
  it('says that nothing was charged, and tries the same order again', async () => {
    await pay(FAIL, 'not_paid')
    expect(words()).toContain('支付没有成功')
    expect(words()).toContain('¥5.00 没有扣款')
    phone.pay = async () => OK
    sayOfPayment('paid')
    await tap('再试一次')
    expect(words()).toContain('谢谢你的心意')
    expect(orderIds()).toHaveLength(1)
  })
})

describe('not yet confirmed', () => {
  it('asks not to pay again, and says thanks by itself once somebody knows', async () => {
    await pay(OK, 'unknown')
    expect(words()).toContain('正在等待微信确认')
    expect(words()).toContain('请不要重复支付')
    expect(words()).not.toContain('没有扣款')
    sayOfPayment('paid')
    await pass(3000)
    expect(words()).toContain('谢谢你的心意')
  })

  it('asks again on a tap', async () => {
    await pay(OK, 'unknown')
    const before = phone.server.pathsOf('POST /api/orders/:orderId/confirm').length
    await tap('再查一次')
    expect(words()).toContain('正在等待微信确认')
    expect(phone.server.pathsOf('POST /api/orders/:orderId/confirm')).toHaveLength(before + 1)
    sayOfPayment('paid')
    await tap('再查一次')
    expect(words()).toContain('谢谢你的心意')
  })

  it('stays in sight when it is put aside, and opens again', async () => {
    await pay(OK, 'unknown')
    await tap('返回')
    expect(control('打赏 ¥5.00')).toBeTruthy()
    await tap(/¥5.00 正在等待微信确认/)
    expect(words()).toContain('请不要重复支付')
  })

  it('comes before another amount, and opens no second cashier', async () => {
    await pay(OK, 'unknown')
    await tap('返回')
    await tap('¥10.00', 'radio')
    await tap('打赏 ¥10.00')
    expect(words()).toContain('如果已经付了 ¥5.00')
    expect(phone.cashiers).toHaveLength(1)
  })
})

/** What the server says before the cashier: the title, whether it adds why, and the next step. */
const REFUSALS: readonly (readonly [
  code: ErrorCode | 'offline',
  title: string,
  text: string,
  next: string,
])[] = [
  ['offline', '网络连接失败', '请检查网络后再试', '再试一次'],
  ['INTERNAL', '现在有点忙', '服务暂时不可用', '再试一次'],
  ['RATE_LIMITED', '现在有点忙', '操作过于频繁', '再试一次'],
  ['WECHAT_BUSY', '现在有点忙', '微信繁忙', '再试一次'],
  ['ORDER_CLOSED', '这笔订单已关闭', '可以重新下一单', '重新打赏'],
  ['ORDER_EXPIRED', '这笔订单已关闭', '可以重新下一单', '重新打赏'],
  ['AMOUNT_NOT_ALLOWED', '这笔打赏需要改一下', '金额超出范围', '返回修改'],
  ['WECHAT_REFUSED', '现在不能打赏', '请联系商家', '知道了'],
  ['LOGIN_REFUSED', '现在不能打赏', '存在风险', '知道了'],
]

describe('before the cashier', () => {
  it.each(REFUSALS)('%s: %s, %s', async (code, title, text, next) => {
    phone.server.refuse('POST /api/prepay', code)
    await tap('打赏 ¥5.00')
    expect(words()).toContain(title)
    expect(words()).toContain('¥5.00 没有扣款')
    expect(words()).toContain(text)
    expect(control(next)).toBeTruthy()
    expect(phone.cashiers).toEqual([])
  })

  it('the next try after no connection pays the same order', async () => {
    phone.server.refuse('POST /api/prepay', 'offline')
    await tap('打赏 ¥5.00')
    serve()
    await tap('再试一次')
    expect(words()).toContain('谢谢你的心意')
    expect(orderIds()).toHaveLength(1)
  })

  it('the next try after an order that was closed is another order', async () => {
    phone.server.refuse('POST /api/prepay', 'ORDER_CLOSED')
    await tap('打赏 ¥5.00')
    serve()
    await tap('重新打赏')
    expect(words()).toContain('谢谢你的心意')
    expect(orderIds()).toHaveLength(2)
  })

  it('an order that is paid says so, and leads to its receipt', async () => {
    phone.server.refuse('POST /api/prepay', 'ORDER_PAID')
    await tap('打赏 ¥5.00')
    expect(words()).toContain('这笔已经付过了')
    expect(words()).toContain('没有再次扣款')
    await tap('查看这笔打赏')
    expect(phone.opened).toEqual([`/pages/record/index?orderId=${orderIds()[0] ?? ''}`])
  })

  it('a phone that can remember nothing pays nothing', async () => {
    phone.broken.set('setStorageSync', '')
    await tap('打赏 ¥5.00')
    expect(words()).toContain('¥5.00 没有扣款')
    expect(phone.cashiers).toEqual([])
  })
})

it('makes one order and opens one cashier on two quick taps', async () => {
  touch('打赏 ¥5.00')
  touch(/打赏 ¥5.00|正在打开微信支付/)
  await pass()
  expect(prepays()).toHaveLength(1)
  expect(phone.cashiers).toHaveLength(1)
})

it('says that it is opening WeChat Pay while it is', async () => {
  const letGo = phone.server.hold('POST /api/prepay')
  await tap('打赏 ¥5.00')
  expect((control('正在打开微信支付…') as HTMLButtonElement).disabled).toBe(true)
  letGo()
  await pass()
  expect(words()).toContain('谢谢你的心意')
})

it('logs in anew without a word when the session has ended', async () => {
  await pay(CANCEL, 'not_paid')
  phone.server.endSessions()
  phone.pay = async () => OK
  sayOfPayment('paid')
  await tap('继续支付')
  expect(words()).toContain('谢谢你的心意')
  expect(phone.server.pathsOf('POST /api/login')).toHaveLength(2)
})
