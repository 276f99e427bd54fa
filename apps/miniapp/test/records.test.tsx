import { beforeEach, expect, it } from 'vitest'
import RecordsPage from '../src/pages/records/index'
import { phone } from './support/phone'
import { openOrder, order, serve } from './support/samples'
import { open, tap, tell, words } from './support/screen'

beforeEach(() => {
  serve()
})

it('puts my tips under their months, each with how it stands', async () => {
  const december = new Date(2025, 11, 3).toISOString()
  const refund = { amountFen: 200, state: 'processing', reason: '退', createdAt: december } as const
  const orders = [
    openOrder({ orderId: 'b'.repeat(32) }),
    order({ orderId: 'c'.repeat(32), createdAt: december, refunds: [refund] }),
    openOrder({ orderId: 'd'.repeat(32), isPayable: false, createdAt: december }),
  ]
  phone.server.answer('GET /api/orders', { orders, nextCursor: null })
  await open(RecordsPage)
  expect(words()).toMatch(
    /2026 年 1 月.*待支付.*去支付.*2025 年 12 月.*退款处理中 ¥2\.00.*已支付.*已过期/,
  )
  expect(words()).toContain('没有更多了')
})

it('grows page by page, and asks again for the page that failed', async () => {
  phone.server.answer('GET /api/orders', { orders: [order()], nextCursor: 'next' })
  await open(RecordsPage)
  phone.server.refuse('GET /api/orders', 'INTERNAL')
  await tell('useReachBottom')
  expect(words()).toContain('服务暂时不可用，请稍后再试')
  const creator = { slug: 'other', name: '第二页' }
  const orders = [order({ orderId: 'b'.repeat(32), creator })]
  phone.server.answer('GET /api/orders', { orders, nextCursor: null })
  await tap('重新加载')
  expect(words()).toMatch(/山海拾音.*第二页.*没有更多了/)
  expect(phone.server.pathsOf('GET /api/orders').at(-1)).toContain('cursor=next')
})

it('is friendly where there are none, and looks again on a pull', async () => {
  phone.server.answer('GET /api/orders', { orders: [], nextCursor: null })
  await open(RecordsPage)
  expect(words()).toContain('还没有打赏过')
  phone.server.answer('GET /api/orders', { orders: [order()], nextCursor: null })
  await tell('usePullDownRefresh')
  expect(words()).toContain('已支付')
  expect(phone.pullDowns.ended).toBe(1)
})

it('pays an open one, with the thanks of its creator, and then calls it paid', async () => {
  phone.server.answer('GET /api/orders', { orders: [openOrder()], nextCursor: null })
  await open(RecordsPage)
  phone.server.answer('GET /api/orders', { orders: [order()], nextCursor: null })
  await tap('去支付')
  expect(words()).toContain('我们山海再见')
  await tap('完成')
  expect(words()).toContain('已支付')
  expect(words()).not.toContain('待支付')
})
