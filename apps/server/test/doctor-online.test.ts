import { generateKeyPairSync } from 'node:crypto'
import { createServer } from 'node:http'
import { signed } from '@dashang/shared/signing/v2'
import { writeXml } from '@dashang/shared/signing/xml'
import { makeCertificates, startSimulator, type Simulator } from '@dashang/simulator'
import getPort from 'get-port'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { FindingCode } from '../src/doctor/findings.ts'
import type { PAYMENT_FINDINGS } from '../src/doctor/findings/payment.ts'
import type { REACH_FINDINGS } from '../src/doctor/findings/reach.ts'
import { examineOnline } from '../src/doctor/online/examine.ts'
import { readSituation, type Settings } from '../src/doctor/situation.ts'
import { ACCOUNT, testEnvironment } from './support/config.ts'

/** Clock, login, v2, v3 and the key of WeChat Pay. */
const CHECKS = 5
const MINUTE_MS = 60_000

let simulator: Simulator
let impostor: { url: string; close: () => void }
const other = await makeCertificates('1900000002')
const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
const otherKey = publicKey.export({ type: 'spki', format: 'pem' }).toString()

beforeAll(async () => {
  simulator = await startSimulator({ account: ACCOUNT })
  impostor = await startImpostor()
})
afterAll(async () => {
  impostor.close()
  await simulator.close()
})
afterEach(() => {
  simulator.faults.clear()
  simulator.keys.setMode('public_key')
})

/** Whoever sits between us and WeChat, and has no key. */
async function startImpostor() {
  const key = { key: '0'.repeat(32), signType: 'HMAC-SHA256' } as const
  const success = { return_code: 'SUCCESS', result_code: 'SUCCESS', trade_state: 'SUCCESS' }
  const server = createServer(({ url = '' }, response) => {
    const isV3 = url.startsWith('/v3/')
    response.end(isV3 ? '{"trade_state":"SUCCESS"}' : writeXml(signed(success, key)))
  })
  const port = await getPort({ host: '127.0.0.1' })
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  return { url: `http://127.0.0.1:${port}`, close: () => void server.close() }
}

const realNow = () => new Date()

/** As `doctor --online` does, against this simulator with these changes. */
function diagnose(changes: Settings = {}, now = realNow) {
  const environment: Settings = { ...testEnvironment(simulator, 3000), ...changes }
  return examineOnline(readSituation(environment, now()), now)
}

/** By certificates, as merchants of before do. */
function useCertificates(changes: Settings = {}): Settings {
  simulator.keys.setMode('certificate')
  return { WECHAT_PAY_PUBLIC_KEYS: undefined, ...changes }
}

interface Case {
  readonly at: string
  readonly arrange?: () => Settings
  readonly now?: () => Date
}

const fail = (...[rule]: Parameters<Simulator['faults']['add']>) => {
  simulator.faults.add(rule)
  return {}
}

