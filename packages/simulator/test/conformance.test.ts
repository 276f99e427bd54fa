import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { XMLParser } from 'fast-xml-parser'
import type { MerchantCalls } from '../src/conformance/merchant.ts'
import { hasFailed, resultLine, toJson, toJunit } from '../src/conformance/report.ts'
import { CHECKS, runChecks, type Report } from '../src/conformance/run.ts'
import { startSimulator, type Simulator } from '../src/simulator.ts'
import { ACCOUNT } from './account.ts'
import { startSomebodysServer, type Flaw } from './somebodys-server.ts'

let simulator: Simulator

beforeEach(async () => {
  simulator = await startSimulator({ account: ACCOUNT })
})
afterEach(() => simulator.close())

function callsTo(url: string): MerchantCalls {
  const get = { method: 'GET', url: `${url}/orders/{orderId}`, headers: {}, body: null }
  return {
    login: null,
    prepay: {
      method: 'POST',
      url: `${url}/orders`,
      headers: {},
      body: '{"orderId":"{orderId}","openid":"{openid}","fen":"{amount}"}',
    },
    paymentPath: null,
    order: get,
    paidWhen: null,
    confirm: { ...get, method: 'POST', url: `${url}/confirm/{orderId}` },
  }
}

interface Options {
  readonly flaws?: readonly Flaw[]
  readonly only?: readonly string[]
  readonly closesAtOnce?: boolean
  readonly patienceMs?: number
}

async function check({ only, patienceMs = 20_000, ...server }: Options): Promise<Report> {
  const merchant = await startSomebodysServer(simulator, server)
  try {
    return await runChecks({
      simulator,
      calls: callsTo(merchant.url),
      amountFen: 101,
      notifyUrl: null,
      patienceMs,
      ...(only && { only }),
    })
  } finally {
    await merchant.close()
  }
}

const idsOf = ({ results }: Report, wanted: string) =>
  results.filter(({ outcome }) => outcome === wanted).map(({ id }) => id)

const V2_CHECKS = Object.entries(CHECKS)
  .filter(([, { channel }]) => channel !== 'v3')
  .map(([id]) => id)
const EXCEPT_CLOSING = V2_CHECKS.filter((id) => id !== 'late_payment')

describe('a server without a flaw', { timeout: 60_000 }, () => {
  it('passes every check', async () => {
    const report = await check({ only: EXCEPT_CLOSING })
    expect(idsOf(report, 'failed')).toEqual([])
    expect(idsOf(report, 'passed').sort()).toEqual([...EXCEPT_CLOSING].sort())
    expect(hasFailed(report)).toBe(false)
  })

  it('passes the check of a payment after the close', async () => {
    const report = await check({ only: ['late_payment'], closesAtOnce: true })
    expect(report.results).toMatchObject([{ id: 'late_payment', outcome: 'passed' }])
  })

  it('is paid by no forgery, and WeChat says so, too', async () => {
    const only = ['wrong_amount', 'v2_wrong_key']
    const report = await check({ only })
    expect(idsOf(report, 'passed')).toHaveLength(only.length)
    const paid = [...simulator.platform.orders.values()].map((order) => order.transactions.length)
    expect(paid.filter((count) => count > 1)).toEqual([])
    expect(simulator.platform.transactions.size).toBe(only.length)
  })

  it('is not blamed for what it was not asked to do', async () => {
    const report = await check({ only: ['late_payment'], patienceMs: 100 })
    expect(report.results).toMatchObject([{ id: 'late_payment', outcome: 'skipped' }])
  })
})

it('a server that believes everything fails what it should, and nothing else', async () => {
  const flaws: Flaw[] = [
    'reads by pattern',
    'checks no signature',
    'takes any amount',
    'takes any appid',
    'takes any merchant',
    'takes any currency',
    'believes return_code',
    'believes the phone',
    'never asks WeChat',
  ]
  const report = await check({ flaws, only: EXCEPT_CLOSING, patienceMs: 500 })
  expect(idsOf(report, 'failed').sort()).toEqual(
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
      'payment_failed',
      'cancelled',
      'lost_client',
    ].sort(),
  )
}, 60_000)

const CAUGHT_BY = {
  'falls over entities': 'v2_entity_bomb',
  'checks no signature': 'v2_wrong_key',
  'checks a signature if there is one': 'v2_unsigned',
  'takes any amount': 'wrong_amount',
  'takes any appid': 'wrong_appid',
  'takes any merchant': 'wrong_mchid',
  'takes any currency': 'wrong_currency',
  'believes return_code': 'payment_failed',
  'refuses copies': 'duplicate',
  'fails when two come at once': 'parallel_duplicates',
  'refuses a second payment': 'second_transaction',
  'answers SUCCESS without XML': 'acknowledged_in_form',
  'answers late': 'answers_in_time',
  'fetches entities': 'external_entity',
  'never asks WeChat': 'query_after_ok',
  'believes the phone': 'cancelled',
  'signs with the wrong type': 'second_signature',
  'places yuan': 'amount_as_asked',
  'places a new order for a repeat': 'repeat_is_one_order',
  'is paid when placed': 'unpaid_before_payment',
  'drops what it does not know': 'unknown_order',
  'refuses late payments': 'late_payment',
} as const satisfies Record<Exclude<Flaw, 'reads by pattern'>, string>

describe('a server with one flaw', { timeout: 60_000 }, () => {
  it.each(Object.entries(CAUGHT_BY) as [Flaw, string][])('that %s fails %s', async (flaw, id) => {
    const only = id === 'answers_in_time' ? ['good_notification', id] : [id]
    const closesAtOnce = flaw === 'refuses late payments'
    const report = await check({ flaws: [flaw], only, closesAtOnce, patienceMs: 500 })
    expect(idsOf(report, 'failed')).toContain(id)
  })
})

it('a server that places nothing ends the run with what it answered', async () => {
  const calls = callsTo('http://127.0.0.1:9')
  const run = runChecks({ simulator, calls, amountFen: 1, notifyUrl: null, patienceMs: 0 })
  await expect(run).rejects.toThrow('POST http://127.0.0.1:9/orders was not answered')
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
