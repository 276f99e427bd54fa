import type { RefundState } from '@dashang/shared/contracts/refunds'
import { describe, expect, it } from 'vitest'
import { decide, isFinal, type RefundEvent } from './refund.ts'

const STATES: RefundState[] = ['requested', 'processing', 'abnormal', 'succeeded', 'closed']
const EVENTS: RefundEvent[] = ['accepted', 'succeeded', 'closed', 'abnormal', 'refused']

describe('decide', () => {
  // The whole table at once, so that changing one cell is one visible line in review.
  it('answers every event in every state', () => {
    const rows = STATES.map((state) => {
      const decisions = EVENTS.map((event) => decide(state, event))
      return [state, ...decisions.map((d) => (d.kind === 'apply' ? d.next : d.kind))].join(' ')
    })
    expect(rows).toEqual([
      'requested processing succeeded closed abnormal closed',
      'processing replay succeeded closed abnormal replay',
      'abnormal replay succeeded closed replay replay',
      'succeeded replay replay conflict conflict replay',
      'closed conflict conflict replay conflict replay',
    ])
  })

  it('says what contradicts what', () => {
    expect(decide('closed', 'succeeded')).toEqual({
      kind: 'conflict',
      reason: 'succeeded while closed',
    })
  })

  it('never changes a final state', () => {
    const kinds = STATES.filter(isFinal).flatMap((state) =>
      EVENTS.map((event) => decide(state, event).kind),
    )
    expect(kinds).not.toContain('apply')
    expect(STATES.filter(isFinal)).toEqual(['succeeded', 'closed'])
  })
})
