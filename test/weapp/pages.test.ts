import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { startSystem, type System } from '../support/system.ts'
import type { MiniProgram } from './mini-program.ts'
import { createPhone, launch, tip, until, type PhoneOptions } from './phone.ts'

const MANY = 25

let system: System

beforeAll(async () => {
  system = await startSystem({ CREATOR_GOAL_TITLE: '换一支麦克风', CREATOR_GOAL_FEN: '10000' })
})
afterEach(() => {
  system.simulator.faults.clear()
})
afterAll(() => system.close())

const phoneOf = (options: PhoneOptions = {}) => createPhone(system, options)
const lastOrder = () => [...system.simulator.platform.orders.values()].at(-1)?.outTradeNo ?? ''
const nodes = (phone: MiniProgram, pattern: RegExp) =>
  [...JSON.stringify(phone.page().instance.data).matchAll(pattern)].length

async function paid(phone: MiniProgram, amountFen: number): Promise<void> {
  await tip(phone, amountFen)
  await until(phone, '谢谢你的心意')
  phone.page().tap('result-action')
  await until(phone, '选择金额')
}

describe('the first page', () => {
  it('needs little of the bridge between logic and drawing', async () => {
    const { phone } = phoneOf()
    await launch(phone)
    const calls = phone.setDataCalls
    const bytes = calls.reduce((sum, call) => sum + call.bytes, 0)
    console.log(`first page: setData ${String(calls.length)} times, ${String(bytes)} bytes`)
    expect(calls.length).toBeLessThanOrEqual(4)
    expect(bytes).toBeLessThanOrEqual(16 * 1024)
  })

  it('asks for no login before somebody pays', async () => {
    const { phone, seen } = phoneOf()
    await launch(phone)
    expect(seen.requests).toEqual(['GET /api/creators/default'])
  })

  it('is where somebody is led who opens a page that there is not', async () => {
    const { phone, seen } = phoneOf()
    expect(await phone.launchLost('pages/nope/index')).toBe(1)
    await until(phone, '选择金额')
    expect(seen.requests).toEqual(['GET /api/creators/default'])
  })

  it('shows the goal, and how far it is', async () => {
    const { phone } = phoneOf({ user: 'goal' })
    await launch(phone)
    await paid(phone, 2000)
    await until(phone, '已筹 ¥20.00 / 目标 ¥100.00')
    expect(phone.page().text()).toContain('20%')
  })

  it.each([
    '/pages/tip/index?creator=nobody',
    '/pages/tip/index?scene=c%3Dnobody',
    '/pages/tip/index?creator=No+Such!',
  ])('is friendly about an unknown creator: %s', async (path) => {
    const { phone } = phoneOf()
    await phone.launch(path)
    await until(phone, '没有找到这位创作者')
    phone.page().tap('go-default')
    await until(phone, '选择金额')
  })

  it('says that the network is gone, and loads when it is back', async () => {
    let isCut = true
    const network = (request: () => Promise<object>) =>
      isCut ? Promise.reject(new Error('cut')) : request()
    const { phone } = phoneOf({ network })
    await phone.launch()
    await until(phone, '没有加载出来')
    isCut = false
    phone.page().tap('retry')
    await until(phone, '选择金额')
  })

  it('speaks English on a phone that does, and Chinese when it is asked to', async () => {
    const storage = new Map<string, unknown>()
    const { phone } = phoneOf({ language: 'en', storage })
    await phone.launch()
    await until(phone, 'Choose an amount')
    phone.page().tap('switch-language')
    await until(phone, '选择金额')
    const again = phoneOf({ language: 'en', storage })
    await again.phone.launch()
    await until(again.phone, '选择金额')
  })

  it('leads a friend who gets it shared to the same creator', async () => {
    const { phone } = phoneOf()
    await launch(phone)
    expect(await phone.page().hook('onShareAppMessage')).toMatchObject({
      path: '/pages/tip/index?creator=default',
    })
  })

  it('tells a screen reader what can be tapped, and which amount is chosen', async () => {
    const { phone } = phoneOf()
    await launch(phone)
    const spoken = Object.values(phone.page().find('amount-500') ?? {})
    expect(spoken).toEqual(expect.arrayContaining(['radio', 'true', '¥5.00']))
  })
})

