import type { CreatorPage, Supporter } from '@dashang/shared/contracts/creators'
import type { OrderView, PaymentStatus } from '@dashang/shared/contracts/orders'
import type { Payment } from '@dashang/shared/contracts/payment'
import { phone } from './phone'

/** When it is, on the phone. */
export const NOW = new Date(2026, 0, 31, 12, 0)

const ago = (minutes: number): string => new Date(NOW.getTime() - minutes * 60_000).toISOString()

export const supporter = (change: Partial<Supporter> = {}): Supporter => ({
  id: '1',
  name: '小鹿',
  amountFen: 500,
  message: '加油',
  paidAt: ago(5),
  ...change,
})

export const CREATOR: CreatorPage = {
  slug: 'default',
  isRetired: false,
  name: '山海拾音',
  avatarUrl: null,
  about: '把古画讲成声音的播客',
  presetsFen: [200, 500, 1000],
  minFen: 100,
  maxFen: 20_000,
  goal: null,
  supporterCount: 12,
  latestSupporters: [],
  thanks: '我们山海再见',
  showsAmounts: true,
  messageMaxLength: 50,
  nameMaxLength: 20,
}

export const ORDER_ID = 'a'.repeat(32)

export const order = (change: Partial<OrderView> = {}): OrderView => ({
  orderId: ORDER_ID,
  amountFen: 500,
  state: 'paid',
  creator: { slug: 'default', name: '山海拾音' },
  message: null,
  displayName: null,
  isAnonymous: false,
  messageState: 'none',
  isPayable: false,
  createdAt: ago(10),
  paidAt: ago(9),
  receiptNumber: '20260131-AAAAAA',
  transactionId: '4200001',
  refunds: [],
  ...change,
})

/** An order that waits to be paid. */
export const openOrder = (change: Partial<OrderView> = {}): OrderView =>
  order({
    state: 'prepaid',
    isPayable: true,
    paidAt: null,
    receiptNumber: null,
    transactionId: null,
    ...change,
  })

export const PAYMENT: Payment = {
  kind: 'requestPayment',
  timeStamp: '1700000000',
  nonceStr: 'nonce',
  package: 'prepay_id=wx1',
  signType: 'RSA',
  paySign: 'signature',
}

/** The server knows this creator, places every order, and says of each that it is paid, or as told. */
export function serve(creator: CreatorPage = CREATOR): void {
  phone.server.answer('GET /api/creators/:slug', creator)
  phone.server.answer('POST /api/prepay', { orderId: ORDER_ID, payment: PAYMENT })
  sayOfPayment('paid')
}

export function sayOfPayment(payment: PaymentStatus): void {
  phone.server.answer('POST /api/orders/:orderId/confirm', { payment, order: order() })
}
