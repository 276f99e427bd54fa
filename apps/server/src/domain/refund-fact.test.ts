import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { refundMismatches, type RefundFact, type RequestedRefund } from './refund-fact.ts'

const requested: RequestedRefund = {
  refundId: '0'.repeat(32),
  transactionId: 't1',
  amountFen: 200,
  totalFen: 500,
}
const fact: RefundFact = { ...requested, wechatRefundId: 'r1', event: 'succeeded' }

describe('refundMismatches', () => {
  it('finds none in the refund that was asked for', () => {
    expect(refundMismatches(requested, fact)).toEqual([])
  })

  it('names each field that differs, and no other', () => {
    const names = Object.keys(requested) as (keyof RequestedRefund)[]
    fc.assert(
      fc.property(fc.subarray(names), (changed) => {
        const different = Object.fromEntries(
          changed.map((name) => [name, name.endsWith('Fen') ? 501 : 'other']),
        )
        expect(refundMismatches(requested, { ...fact, ...different })).toEqual(changed)
      }),
    )
  })
})