describe('my tips', () => {
  it('are there by month with their states, and an open one is paid from there', async () => {
    const { phone } = phoneOf({ outcome: 'cancel', user: 'carol' })
    await launch(phone)
    await tip(phone, 10_000)
    await until(phone, '已取消支付')
    const outTradeNo = lastOrder()

    const second = phoneOf({ user: 'carol' })
    await launch(second.phone)
    second.phone.page().tap('open-records')
    await until(second.phone, '待支付')
    expect(second.phone.page().text()).toMatch(/\d{4} 年 \d+ 月/)
    second.phone.page().tap(`pay-${outTradeNo}`)
    await until(second.phone, '谢谢你的心意')
    expect(system.simulator.order(outTradeNo)?.state).toBe('SUCCESS')
    second.phone.page().tap('result-action')
    await until(second.phone, '已支付')
    expect(second.phone.page().text()).not.toContain('待支付')
  })

  it('have a receipt each, with the number for help', async () => {
    const copied: unknown[] = []
    const setClipboardData = ({ data }: Record<string, unknown>) => {
      copied.push(data)
      return {}
    }
    const { phone } = phoneOf({ user: 'dave', calls: { setClipboardData } })
    await launch(phone)
    phone.page().enter('message', '为好故事')
    await paid(phone, 2000)
    const orderId = lastOrder()
    phone.page().tap('open-records')
    await until(phone, '已支付')
    phone.page().tap(`order-${orderId}`)
    await until(phone, '收据编号')
    const words = phone.page().text()
    for (const part of ['20.00', '为好故事', orderId, '微信支付单号']) expect(words).toContain(part)
    phone.page().tap('copy-order')
    await vi.waitFor(() => {
      expect(copied).toEqual([orderId])
    })
  })

  it('go on being paid on the page of one', async () => {
    const { phone } = phoneOf({ outcome: 'cancel', user: 'erin' })
    await launch(phone)
    await tip(phone, 500)
    await until(phone, '已取消支付')
    const second = phoneOf({ user: 'erin' })
    await second.phone.launch(`/pages/record/index?orderId=${lastOrder()}`)
    await until(second.phone, '继续支付')
    second.phone.page().tap('pay-order')
    await until(second.phone, '谢谢你的心意')
    second.phone.page().tap('result-action')
    await until(second.phone, '已支付')
  })

  it('say so when there are none, or none of this number', async () => {
    const { phone } = phoneOf({ user: 'nobody-yet' })
    await phone.launch('/pages/records/index')
    await until(phone, '还没有打赏过')
    const other = phoneOf({ user: 'nobody-yet' })
    await other.phone.launch(`/pages/record/index?orderId=${'0'.repeat(32)}`)
    await until(other.phone, '没有找到这笔打赏')
  })
})

describe("the supporters' wall", () => {
  it('goes as deep as there are tips, page by page', async () => {
    const { phone } = phoneOf({ user: 'frank' })
    await launch(phone)
    for (let i = 0; i < MANY; i += 1) await paid(phone, 200)
    phone.page().tap('open-wall')
    await until(phone, '最新')
    const rows = () => nodes(phone, /"supporter"/g)
    await vi.waitFor(() => {
      expect(rows()).toBeGreaterThan(0)
    })
    const first = rows()
    expect(phone.page().text()).toContain('加载更多')
    await phone.page().hook('onReachBottom')
    await vi.waitFor(() => {
      expect(rows()).toBeGreaterThan(first)
    })
    await until(phone, '没有更多了')
    expect(rows()).toBeGreaterThanOrEqual(MANY)
  })

  it('ranks by period', async () => {
    const { phone } = phoneOf()
    await phone.launch('/pages/wall/index?creator=default')
    await until(phone, '排行')
    phone.page().tap('view-ranking')
    await until(phone, '从本月一日起')
    for (const [period, words] of [
      ['day', '从今天零点起'],
      ['week', '从周一零点起'],
      ['all', '从第一笔起'],
    ] as const) {
      phone.page().tap(`period-${period}`)
      await until(phone, words)
      expect(phone.page().text()).toContain('匿名的朋友')
    }
  })
})
