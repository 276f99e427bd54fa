import type { Outcome } from '@dashang/simulator'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { startSystem, type System } from '../support/system.ts'
import { createPhone, launch, tip, until, type PhoneOptions } from './phone.ts'

let system: System

beforeAll(async () => {
  system = await startSystem({ CREATOR_NAME: '山海拾音', CREATOR_THANKS: '我们山海再见' })
})
afterEach(() => {
  system.simulator.faults.clear()
})
afterAll(() => system.close())

const phoneOf = (options: PhoneOptions = {}) => createPhone(system, options)
const orders = () => [...system.simulator.platform.orders.values()]

describe('paying with the compiled mini-program', () => {
  it('takes one tap to the cashier, and thanks because the server knows of the payment', async () => {
    const { phone, seen } = phoneOf()
    await launch(phone)
    expect(phone.page().tap('pay')).toBeGreaterThan(0)
    await until(phone, '谢谢你的心意')
    expect(phone.page().text()).toContain('5.00')
    expect(phone.page().text()).toContain('我们山海再见')
    expect(seen.cashiers).toHaveLength(1)
    expect(Object.keys(seen.cashiers[0] ?? {}).sort()).toEqual(
      ['nonceStr', 'package', 'paySign', 'signType', 'timeStamp'].sort(),
    )
    expect(orders().at(-1)).toMatchObject({ state: 'SUCCESS', totalFee: 500 })
  })

  // Taro hands requestPayment to WeChat as it is, and an old WeChat returns no promise.
  describe.each([true, false])('with promises of wx: %s', (hasPromises) => {
    it.each<[Outcome, string]>([
      ['pay', '谢谢你的心意'],
      ['cancel', '已取消支付'],
      ['fail', '支付没有成功'],
      ['pay_and_report_fail', '谢谢你的心意'],
    ])('tells after %s: %s', async (outcome, words) => {
      const { phone } = phoneOf({ outcome, hasPromises })
      await launch(phone)
      await tip(phone, 200)
      await until(phone, words)
    })
  })

  it('sends the words and the name, and shows them on the page', async () => {
    const { phone } = phoneOf()
    await launch(phone)
    phone.page().enter('message', '加油，下一集什么时候更新？')
    phone.page().enter('name', '林间小鹿')
    await tip(phone, 1000)
    await until(phone, '谢谢你的心意')
    phone.page().tap('result-action')
    await until(phone, '加油，下一集什么时候更新？')
    expect(phone.page().text()).toContain('林间小鹿')
  })

  it('names nobody who wants to stay anonymous', async () => {
    const { phone } = phoneOf({ user: 'bob' })
    await launch(phone)
    phone.page().enter('name', '不说名字')
    phone.page().tap('anonymous')
    await tip(phone, 1000)
    await until(phone, '谢谢你的心意')
    phone.page().tap('result-action')
    await until(phone, '匿名的朋友')
    expect(phone.page().text()).not.toContain('不说名字')
  })

  it('pays an amount of one’s own, to the fen', async () => {
    const { phone } = phoneOf()
    await launch(phone)
    phone.page().tap('amount-custom')
    await until(phone, '输入金额')
    expect(phone.page().text()).toContain('¥0.01 到 ¥500.00 之间')
    for (const key of ['1', '2', 'point', '3', '4', '5']) phone.page().tap(`key-${key}`)
    await until(phone, '最多两位小数')
    phone.page().tap('keypad-confirm')
    await until(phone, '打赏 ¥12.34')
    phone.page().tap('pay')
    await until(phone, '谢谢你的心意')
    expect(orders().at(-1)).toMatchObject({ state: 'SUCCESS', totalFee: 1234 })
  })

  it('does not open the cashier with a message that the server would refuse', async () => {
    const { phone, seen } = phoneOf()
    await launch(phone)
    phone.page().enter('message', '字'.repeat(51))
    await until(phone, '超出 1 个字')
    expect(phone.page().tap('pay')).toBe(0)
    expect(seen.cashiers).toEqual([])
  })

  it('makes one order of two quick taps', async () => {
    const before = orders().length
    const { phone, seen } = phoneOf()
    await launch(phone)
    phone.page().tap('pay')
    phone.page().tap('pay')
    await until(phone, '谢谢你的心意')
    expect(seen.cashiers).toHaveLength(1)
    expect(orders()).toHaveLength(before + 1)
  })
})

describe('a payment of which nobody knows', () => {
  it('is asked about until somebody does, without a tap', async () => {
    system.simulator.faults.add({ on: 'notification', fault: 'drop' })
    system.simulator.faults.add({ on: 'orderquery', fault: 'system_error' })
    const { phone } = phoneOf()
    await launch(phone)
    await tip(phone, 1000)
    await until(phone, '正在等待微信确认')
    expect(phone.page().text()).toContain('请不要重复支付')
    system.simulator.faults.clear()
    await until(phone, '谢谢你的心意')
  })

  it('is not forgotten when it is put aside, and cannot be paid around', async () => {
    system.simulator.faults.add({ on: 'notification', fault: 'drop' })
    system.simulator.faults.add({ on: 'orderquery', fault: 'system_error' })
    const { phone, seen } = phoneOf()
    await launch(phone)
    await tip(phone, 1000)
    await until(phone, '正在等待微信确认')
    phone.page().tap('result-dismiss')
    await until(phone, '¥10.00 正在等待微信确认')
    await tip(phone, 2000)
    await until(phone, '如果已经付了 ¥10.00')
    expect(seen.cashiers).toHaveLength(1)
    system.simulator.faults.clear()
    phone.page().tap('result-action')
    await until(phone, '谢谢你的心意')
  })

  it('is found again after the app was killed at the cashier', async () => {
    const storage = new Map<string, unknown>()
    const killed = phoneOf({ outcome: 'pay_and_vanish', storage })
    await launch(killed.phone)
    await tip(killed.phone, 2000)
    await vi.waitFor(() => {
      expect(killed.seen.cashiers).toHaveLength(1)
    })
    const { phone, seen } = phoneOf({ storage })
    await phone.launch()
    await until(phone, '谢谢你的心意')
    expect(phone.page().text()).toContain('20.00')
    expect(seen.cashiers).toHaveLength(0)
  })
})
