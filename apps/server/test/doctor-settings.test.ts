import { OPERATOR_SCOPES } from '@dashang/shared/contracts/route'
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createPublicKey, generateKeyPairSync } from 'node:crypto'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { makeCertificates } from '@dashang/simulator'
import { afterAll, describe, expect, it } from 'vitest'
import { examine } from '../src/doctor/examine.ts'
import { LANGUAGES } from '../src/doctor/finding.ts'
import { FINDINGS, type FindingCode } from '../src/doctor/findings.ts'
import type { PAYMENT_FINDINGS } from '../src/doctor/findings/payment.ts'
import type { REACH_FINDINGS } from '../src/doctor/findings/reach.ts'
import { describeDiagnosis, languagesFor, writeDiagnosis } from '../src/doctor/print.ts'
import { readSituation, type Settings } from '../src/doctor/situation.ts'
import curve from './support/elliptic-curve.json' with { type: 'json' }

const MCHID = '1900007291'
const [own, wechat] = await Promise.all([makeCertificates(MCHID), makeCertificates('WeChat Pay')])
const publicKey = (modulusLength = 2048) =>
  generateKeyPairSync('rsa', { modulusLength }).publicKey.export({ type: 'spki', format: 'pem' })
const theirKey = publicKey().toString()
const keysOf = (...keys: { id: string; key: string }[]) => JSON.stringify(keys)
const KEY_ID = 'PUB_KEY_ID_0119000072912026010100000001'

const folder = await mkdtemp(join(tmpdir(), 'dashang-doctor-'))
const keyFile = join(folder, 'apiclient_key.pem')
await writeFile(keyFile, own.merchantKey)
await chmod(keyFile, 0o644)
afterAll(() => rm(folder, { recursive: true }))

const operator = { name: 'li', token: 't'.repeat(32), scopes: OPERATOR_SCOPES }

/** A merchant who has done everything right, on the real hosts. */
const HEALTHY: Settings = {
  PUBLIC_URL: 'https://tips.example.com',
  DATABASE_URL: 'postgresql://127.0.0.1/dashang',
  SESSION_SECRET: '5e55101e5ec4e75e55101e5ec4e75e55101e5ec4e7',
  WECHAT_APPID: 'wxd678ef4567891234',
  WECHAT_APP_SECRET: 'a99a99a99a99a99a99a99a99a99a99a9',
  WECHAT_PAY_MCHID: MCHID,
  WECHAT_PAY_CHANNEL: 'v3',
  WECHAT_PAY_V2_KEY: 'v2v2v2v2v2v2v2v2v2v2v2v2v2v2v2v2',
  WECHAT_PAY_V3_KEY: 'v3v3v3v3v3v3v3v3v3v3v3v3v3v3v3v3',
  WECHAT_PAY_CLIENT_CERT: own.merchantCert,
  WECHAT_PAY_CLIENT_KEY: own.merchantKey,
  WECHAT_PAY_PUBLIC_KEYS: keysOf({ id: KEY_ID, key: theirKey }),
  WECHAT_PAY_PLATFORM_CERTIFICATES: JSON.stringify([wechat.merchantCert]),
  WECHAT_PAY_BACKUP_BASE_URL: 'https://api2.mch.weixin.qq.com',
  OPERATORS: JSON.stringify([operator]),
}

const NOW = new Date()
const later = (days: number) => new Date(NOW.getTime() + days * 86_400_000)
const diagnose = (changes: Settings, now = NOW) =>
  examine(readSituation({ ...HEALTHY, ...changes }, now))

interface Case {
  readonly at: string
  readonly changes?: Settings
  readonly now?: Date
}

const withKey = (key: string, id = KEY_ID) => ({ WECHAT_PAY_PUBLIC_KEYS: keysOf({ id, key }) })

