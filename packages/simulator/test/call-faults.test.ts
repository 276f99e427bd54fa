import { isSignedBy } from '@dashang/shared/signing/v2'
import { parseXml } from '@dashang/shared/signing/xml'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { FAULTS, type FaultName } from '../src/fault-table.ts'
import { isFaultRule } from '../src/fault-rule.ts'
import { startSimulator, type Simulator } from '../src/simulator.ts'
import { ACCOUNT } from './account.ts'
import { expectDone, expectNoAnswer, type Proof } from './call-proofs.ts'
import { CALL_TARGETS, type CallName } from './call-targets.ts'

let simulator: Simulator

beforeEach(async () => {
  simulator = await startSimulator({ account: ACCOUNT })
})
afterEach(() => simulator.close())

const answers =
  (status: number, body: RegExp, isDone: boolean): Proof =>
  async (target) => {
    const answer = await target.send()
    expect(answer).toMatchObject({ status, isWhole: true })
    expect(answer.body).toMatch(body)
    expectDone(target, isDone)
  }
const errcode = (code: number) => answers(200, new RegExp(`"errcode":${code},`), false)

const signedAs =
  (expected: boolean): Proof =>
  async (target) => {
    const fields = parseXml((await target.send()).body)
    expect(fields['result_code']).toBe('SUCCESS')
    expect(isSignedBy(fields, { key: ACCOUNT.v2Key, signType: 'HMAC-SHA256' })).toBe(expected)
    expectDone(target, true)
  }

const refusedWith =
  (code: string, isDone = false): Proof =>
  async (target) => {
    const fields = parseXml((await target.send()).body)
    expect(fields).toMatchObject({ result_code: 'FAIL', err_code: code })
    expect(isSignedBy(fields, { key: ACCOUNT.v2Key, signType: 'HMAC-SHA256' })).toBe(true)
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
    const { status, body, isWhole } = await target.send()
    expect(status).toBe(200)
    expect(body).not.toBe('')
    expect(isWhole).toBe(false)
    expectDone(target, true)
  },
  slow: async (target) => {
    const { status, isWhole, pieces } = await target.send()
    expect({ status, isWhole }).toEqual({ status: 200, isWhole: true })
    expect(pieces).toBeGreaterThan(5)
    expectDone(target, true)
  },
  http_500: answers(500, /^<html>/, false),
  http_502: answers(502, /^<html>/, false),
  http_503: answers(503, /^$/, false),
  garbage: answers(200, /^<<neither/, true),
} satisfies Record<string, Proof>

const V2 = {
  ...TRANSPORT,
  unsigned: signedAs(false),
  wrong_signature: signedAs(false),
  system_error: refusedWith('SYSTEMERROR'),
  frequency_limited: refusedWith('FREQUENCY_LIMITED'),
} satisfies Record<string, Proof>

const MINI_PROGRAM = { ...TRANSPORT, busy: errcode(-1), too_often: errcode(45011) }
const TOKEN = {
  ...MINI_PROGRAM,
  quota: errcode(45009),
  ip_refused: errcode(40164),
  barred: errcode(50007),
  forbidden: errcode(50004),
}
const TOKEN_CALL = {
  ...MINI_PROGRAM,
  quota: errcode(45009),
  token_invalid: errcode(40001),
  token_expired: errcode(42001),
}

/** What each row of a call means. A row without a proof does not compile. */
const PROOFS = {
  jscode2session: { ...MINI_PROGRAM, risk: errcode(40226) },
  token: TOKEN,
  stable_token: TOKEN,
  checksession: TOKEN_CALL,
  msg_sec_check: {
    ...TOKEN_CALL,
    risky: answers(200, /"suggest":"risky"/, true),
    review: answers(200, /"suggest":"review"/, true),
  },
  subscribe_send: TOKEN_CALL,
  upload_shipping_info: {
    ...TOKEN_CALL,
    shipping_failed: errcode(10060012),
    shipping_busy: errcode(10060019),
  },
  get_order: TOKEN_CALL,
  is_trade_managed: TOKEN_CALL,
  is_trade_confirmed: TOKEN_CALL,
  unifiedorder: {
    ...V2,
    no_auth: refusedWith('NOAUTH'),
    user_not_enough: refusedWith('NOTENOUGH'),
  },
  orderquery: V2,
  closeorder: {
    ...V2,
    trade_state_error: refusedWith('TRADE_STATE_ERROR'),
    order_closed: refusedWith('ORDERCLOSED', true),
  },
  refund: {
    ...V2,
    not_enough: refusedWith('NOTENOUGH'),
    need_retry: refusedWith('BIZERR_NEED_RETRY'),
    no_auth: refusedWith('NOAUTH'),
    account_abnormal: refusedWith('USER_ACCOUNT_ABNORMAL'),
    business_error: refusedWith('ERROR'),
    too_many_invalid: refusedWith('INVALID_REQ_TOO_MUCH'),
  },
  refundquery: V2,
  downloadbill: {
    ...TRANSPORT,
    system_error: answers(200, /<error_code><!\[CDATA\[20100\]\]>/, false),
    no_auth: answers(200, /<error_code><!\[CDATA\[20007\]\]>/, false),
    system_timeout: answers(200, /<error_code><!\[CDATA\[100\]\]>/, false),
    compress_error: answers(200, /<error_code><!\[CDATA\[20003\]\]>/, false),
    short: answers(200, /交易时间[^总]*$/, false),
  },
  downloadfundflow: {
    ...TRANSPORT,
    system_error: answers(200, /<err_code><!\[CDATA\[SYSTEMERROR\]\]>/, false),
    no_auth: answers(200, /<err_code><!\[CDATA\[NOAUTH\]\]>/, false),
    short: answers(200, /记账时间[^总]*$/, false),
  },
} satisfies { [Call in CallName]: Record<FaultName<Call>, Proof> }

describe.each(Object.keys(CALL_TARGETS) as CallName[])('%s', (api) => {
  const proofs: Readonly<Record<string, Proof>> = PROOFS[api]

  it.each(Object.entries<string>(FAULTS[api]))('under the fault %s %s', async (fault) => {
    const target = await CALL_TARGETS[api](simulator)
    const options = fault === 'slow' ? { seconds: 0.1 } : {}
    const rule = { on: api, fault, times: 1, ...options }
    if (!isFaultRule(rule)) throw new Error('no rule')
    simulator.faults.add(rule)
    await proofs[fault]?.(target)
    expect(simulator.faults.list().filter(({ on }) => on === api)).toEqual([])
  })
})
