import type { OrderView, TipRefund } from '@dashang/shared/contracts/orders'
import { expect, it } from 'vitest'
import { refundWords, stateWords, timeWords } from './order-words'

it.each<[OrderView['state'], isPayable: boolean, words: string]>([
  ['created', true, '待支付'],
  ['created', false, '已过期'],
  ['prepaid', true, '待支付'],
  ['prepaid', false, '已过期'],
  ['paid', false, '已支付'],
  ['closed', false, '已关闭'],
])('%s (payable: %s) reads %s', (state, isPayable, words) => {
  expect(stateWords({ state, isPayable })).toBe(words)
})

it.each<[TipRefund['state'], reason: string, words: string]>([
  ['processing', '演出取消', '退款处理中 ¥2.00 · 演出取消'],
  ['succeeded', '演出取消', '已退款 ¥2.00 · 演出取消'],
  ['succeeded', '重复支付，原路退回', '已退款 ¥2.00 · 重复支付，原路退回'],
  ['failed', '演出取消', '退款未成功 ¥2.00 · 演出取消'],
])('a refund that is %s (%s) reads %s', (state, reason, words) => {
  expect(refundWords({ state, reason, amountFen: 200, createdAt: '' })).toBe(words)
})

it('tells the time of the phone', () => {
  expect(timeWords(new Date(2026, 0, 2, 3, 4).toISOString())).toBe('2026-01-02 03:04')
})