/** What provokes each finding, and the setting that is named. */
const CASES = {
  setting_missing: { at: 'WECHAT_APP_SECRET', changes: { WECHAT_APP_SECRET: undefined } },
  setting_placeholder: {
    at: 'SESSION_SECRET',
    changes: { SESSION_SECRET: 'replace-me'.repeat(4) },
  },
  setting_refused: { at: 'PORT', changes: { PORT: '80a' } },
  appid_shape: { at: 'WECHAT_APPID', changes: { WECHAT_APPID: 'gh_d678ef456789' } },
  app_secret_shape: { at: 'WECHAT_APP_SECRET', changes: { WECHAT_APP_SECRET: 'a99' } },
  mchid_shape: { at: 'WECHAT_PAY_MCHID', changes: { WECHAT_PAY_MCHID: `${MCHID}@1` } },
  session_secret_short: { at: 'SESSION_SECRET', changes: { SESSION_SECRET: 's'.repeat(31) } },
  secret_used_twice: {
    at: 'WECHAT_PAY_V3_KEY',
    changes: { WECHAT_PAY_V3_KEY: HEALTHY['WECHAT_PAY_V2_KEY'] },
  },
  v2_key_missing: {
    at: 'WECHAT_PAY_V2_KEY',
    changes: { WECHAT_PAY_CHANNEL: 'v2', WECHAT_PAY_V2_KEY: undefined },
  },
  v2_key_shape: { at: 'WECHAT_PAY_V2_KEY', changes: { WECHAT_PAY_V2_KEY: `${'k'.repeat(31)}\n` } },
  v3_key_missing: { at: 'WECHAT_PAY_V3_KEY', changes: { WECHAT_PAY_V3_KEY: undefined } },
  v3_key_length: { at: 'WECHAT_PAY_V3_KEY', changes: { WECHAT_PAY_V3_KEY: 'k'.repeat(31) } },
  v3_key_shape: { at: 'WECHAT_PAY_V3_KEY', changes: { WECHAT_PAY_V3_KEY: `${'k'.repeat(31)}\n` } },
  certificate_missing: {
    at: 'WECHAT_PAY_CLIENT_CERT',
    changes: { WECHAT_PAY_CLIENT_CERT: undefined },
  },
  certificate_unreadable: {
    at: 'WECHAT_PAY_CLIENT_CERT',
    changes: { WECHAT_PAY_CLIENT_CERT: '/nowhere/apiclient_cert.pem' },
  },
  private_key_unreadable: {
    at: 'WECHAT_PAY_CLIENT_KEY',
    changes: { WECHAT_PAY_CLIENT_KEY: own.merchantKey.slice(0, 100) },
  },
  private_key_other: {
    at: 'WECHAT_PAY_CLIENT_KEY',
    changes: { WECHAT_PAY_CLIENT_KEY: wechat.merchantKey },
  },
  private_key_open: { at: 'WECHAT_PAY_CLIENT_KEY', changes: { WECHAT_PAY_CLIENT_KEY: keyFile } },
  certificate_weak: {
    at: 'WECHAT_PAY_CLIENT_CERT',
    changes: { WECHAT_PAY_CLIENT_CERT: curve.certificate },
  },
  certificate_expired: { at: 'WECHAT_PAY_CLIENT_CERT', now: later(3651) },
  certificate_expiring: { at: 'WECHAT_PAY_CLIENT_CERT', now: later(3600) },
  certificate_of_other_merchant: {
    at: 'WECHAT_PAY_CLIENT_CERT',
    changes: { WECHAT_PAY_MCHID: '1900000009' },
  },
  serial_other: {
    at: 'WECHAT_PAY_MERCHANT_SERIAL',
    changes: { WECHAT_PAY_MERCHANT_SERIAL: '5DEA10EF55877E3CF6C33255C2E7DEFFF7E427EC' },
  },
  public_keys_unreadable: {
    at: 'WECHAT_PAY_PUBLIC_KEYS',
    changes: { WECHAT_PAY_PUBLIC_KEYS: theirKey },
  },
  public_key_id_shape: { at: 'WECHAT_PAY_PUBLIC_KEYS', changes: withKey(theirKey, 'PUB_KEY') },
  public_key_wrong: { at: 'WECHAT_PAY_PUBLIC_KEYS', changes: withKey(wechat.merchantCert) },
  public_key_own: { at: 'WECHAT_PAY_PUBLIC_KEYS', changes: withKey(publicHalf(own.merchantKey)) },
  platform_certificates_unreadable: {
    at: 'WECHAT_PAY_PLATFORM_CERTIFICATES',
    changes: { WECHAT_PAY_PLATFORM_CERTIFICATES: JSON.stringify([theirKey]) },
  },
  platform_certificate_expired: { at: 'WECHAT_PAY_PLATFORM_CERTIFICATES', now: later(3651) },
  public_url_shape: { at: 'PUBLIC_URL', changes: { PUBLIC_URL: 'https://tips.example.com/?a=1' } },
  public_url_without_tls: { at: 'PUBLIC_URL', changes: { PUBLIC_URL: 'http://tips.example.com' } },
  public_url_local: { at: 'PUBLIC_URL', changes: { PUBLIC_URL: 'https://192.168.1.2' } },
  public_url_port: { at: 'PUBLIC_URL', changes: { PUBLIC_URL: 'https://tips.example.com:8' } },
  hosts_mixed: {
    at: 'WECHAT_PAY_MTLS_BASE_URL',
    changes: { WECHAT_PAY_MTLS_BASE_URL: 'https://127.0.0.1:4443' },
  },
  host_foreign: {
    at: 'WECHAT_PAY_BASE_URL',
    changes: { WECHAT_PAY_BASE_URL: 'https://api.mch.wexin.qq.com' },
  },
  host_without_tls: {
    at: 'WECHAT_API_BASE_URL',
    changes: { WECHAT_API_BASE_URL: 'http://api.weixin.qq.com' },
  },
  refund_host_without_tls: {
    at: 'WECHAT_PAY_MTLS_BASE_URL',
    changes: { WECHAT_PAY_MTLS_BASE_URL: 'http://api.mch.weixin.qq.com' },
  },
  backup_host_same: {
    at: 'WECHAT_PAY_BACKUP_BASE_URL',
    changes: { WECHAT_PAY_BACKUP_BASE_URL: 'https://api.mch.weixin.qq.com' },
  },
  extra_root: { at: 'WECHAT_PAY_CA_CERT', changes: { WECHAT_PAY_CA_CERT: own.caCert } },
  database_embedded: { at: 'DATABASE_URL', changes: { DATABASE_URL: undefined } },
  tip_limits: { at: 'TIP_MAX_FEN', changes: { TIP_MIN_FEN: '200', TIP_MAX_FEN: '100' } },
  tip_description_long: { at: 'TIP_DESCRIPTION', changes: { TIP_DESCRIPTION: '赏'.repeat(43) } },
  follow_up_wrong: { at: 'FOLLOW_UP_SECONDS', changes: { FOLLOW_UP_SECONDS: '60,30' } },
  follow_up_early: { at: 'FOLLOW_UP_SECONDS', changes: { FOLLOW_UP_SECONDS: '5,30' } },
  operators_wrong: { at: 'OPERATORS', changes: { OPERATORS: '[' } },
  operators_none: {
    at: 'OPERATORS',
    changes: { OPERATORS: JSON.stringify([{ ...operator, scopes: OPERATOR_SCOPES.slice(1) }]) },
  },
  proxies_trust_all: { at: 'TRUSTED_PROXIES', changes: { TRUSTED_PROXIES: '10.0.0.1,0.0.0.0/0' } },
} as const satisfies Record<
  Exclude<FindingCode, keyof typeof REACH_FINDINGS | keyof typeof PAYMENT_FINDINGS>,
  Case
