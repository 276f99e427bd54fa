import type { OrderView } from '@dashang/shared/contracts/orders'
import { expect, it } from 'vitest'
import { byMonth, recordState } from './order-state'
import { tipOfOrder } from './tip-of-order'

const ORDER: OrderView = {
  orderId: 'a'.repeat(32),
  amountFen: 500,
  state: 'created',
  creator: { slug: 'default', name: '小店' },
  message: null,
  displayName: null,
  isAnonymous: false,
  messageState: 'none',
  isPayable: false,
  createdAt: new Date(2026, 0, 31, 23, 59).toISOString(),
  paidAt: null,
  receiptNumber: null,
  transactionId: null,
  refunds: [],
}
const at = (...date: [year: number, month: number, day: number]): OrderView => ({
  ...ORDER,
  createdAt: new Date(...date).toISOString(),
})

it.each<[OrderView['state'], isPayable: boolean, state: string]>([
  ['created', true, 'open'],
  ['created', false, 'expired'],
  ['prepaid', true, 'open'],
  ['prepaid', false, 'expired'],
  ['paid', false, 'paid'],
  ['closed', false, 'closed'],
])('%s (payable: %s) stands as %s', (state, isPayable, expected) => {
  expect(recordState({ ...ORDER, state, isPayable }, null)).toBe(expected)
})

it.each<[OrderView['state'], isPayable: boolean, state: string]>([
  ['prepaid', true, 'waiting'],
  ['prepaid', false, 'waiting'],
  ['paid', false, 'paid'],
  ['closed', false, 'closed'],
])('%s (payable: %s) and in doubt stands as %s', (state, isPayable, expected) => {
  expect(recordState({ ...ORDER, state, isPayable }, ORDER.orderId)).toBe(expected)
})

it('puts orders under the months of the phone, in their order', () => {
  const orders = [at(2026, 1, 1), ORDER, at(2026, 0, 1), at(2025, 11, 31)]
  expect(byMonth(orders).map(({ year, month, orders }) => [year, month, orders.length])).toEqual([
    [2026, 2, 1],
    [2026, 1, 2],
    [2025, 12, 1],
  ])
  expect(byMonth([])).toEqual([])
})

it('pays an open order word for word', () => {
  const { orderId, amountFen } = ORDER
  const bare = { orderId, amountFen, creator: 'default', isAnonymous: false }
  expect(tipOfOrder(ORDER)).toEqual(bare)
  const words = { message: '加油', displayName: '小鹿' }
  expect(tipOfOrder({ ...ORDER, ...words })).toEqual({ ...bare, ...words })
})
