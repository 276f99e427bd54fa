import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { mismatches, type Ordered, type PaymentFact } from './payment-fact.ts'

const ordered: Ordered = {
  appid: 'wx0123456789abcdef',
  mchid: '1900000001',
  orderId: '0'.repeat(32),
  amountFen: 500,
  currency: 'CNY',
  openid: 'oAlice',
}
const fact: PaymentFact = { ...ordered, transactionId: 't1', paidAt: new Date(0) }

describe('mismatches', () => {
  it('finds none in the payment that was ordered', () => {
    expect(mismatches(ordered, fact)).toEqual([])
  })

  it('names each field that differs, and no other', () => {
    const names = Object.keys(ordered) as (keyof Ordered)[]
    fc.assert(
      fc.property(fc.subarray(names), (changed) => {
        const different = Object.fromEntries(
          changed.map((name) => [name, name === 'amountFen' ? 501 : 'other']),
        )
        expect(mismatches(ordered, { ...fact, ...different })).toEqual(changed)
      }),
    )
  })
})