>

function publicHalf(privateKey: string): string {
  return createPublicKey(privateKey).export({ type: 'spki', format: 'pem' }).toString()
}

describe('the doctor, without a call', () => {
  it('finds nothing where everything is right', () => {
    const { findings, right } = diagnose({})
    expect(findings).toEqual([])
    expect(right).toBeGreaterThan(30)
  })

  it('has nothing against a simulator near here', () => {
    const url = 'http://simulator:4000'
    const changes = {
      PUBLIC_URL: 'http://127.0.0.1:3000',
      DATABASE_URL: undefined,
      WECHAT_API_BASE_URL: url,
      WECHAT_PAY_BASE_URL: url,
      WECHAT_PAY_BACKUP_BASE_URL: undefined,
      WECHAT_PAY_MTLS_BASE_URL: 'https://simulator:4443',
      WECHAT_PAY_CA_CERT: own.caCert,
      WECHAT_APP_SECRET: 'simulator-app-secret',
    }
    expect(diagnose(changes).findings).toEqual([])
  })

  it.each(Object.entries<Case>(CASES))('finds %s', (code, { at, changes = {}, now }) => {
    const { findings } = diagnose(changes, now)
    const found = findings.filter((finding) => finding.code === code)
    expect(found.map((finding) => finding.at)).toEqual([at])
  })

  it('finds everything at once, also where the server would stop at the first', () => {
    const changes = { PORT: '80a', WECHAT_APPID: 'gh_1', TIP_MIN_FEN: '9', TIP_MAX_FEN: '1' }
    const codes = diagnose({ ...changes, WECHAT_PAY_V3_KEY: 'short' }).findings.map((f) => f.code)
    expect(codes.sort()).toEqual(['appid_shape', 'setting_refused', 'tip_limits', 'v3_key_length'])
  })

  it('says where each of two wrong keys stands', () => {
    const other = { id: `${KEY_ID}2`, key: publicKey(1024).toString() }
    const list = keysOf({ id: KEY_ID, key: theirKey }, other)
    const { findings } = diagnose({ WECHAT_PAY_PUBLIC_KEYS: list })
    expect(findings).toEqual([
      { code: 'public_key_wrong', at: 'WECHAT_PAY_PUBLIC_KEYS', detail: '#2' },
    ])
  })
})

