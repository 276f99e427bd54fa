import { XMLParser } from 'fast-xml-parser'
import { describe, expect, it } from 'vitest'
import { resultLine, toJson, toJunit } from '../src/conformance/report.ts'
import { CHECKS, runChecks, type Report } from '../src/conformance/run.ts'
import { startSimulator } from '../src/simulator.ts'
import { ACCOUNT } from './account.ts'
import { callsTo } from './conformance-support.ts'

it('a server that places nothing fails that, and is not taken to the other checks', async () => {
  const simulator = await startSimulator({ account: ACCOUNT })
  const calls = callsTo('http://127.0.0.1:9')
  const run = { simulator, calls, amountFen: 1, notifyUrl: null, patienceMs: 0 }
  const told: string[] = []
  const { channel, results } = await runChecks({ ...run, onResult: ({ id }) => told.push(id) })
  expect(channel).toBeNull()
  const detail = expect.stringContaining(
    'POST http://127.0.0.1:9/orders was not answered',
  ) as string
  const [first, ...others] = results
  expect(first).toMatchObject({ id: 'order_placed', outcome: 'failed', detail })
  expect(others).toHaveLength(Object.keys(CHECKS).length - 1)
  expect(new Set(others.map(({ outcome }) => outcome))).toEqual(new Set(['skipped']))
  expect(told).toEqual(results.map(({ id }) => id))
  const { results: asked } = await runChecks({ ...run, only: ['wrong_amount'] })
  expect(asked.map(({ id, outcome }) => [id, outcome])).toEqual([
    ['order_placed', 'failed'],
    ['wrong_amount', 'skipped'],
  ])
  await simulator.close()
})

describe('the report', () => {
  const report: Report = {
    channel: 'v2',
    results: [
      { id: 'good_notification', outcome: 'passed', detail: 'in 3 ms', tookMs: 10 },
      { id: 'wrong_amount', outcome: 'failed', detail: 'a "]]>" & \u0000', tookMs: 5 },
      { id: 'late_payment', outcome: 'skipped', detail: 'nothing closed', tookMs: 1 },
    ],
  }

  it('says for a failure what was seen, why it matters and what mends it', () => {
    const [, failed] = report.results.map(resultLine)
    expect(failed).toMatch(/^✗ wrong_amount: .+\n {4}a .+\n {4}why {2}.+\n {4}fix {2}.+$/)
  })

  it('is JSON with every word', () => {
    expect(JSON.parse(toJson(report))).toMatchObject({
      channel: 'v2',
      results: [
        {},
        { id: 'wrong_amount', outcome: 'failed', fix: CHECKS['wrong_amount']?.fix },
        {},
      ],
    })
  })

  it('is JUnit XML that a build server reads', () => {
    const read: unknown = new XMLParser({ ignoreAttributes: false }).parse(toJunit(report))
    expect(read).toMatchObject({
      testsuite: {
        '@_tests': '3',
        '@_failures': '1',
        '@_skipped': '1',
        testcase: [
          {},
          { failure: { '@_message': expect.stringContaining('a "]]>" &') as string } },
          { skipped: {} },
        ],
      },
    })
  })
})
