import type { Distrust } from '@dashang/shared/signing/v3/verify'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { FAULTS, type FaultName } from '../src/fault-table.ts'
import { isFaultRule } from '../src/fault-rule.ts'
import { startSimulator, type Simulator } from '../src/simulator.ts'
import { ACCOUNT } from './account.ts'
import { expectDone, expectNoAnswer, type Proof } from './call-proofs.ts'
import type { RawAnswer } from './call-targets.ts'
import { V3_CALL_TARGETS, type V3CallName } from './v3-call-targets.ts'
import { verdictOf } from './v3-merchant.ts'

let simulator: Simulator

beforeEach(async () => {
  simulator = await startSimulator({ account: ACCOUNT })
})
afterEach(() => simulator.close())

const isGood = ({ status }: RawAnswer) => status === 200 || status === 204

const answers =
  (status: number, body: RegExp): Proof =>
  async (target) => {
    const answer = await target.send()
    expect(answer).toMatchObject({ status, isWhole: true })
    expect(answer.body).toMatch(body)
    expectDone(target, false)
  }

/** The work is done, and nobody may believe the answer, for this reason. */
const distrusted =
  (why: Distrust): Proof =>
  async (target) => {
    const answer = await target.send()
    expect(isGood(answer)).toBe(true)
    expect(verdictOf(simulator, answer)).toMatchObject({ kind: 'refused', why })
    expectDone(target, true)
  }

const refusedWith =
  (status: number, code: string, isDone = false): Proof =>
  async (target) => {
    const answer = await target.send()
    expect(answer.status).toBe(status)
    expect(JSON.parse(answer.body)).toMatchObject({ code })
    expectDone(target, isDone)
  }

const TRANSPORT = {
  timeout_before: async (target) => {
    await expectNoAnswer(simulator, target)
    expectDone(target, false)
  },
  timeout_after: async (target) => {
    await expectNoAnswer(simulator, target)
    expectDone(target, true)
  },
  cut_before: async (target) => {
    expect(await target.send()).toMatchObject({ status: null, body: '' })
    expectDone(target, false)
  },
  cut: async (target) => {
    const answer = await target.send()
    // A body of nothing cannot be cut: of a 204 the whole arrives.
    expect(answer.status === 204 || !answer.isWhole).toBe(true)
    expectDone(target, true)
  },
  slow: async (target) => {
    const answer = await target.send()
    expect(isGood(answer)).toBe(true)
    expect(answer.status === 204 || answer.pieces > 5).toBe(true)
    expectDone(target, true)
  },
  http_500: answers(500, /^<html>/),
  http_502: answers(502, /^<html>/),
  http_503: answers(503, /^$/),
  garbage: async (target) => {
    const answer = await target.send()
    expect(answer.status === 204 || answer.body.startsWith('<<neither')).toBe(true)
    expect(verdictOf(simulator, answer).kind === 'genuine').toBe(answer.status === 204)
    expectDone(target, true)
  },
} satisfies Record<string, Proof>

const CALL = {
  ...TRANSPORT,
  unsigned: distrusted('missing_header'),
  wrong_signature: distrusted('wrong_signature'),
  unknown_serial: distrusted('unknown_key'),
  stale: distrusted('stale'),
  signtest: distrusted('probe'),
  system_error: refusedWith(500, 'SYSTEM_ERROR'),
  service_unavailable: refusedWith(503, 'SERVICE_UNAVAILABLE'),
  frequency_limited: refusedWith(429, 'FREQUENCY_LIMITED'),
  ratelimit_exceeded: refusedWith(429, 'RATELIMIT_EXCEEDED'),
  limited_after: refusedWith(429, 'FREQUENCY_LIMITED', true),
  no_auth: refusedWith(403, 'NO_AUTH'),
} satisfies Record<string, Proof>

const REFUND = {
  ...CALL,
  refund_mch_not_exists: refusedWith(404, 'MCH_NOT_EXISTS'),
  not_enough: refusedWith(403, 'NOT_ENOUGH'),
  account_abnormal: refusedWith(403, 'USER_ACCOUNT_ABNORMAL'),
}

/** What each row means. A row without a proof does not compile. */
const PROOFS = {
  v3_jsapi: {
    ...CALL,
    mch_not_exists: refusedWith(400, 'MCH_NOT_EXISTS'),
    rule_limit: refusedWith(403, 'RULE_LIMIT'),
    trade_error: refusedWith(403, 'TRADE_ERROR'),
    account_error: refusedWith(403, 'ACCOUNT_ERROR'),
    bank_error: refusedWith(500, 'BANK_ERROR'),
  },
  v3_query: { ...CALL, order_not_exist: refusedWith(404, 'ORDER_NOT_EXIST') },
  v3_close: CALL,
  v3_refund: REFUND,
  v3_refund_query: { ...CALL, not_exists: refusedWith(404, 'RESOURCE_NOT_EXISTS') },
  v3_abnormal_refund: REFUND,
  v3_bill: {
    ...CALL,
    wrong_hash: async (target) => {
      const answer = await target.send()
      expect(verdictOf(simulator, answer).kind).toBe('genuine')
      expect(JSON.parse(answer.body)).toMatchObject({ hash_value: '0'.repeat(40) })
    },
  },
  v3_bill_file: {
    ...TRANSPORT,
    garbage: async (target) => {
      expect((await target.send()).body).toMatch(/^<<neither/)
    },
    system_error: refusedWith(500, 'SYSTEM_ERROR'),
    no_auth: refusedWith(403, 'NO_AUTH'),
    short: async (target) => {
      const answer = await target.send()
      expect(answer).toMatchObject({ status: 200, isWhole: true })
      expect(answer.body).not.toContain('总交易单数')
      expect((await target.send()).body).toContain('总交易单数')
    },
  },
  v3_certificates: CALL,
} satisfies { [Call in V3CallName]: Record<FaultName<Call>, Proof> }

describe.each(Object.keys(V3_CALL_TARGETS) as V3CallName[])('%s', (api) => {
  const proofs: Readonly<Record<string, Proof>> = PROOFS[api]

  it.each(Object.entries<string>(FAULTS[api]))('under the fault %s %s', async (fault) => {
    const target = await V3_CALL_TARGETS[api](simulator)
    const options = fault === 'slow' ? { seconds: 0.1 } : {}
    const rule = { on: api, fault, times: 1, ...options }
    if (!isFaultRule(rule)) throw new Error('no rule')
    simulator.faults.add(rule)
    await proofs[fault]?.(target)
    expect(simulator.faults.list().filter(({ on }) => on === api)).toEqual([])
  })
})
