import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { makeCertificates, type Certificates } from '@dashang/simulator'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ConfigError, loadConfig } from './config.ts'

const COMPLETE = {
  SESSION_SECRET: 'session-secret-session-secret-00',
  WECHAT_APPID: 'wx0123456789abcdef',
  WECHAT_APP_SECRET: 'app-secret',
  WECHAT_PAY_BASE_URL: 'http://127.0.0.1:4000',
  WECHAT_PAY_MCHID: '1900000001',
  WECHAT_PAY_V2_KEY: 'v2-key-v2-key-v2-key-v2-key-v2-k',
}

function problemsOf(environment: Record<string, string | undefined>): string {
  try {
    loadConfig(environment)
  } catch (error) {
    if (error instanceof ConfigError) return error.message
    throw error
  }
  return 'none'
}

describe('loadConfig', () => {
  it('fills in what is not given', () => {
    expect(loadConfig(COMPLETE)).toMatchObject({
      PORT: 3000,
      HOST: '127.0.0.1',
      WECHAT_PAY_V2_SIGN_TYPE: 'HMAC-SHA256',
    })
    expect(loadConfig(COMPLETE)).not.toHaveProperty('DATABASE_URL')
  })

  it('reports every problem at once, by name, and never a value', () => {
    const problems = problemsOf({
      ...COMPLETE,
      PORT: '80a',
      SESSION_SECRET: 'short-secret',
      WECHAT_PAY_V2_KEY: 'short-key',
      WECHAT_APPID: undefined,
    })
    for (const name of [
      'PORT',
      'SESSION_SECRET',
      'WECHAT_PAY_V2_KEY',
      'WECHAT_APPID: is missing',
    ]) {
      expect(problems).toContain(name)
    }
    expect(problems).not.toMatch(/80a|short-/)
  })

  it.each([
    ['PORT', '-1'],
    ['PORT', '3000.5'],
    ['PORT', '70000'],
    ['PUBLIC_URL', 'example.com'],
    ['PUBLIC_URL', 'https://example.com/?x=1'],
    ['DATABASE_URL', 'mysql://localhost/x'],
    ['WECHAT_PAY_V2_SIGN_TYPE', 'SHA1'],
    ['WECHAT_TIMEOUT_MS', '5'],
    ['TIP_MAX_FEN', '0'],
    ['TIP_DESCRIPTION', '赏'.repeat(43)],
    ['LOG_LEVEL', 'loud'],
    ['FOLLOW_UP_SECONDS', '0,30'],
    ['FOLLOW_UP_SECONDS', '30,30'],
    ['FOLLOW_UP_SECONDS', '60,30'],
    ['FOLLOW_UP_SECONDS', '5,86401'],
    ['FOLLOW_UP_SECONDS', '5, 30'],
    ['FOLLOW_UP_SECONDS', Array.from({ length: 21 }, (_, i) => i + 1).join(',')],
    ['REFUSED_NOTIFICATIONS_KEPT', '0'],
    ['NOTIFICATION_BODY_DAYS', '1'],
    ['EVENT_DAYS', '365'],
  ])('refuses %s=%s', (name, value) => {
    expect(problemsOf({ ...COMPLETE, [name]: value })).toContain(`${name}:`)
  })

  it.each([
    ['what is not JSON', '{'],
    ['a short token', '[{"name":"li","token":"short","scopes":[]}]'],
    ['a scope that there is not', `[{"name":"li","token":"${'t'.repeat(32)}","scopes":["all"]}]`],
    [
      'one token for two',
      JSON.stringify(['li', 'wu'].map((name) => ({ name, token: 't'.repeat(32), scopes: [] }))),
    ],
  ])('refuses operators with %s, and quotes no token', (_, OPERATORS) => {
    const problems = problemsOf({ ...COMPLETE, OPERATORS })
    expect(problems).toContain('OPERATORS:')
    expect(problems).not.toMatch(/short|tttt/)
  })

  it('reads operators with their scopes', () => {
    const operators = [{ name: 'li', token: 't'.repeat(32), scopes: ['refunds'] }]
    expect(loadConfig({ ...COMPLETE, OPERATORS: JSON.stringify(operators) }).operators).toEqual(
      operators,
    )
  })

  it('reads when to ask about an order', () => {
    expect(loadConfig(COMPLETE).followUpSeconds).toEqual([5, 30, 60, 180, 300, 600, 1800])
    const FOLLOW_UP_SECONDS = '1,86400'
    expect(loadConfig({ ...COMPLETE, FOLLOW_UP_SECONDS }).followUpSeconds).toEqual([1, 86_400])
  })

  it('takes a name with nothing behind it for one that is not set', () => {
    expect(loadConfig({ ...COMPLETE, PORT: '', DATABASE_URL: '' }).PORT).toBe(3000)
    expect(problemsOf({ ...COMPLETE, WECHAT_APPID: '' })).toContain('WECHAT_APPID: is missing')
  })

  it('refuses limits that contradict each other', () => {
    expect(problemsOf({ ...COMPLETE, TIP_MIN_FEN: '200', TIP_MAX_FEN: '100' })).toContain(
      'TIP_MIN_FEN',
    )
  })

  it('refuses to take real money into the embedded database', () => {
    const real = { ...COMPLETE, WECHAT_PAY_BASE_URL: undefined }
    expect(problemsOf(real)).toContain('DATABASE_URL')
    const other = { ...real, WECHAT_PAY_BASE_URL: 'https://api2.mch.weixin.qq.com/' }
    expect(problemsOf(other)).toContain('DATABASE_URL')
    expect(problemsOf({ ...real, DATABASE_URL: 'postgresql://127.0.0.1/dashang' })).toBe('none')
  })
})

