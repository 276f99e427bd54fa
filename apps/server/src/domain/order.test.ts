import type { OrderState } from '@dashang/shared/contracts/orders'
import { describe, expect, it } from 'vitest'
import { decide, type OrderEvent } from './order.ts'

const STATES: OrderState[] = ['created', 'prepaid', 'paid', 'closed']
const PAID_AT = new Date('2026-01-01T00:00:00Z')
const EVENTS: OrderEvent[] = [
  { type: 'prepay_issued', prepayId: 'wx1' },
  { type: 'payment_confirmed', transactionId: 't1', paidAt: PAID_AT },
  { type: 'closed' },
]

const orderIn = (state: OrderState) => ({ state, transactionId: state === 'paid' ? 't1' : null })

describe('decide', () => {
  // The whole table at once, so that changing one cell is one visible line in review.
  it('answers every event in every state', () => {
    const rows = STATES.map((state) => {
      const decisions = EVENTS.map((event) => decide(orderIn(state), event))
      return [state, ...decisions.map((d) => (d.kind === 'apply' ? d.next : d.kind))].join(' ')
    })
    expect(rows).toEqual([
      'created prepaid paid closed',
      'prepaid prepaid paid closed',
      'paid replay replay conflict',
      'closed replay paid replay',
    ])
  })

  it('refuses a second transaction for a paid order', () => {
    const second: OrderEvent = { type: 'payment_confirmed', transactionId: 't2', paidAt: PAID_AT }
    expect(decide(orderIn('paid'), second)).toEqual({
      kind: 'conflict',
      reason: 'paid by another transaction',
    })
  })
})
