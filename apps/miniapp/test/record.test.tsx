import { beforeEach, expect, it } from 'vitest'
import RecordPage from '../src/pages/record/index'
import { phone } from './support/phone'
import { openOrder, order, ORDER_ID, serve } from './support/samples'
import { open, tap, words } from './support/screen'

const ROUTE = 'GET /api/orders/:orderId'

beforeEach(() => {
  serve()
})

it('is a receipt with all that somebody may ask for, and copies the number for help', async () => {
  phone.server.answer(ROUTE, order({ message: '加油', messageState: 'pending' }))
  await open(RecordPage, { orderId: ORDER_ID })
  expect(words()).toMatch(/收据编号20260131-AAAAAA.*微信支付单号4200001/)
  expect(words()).toContain('加油（审核中，通过后显示）')
  await tap('复制订单号')
  expect(phone.copied).toEqual([ORDER_ID])
  expect(phone.toasts).toEqual(['已复制'])
  phone.broken.set('setClipboardData', 'privacy')
  await tap('复制订单号')
  expect(phone.toasts.at(-1)).toBe('没有复制成功，请再试一次')
})

it('says in English, too, how a message stands', async () => {
  phone.language = 'en'
  phone.server.answer(ROUTE, order({ message: 'hello there', messageState: 'hidden' }))
  await open(RecordPage, { orderId: ORDER_ID })
  expect(words()).toContain('hello there (Not shown)')
})

it('shows where a refund stands, and why', async () => {
  const createdAt = new Date(2026, 0, 31, 11, 0).toISOString()
  const refund = { amountFen: 500, state: 'succeeded', reason: '重复支付', createdAt } as const
  phone.server.answer(ROUTE, order({ refunds: [refund] }))
  await open(RecordPage, { orderId: ORDER_ID })
  expect(words()).toContain('已退款 ¥5.002026-01-31 11:00 · 重复支付')
})

it('goes on being paid, and says of a closed one that it is closed', async () => {
  phone.server.answer(ROUTE, openOrder())
  await open(RecordPage, { orderId: ORDER_ID })
  phone.server.refuse('POST /api/prepay', 'ORDER_CLOSED')
  phone.server.answer(ROUTE, openOrder({ state: 'closed', isPayable: false }))
  await tap('继续支付')
  expect(words()).toContain('这笔订单已关闭')
  await tap('返回')
  expect(words()).toContain('已关闭')
  expect(words()).not.toContain('继续支付')
})

it.each([{ orderId: ORDER_ID }, {}])('says that %j is no tip of mine', async (params) => {
  phone.server.refuse(ROUTE, 'ORDER_NOT_FOUND')
  await open(RecordPage, params)
  expect(words()).toContain('没有找到这笔打赏')
  await tap('去首页看看')
  expect(phone.opened).toEqual(['/pages/tip/index?creator=default'])
})
