import { expect, it } from 'vitest'
import { summaryLine } from '../src/conformance/report.ts'
import type { Simulator } from '../src/simulator.ts'
import { promisesOf } from './conformance-promises.ts'
import { check, checksOf, idsOf } from './conformance-support.ts'
import type { Flaw } from './somebodys-flaws.ts'

promisesOf('v2')

it('no forgery pays an order, and WeChat says so, too', async () => {
  const only = ['wrong_amount', 'v2_wrong_key']
  const seen: Simulator[] = []
  const report = await check({ channel: 'v2', only, onStart: (simulator) => seen.push(simulator) })
  expect(idsOf(report, 'passed')).toHaveLength(only.length)
  const [platform] = seen.map((simulator) => simulator.platform)
  const paid = [...(platform?.orders.values() ?? [])].map((order) => order.transactions.length)
  expect(paid.filter((count) => count > 1)).toEqual([])
  expect(platform?.transactions.size).toBe(only.length)
})

it('a server that believes everything fails what it should, and nothing else', async () => {
  const flaws: Flaw[] = [
    'reads by pattern',
    'checks no signature',
    'takes any amount',
    'takes any appid',
    'takes any merchant',
    'takes any currency',
    'takes any payer',
    'takes any result',
    'believes the phone',
    'never asks WeChat',
  ]
  const only = checksOf('v2').filter((id) => id !== 'late_payment')
  const report = await check({ channel: 'v2', flaws, only, patienceMs: 500 })
  expect(idsOf(report, 'failed')).toEqual(
    [
      'tampered',
      'truncated',
      'empty',
      'gibberish',
      'oversized',
      'v2_wrong_key',
      'v2_unsigned',
      'v2_empty_signature',
      'v2_json_instead',
      'v2_entity_bomb',
      'external_entity',
      'wrong_amount',
      'wrong_appid',
      'wrong_mchid',
      'wrong_currency',
      'wrong_payer',
      'payment_failed',
      'cancelled',
      'lost_client',
      'refund_abnormal',
      'refund_closed',
      'refund_wrong_amount',
      'refund_wrong_mchid',
    ].sort(),
  )
}, 60_000)

it('a server may say no to a repeated refund, as long as it refunds once', async () => {
  const flaws: Flaw[] = ['says no to a repeated refund']
  const report = await check({ channel: 'v2', flaws, only: ['refund_repeated'] })
  expect(idsOf(report, 'passed')).toEqual(['refund_repeated'])
})

it('a server that nobody told how to refund is not blamed for it, and it is said', async () => {
  const only = checksOf('v2').filter((id) => id.includes('refund'))
  const report = await check({ channel: 'v2', only, canRefund: false })
  expect(only.length).toBeGreaterThan(15)
  expect(idsOf(report, 'skipped')).toEqual([...only].sort())
  expect(new Set(report.results.map(({ detail }) => detail))).toEqual(
    new Set(['no --refund-url was given']),
  )
  expect(summaryLine(report)).toBe(`v2: 0 passed, 0 failed, ${only.length} skipped`)
})
