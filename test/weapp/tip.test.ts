import type { Payment } from '@dashang/shared/contracts/payment'
import type { Outcome } from '@dashang/simulator'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { startSystem, type System } from '../support/system.ts'
import { createMiniProgram, type MiniProgram, type MiniProgramOptions } from './mini-program.ts'
import type { WxCall } from './wx.ts'

const DIST = new URL('../../apps/miniapp/dist/weapp', import.meta.url).pathname
/** What the build has for the server's address, which each test answers at its own. */
const BUILT_FOR = 'http://127.0.0.1:3000'

let system: System

beforeAll(async () => {
  system = await startSystem()
})
afterEach(() => {
  system.simulator.faults.clear()
})
afterAll(() => system.close())

/** A phone on which alice is logged in, and what she does when the cashier opens. */
function createPhone(outcome: Outcome = 'pay', options: Partial<MiniProgramOptions> = {}) {
  const { simulator, server } = system
  const { openid } = simulator.login('alice')
  const seen = { cashiers: [] as Record<string, unknown>[] }

  const login: WxCall = () => ({ code: simulator.login('alice').code })
  const request: WxCall = async ({ url, method, header, data }) => {
    const response = await fetch(String(url).replace(BUILT_FOR, server.url), {
      method: String(method),
      headers: header as Record<string, string>,
      ...(data !== undefined && { body: JSON.stringify(data) }),
    })
    return { statusCode: response.status, header: {}, data: await response.json() }
  }
  const requestPayment: WxCall = async (parameters) => {
    seen.cashiers.push(parameters)
    const opened = simulator.requestPayment({ openid, ...(parameters as unknown as Payment) })
    // eslint-disable-next-line @typescript-eslint/only-throw-error -- WeChat's own shape
    if (opened.kind === 'fail') throw { errMsg: opened.errMsg }
    const { errMsg } = simulator.pay(opened.order.outTradeNo, outcome)
    if (errMsg === null) return new Promise<object>(() => undefined)
    // eslint-disable-next-line @typescript-eslint/only-throw-error -- WeChat's own shape
    if (errMsg !== 'requestPayment:ok') throw { errMsg }
    return {}
  }
  const calls = { login, request, requestPayment }
  return { phone: createMiniProgram({ dist: DIST, calls, ...options }), seen }
}

const until = (phone: MiniProgram, words: string) =>
  vi.waitFor(
    () => {
      expect(phone.page().text()).toContain(words)
    },
    { timeout: 15_000 },
  )
const launch = async (phone: MiniProgram) => {
  await phone.launch()
  await until(phone, '我的打赏')
}

describe('the compiled mini-program', () => {
  it('pays with one tap, and thanks because the server knows of the payment', async () => {
    const { phone, seen } = createPhone()
    await launch(phone)
    expect(phone.page().tap('amount-500')).toBeGreaterThan(0)
    await until(phone, '谢谢')
    expect(phone.page().text()).toContain('¥5.00')
    expect(seen.cashiers).toHaveLength(1)
    expect(Object.keys(seen.cashiers[0] ?? {}).sort()).toEqual(
      ['nonceStr', 'package', 'paySign', 'signType', 'timeStamp'].sort(),
    )
    const paid = [...system.simulator.platform.orders.values()].at(-1)
    expect(paid).toMatchObject({ state: 'SUCCESS', totalFee: 500 })
  })

  // Taro hands requestPayment to WeChat as it is, and an old WeChat returns no promise.
  describe.each([true, false])('with promises of wx: %s', (hasPromises) => {
    it.each<[Outcome, string]>([
      ['pay', '谢谢'],
      ['cancel', '已取消支付'],
      ['fail', '支付没有成功'],
      ['pay_and_report_fail', '谢谢'],
    ])('tells after %s: %s', async (outcome, words) => {
      const { phone } = createPhone(outcome, { hasPromises })
      await launch(phone)
      phone.page().tap('amount-200')
      await until(phone, words)
    })
  })

  it('says «not yet confirmed» while nobody can say', async () => {
    system.simulator.faults.add({ on: 'notification', fault: 'drop' })
    system.simulator.faults.add({ on: 'orderquery', fault: 'system_error' })
    const { phone } = createPhone()
    await launch(phone)
    phone.page().tap('amount-1000')
    await until(phone, '正在等待微信确认')
    system.simulator.faults.clear()
    phone.page().tap('result-action')
    await until(phone, '谢谢')
  })

  it('makes one order of two quick taps', async () => {
    const before = system.simulator.platform.orders.size
    const { phone, seen } = createPhone()
    await launch(phone)
    phone.page().tap('amount-500')
    phone.page().tap('amount-500')
    await until(phone, '谢谢')
    expect(seen.cashiers).toHaveLength(1)
    expect(system.simulator.platform.orders.size).toBe(before + 1)
  })

  it('finds the payment again after the app was killed at the cashier', async () => {
    const storage = new Map<string, unknown>()
    const killed = createPhone('pay_and_vanish', { storage })
    await launch(killed.phone)
    killed.phone.page().tap('amount-2000')
    await vi.waitFor(() => {
      expect(killed.seen.cashiers).toHaveLength(1)
    })
    const { phone, seen } = createPhone('pay', { storage })
    await phone.launch()
    await until(phone, '谢谢')
    expect(phone.page().text()).toContain('¥20.00')
    expect(seen.cashiers).toHaveLength(0)
  })

  it('lists my tips, and pays an open one from there', async () => {
    const first = createPhone('cancel')
    await launch(first.phone)
    first.phone.page().tap('amount-10000')
    await until(first.phone, '已取消支付')

    const { phone } = createPhone('pay')
    await launch(phone)
    phone.page().tap('open-records')
    await until(phone, '待支付')
    const { outTradeNo } = [...system.simulator.platform.orders.values()].at(-1) ?? {}
    expect(phone.page().text()).toContain('已支付')
    phone.page().tap(`pay-${outTradeNo ?? ''}`)
    await until(phone, '谢谢')
    expect(system.simulator.order(outTradeNo ?? '')?.state).toBe('SUCCESS')
  })
})