describe('what it says', () => {
  const all = Object.values<Case>(CASES).map(({ changes = {}, now }) => diagnose(changes, now))
  const texts = all.flatMap((each) => [describeDiagnosis(each, LANGUAGES), writeDiagnosis(each)])

  it('never holds a secret, nor a part of one', () => {
    const secrets = Object.entries(HEALTHY).flatMap(([name, value = '']) =>
      /SECRET|_KEY$|OPERATORS/.test(name) ? value.split('\n') : [],
    )
    const telling = [...secrets, operator.token].filter((part) => /^[\w+/=]{30,}$/.test(part))
    expect(telling.length).toBeGreaterThan(20)
    for (const secret of telling) {
      expect(texts.filter((text) => text.includes(secret.slice(0, 16)))).toEqual([])
    }
  })

  it.each(Object.entries(FINDINGS))('%s is told whole in both languages', (_, { zh, en }) => {
    for (const text of Object.values(zh)) expect(text).toMatch(/\p{Script=Han}.*[。？]$/u)
    for (const text of Object.values(en)) expect(text).toMatch(/^[^\p{Script=Han}]+[.?]$/u)
  })

  it('is in the language of who asks, and in both where that is not known', () => {
    expect(languagesFor('zh_CN.UTF-8')).toEqual(['zh'])
    expect(languagesFor('en_GB.UTF-8')).toEqual(['en'])
    expect(languagesFor('C.UTF-8')).toEqual(['zh', 'en'])
    expect(languagesFor(undefined)).toEqual(['zh', 'en'])
  })

  it('ends with a card', () => {
    const { right } = diagnose({})
    expect(describeDiagnosis(diagnose({}), ['en'])).toMatch(
      new RegExp(`^─+\\n✓ ${right} right, 0 to mend\\n─+$`),
    )
    const wrong = describeDiagnosis(diagnose({ WECHAT_APPID: 'gh_1' }), ['zh'])
    expect(wrong).toContain('✗ WECHAT_APPID  [appid_shape]\n  这不是小程序的 AppID。')
    expect(wrong).toMatch(/\n✗ \d+ 项正确，1 项要改\n─+$/)
  })
})