describe('the client certificate', () => {
  let made: Certificates
  let other: Certificates
  let folder: string
  beforeAll(async () => {
    ;[made, other] = await Promise.all([makeCertificates('1'), makeCertificates('2')])
    folder = await mkdtemp(join(tmpdir(), 'dashang-config-'))
  })
  afterAll(() => rm(folder, { recursive: true }))

  const withPair = (changes: Record<string, string> = {}) => ({
    ...COMPLETE,
    WECHAT_PAY_CLIENT_CERT: made.merchantCert,
    WECHAT_PAY_CLIENT_KEY: made.merchantKey,
    ...changes,
  })

  it('is text, or the path of a file with it', async () => {
    const [cert, key] = [join(folder, 'cert.pem'), join(folder, 'key.pem')]
    await writeFile(cert, made.merchantCert)
    await writeFile(key, made.merchantKey)
    const files = { WECHAT_PAY_CLIENT_CERT: cert, WECHAT_PAY_CLIENT_KEY: key }
    const expected = { cert: made.merchantCert, key: made.merchantKey }
    expect(loadConfig(withPair()).clientCertificate).toEqual({ ...expected, ca: null })
    const { clientCertificate } = loadConfig(
      withPair({ ...files, WECHAT_PAY_CA_CERT: made.caCert }),
    )
    expect(clientCertificate).toEqual({ ...expected, ca: made.caCert })
  })

  it('may be left away, and then there is none', () => {
    expect(loadConfig(COMPLETE).clientCertificate).toBeNull()
  })

  it.each([
    ['WECHAT_PAY_CLIENT_CERT', 'neither PEM', { WECHAT_PAY_CLIENT_CERT: '-----BEGIN nothing' }],
    ['WECHAT_PAY_CLIENT_CERT', 'neither PEM', { WECHAT_PAY_CLIENT_CERT: '/nowhere/cert.pem' }],
    ['WECHAT_PAY_CLIENT_KEY', 'neither PEM', { WECHAT_PAY_CLIENT_KEY: 'secret-nonsense' }],
    ['WECHAT_PAY_CA_CERT', 'neither PEM', { WECHAT_PAY_CA_CERT: 'secret-nonsense' }],
    ['WECHAT_PAY_CLIENT_KEY', 'is missing', { WECHAT_PAY_CLIENT_KEY: '' }],
    ['WECHAT_PAY_CLIENT_CERT', 'is missing', { WECHAT_PAY_CLIENT_CERT: '' }],
  ])('with a wrong %s is refused: %s (%o)', (name, problem, changes) => {
    const problems = problemsOf(withPair(changes))
    expect(problems).toContain(`${name}: `)
    expect(problems).toContain(problem)
    expect(problems).not.toMatch(/secret-nonsense|BEGIN/)
  })

  it('with the key of another is refused', () => {
    const problems = problemsOf(withPair({ WECHAT_PAY_CLIENT_KEY: other.merchantKey }))
    expect(problems).toContain('WECHAT_PAY_CLIENT_KEY: is not the key of WECHAT_PAY_CLIENT_CERT')
  })
})