/** What provokes each finding, and what is named. */
const CASES = {
  host_silent: {
    at: 'WECHAT_API_BASE_URL',
    arrange: () => ({ WECHAT_API_BASE_URL: 'http://127.0.0.1:9' }),
  },
  clock_wrong: { at: 'host', now: () => new Date(Date.now() + 2 * MINUTE_MS) },
  appid_unknown: {
    at: 'WECHAT_APPID',
    arrange: () => ({ WECHAT_APPID: 'wxffffffffffffffff' }),
  },
  app_secret_wrong: {
    at: 'WECHAT_APP_SECRET',
    arrange: () => ({ WECHAT_APP_SECRET: 'another-secret' }),
  },
  login_odd: {
    at: 'WECHAT_API_BASE_URL',
    arrange: () => fail({ on: 'jscode2session', fault: 'busy' }),
  },
  v2_rejected: {
    at: 'WECHAT_PAY_V2_KEY',
    arrange: () => ({ WECHAT_PAY_V2_KEY: 'x'.repeat(32) }),
  },
  v2_untrusted: {
    at: 'WECHAT_PAY_V2_KEY',
    arrange: () => ({ WECHAT_PAY_BASE_URL: impostor.url }),
  },
  v2_refused: {
    at: 'WECHAT_APPID',
    arrange: () => ({ WECHAT_APPID: 'wxffffffffffffffff' }),
  },
  v3_signature_refused: {
    at: 'WECHAT_PAY_CLIENT_KEY',
    arrange: () => ({ WECHAT_PAY_CLIENT_KEY: other.merchantKey }),
  },
  v3_untrusted: {
    at: 'WECHAT_PAY_PUBLIC_KEYS',
    arrange: () => ({
      WECHAT_PAY_PUBLIC_KEYS: JSON.stringify([{ id: simulator.v3().publicKeyId, key: otherKey }]),
    }),
  },
  v3_refused: {
    at: 'WECHAT_PAY_MCHID',
    arrange: () => fail({ on: 'v3_query', fault: 'no_auth' }),
  },
  v3_key_wrong: {
    at: 'WECHAT_PAY_V3_KEY',
    arrange: () => useCertificates({ WECHAT_PAY_V3_KEY: 'x'.repeat(32) }),
  },
  public_key_needed: {
    at: 'WECHAT_PAY_PUBLIC_KEYS',
    arrange: () => ({ WECHAT_PAY_PUBLIC_KEYS: undefined }),
  },
} as const satisfies Record<
  Extract<FindingCode, keyof typeof REACH_FINDINGS | keyof typeof PAYMENT_FINDINGS>,
  Case
>

describe('the doctor, with calls', () => {
  it('finds nothing where everything is right', async () => {
    expect(await diagnose()).toEqual({ right: CHECKS, findings: [] })
  })

  it('finds nothing with platform certificates either', async () => {
    expect(await diagnose(useCertificates())).toEqual({ right: CHECKS, findings: [] })
  })

  it.each(Object.entries<Case>(CASES))('finds %s', async (code, { at, arrange, now }) => {
    const { findings } = await diagnose(arrange?.(), now)
    const found = findings.filter((finding) => finding.code === code)
    const expected = at === 'host' ? new URL(simulator.url).host : at
    expect(found.map((finding) => finding.at)).toEqual([expected])
  })

  it('leaves nothing behind', async () => {
    await diagnose()
    expect([...simulator.platform.orders.keys()]).toEqual([])
    expect([...simulator.platform.refunds.keys()]).toEqual([])
  })

  it('says once that a host is silent, whatever it was asked', async () => {
    const nowhere = {
      WECHAT_API_BASE_URL: 'http://127.0.0.1:9',
      WECHAT_PAY_BASE_URL: 'http://127.0.0.1:9',
    }
    const { right, findings } = await diagnose(nowhere)
    expect(right).toBe(0)
    expect(findings).toMatchObject([
      { code: 'host_silent', at: 'WECHAT_PAY_BASE_URL', detail: '127.0.0.1:9: unreachable' },
      { code: 'host_silent', at: 'WECHAT_API_BASE_URL', detail: '127.0.0.1:9: unreachable' },
    ])
  })

  it('asks what can be asked where the rest is missing', async () => {
    const changes = { WECHAT_PAY_CLIENT_KEY: undefined, WECHAT_PAY_V2_KEY: undefined }
    expect(await diagnose(changes)).toEqual({ right: 2, findings: [] })
  })

  it('does not believe an impostor who answers everything with success', async () => {
    const { findings } = await diagnose({ WECHAT_PAY_BASE_URL: impostor.url })
    expect(findings.map(({ code }) => code)).toEqual(['v2_untrusted', 'v3_refused', 'v3_untrusted'])
  })

  it.each([45, -45])('puts up with a clock that is %d seconds off', async (seconds) => {
    const now = () => new Date(Date.now() + seconds * 1000)
    const { findings } = await diagnose({}, now)
    expect(findings.filter(({ code }) => code === 'clock_wrong')).toEqual([])
  })
})
