import { generateKeyPairSync } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { makeCertificates, type Certificates } from '@dashang/simulator'
import { readCertificate } from '@dashang/shared/signing/v3/keys'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import curve from '../../test/support/elliptic-curve.json' with { type: 'json' }
import { ConfigError, loadConfig } from '../config.ts'

const V3_KEY = 'v3-key-v3-key-v3-key-v3-key-v3-k'
const ID = 'PUB_KEY_ID_0119000000012026010100000001'

let made: Certificates
let other: Certificates
let folder: string
beforeAll(async () => {
  ;[made, other] = await Promise.all([makeCertificates('1'), makeCertificates('2')])
  folder = await mkdtemp(join(tmpdir(), 'dashang-keys-'))
})
afterAll(() => rm(folder, { recursive: true }))

type Environment = Record<string, string | undefined>

const environment = (changes: Environment = {}): Environment => ({
  SESSION_SECRET: 'session-secret-session-secret-00',
  WECHAT_APPID: 'wx0123456789abcdef',
  WECHAT_APP_SECRET: 'app-secret',
  WECHAT_PAY_BASE_URL: 'http://127.0.0.1:4000',
  WECHAT_PAY_MCHID: '1900000001',
  WECHAT_PAY_CHANNEL: 'v3',
  WECHAT_PAY_V3_KEY: V3_KEY,
  WECHAT_PAY_CLIENT_CERT: made.merchantCert,
  WECHAT_PAY_CLIENT_KEY: made.merchantKey,
  WECHAT_PAY_PUBLIC_KEYS: keysOf({ id: ID, key: made.wechatPublicKey }),
  ...changes,
})
const keysOf = (...keys: object[]) => JSON.stringify(keys)

function problemsOf(changes: Environment): string {
  try {
    loadConfig(environment(changes))
  } catch (error) {
    if (error instanceof ConfigError) return error.message
    throw error
  }
  return 'none'
}

describe('the keys of API v3', () => {
  it('are read without a key of API v2, with the serial of the certificate', () => {
    const { v3Keys, WECHAT_PAY_V2_KEY: v2Key } = loadConfig(environment())
    expect(v2Key).toBeUndefined()
    expect(v3Keys?.serialNo).toBe(readCertificate(made.merchantCert).id)
    expect(v3Keys?.publicKeys.map(({ id }) => id)).toEqual([ID])
    expect(v3Keys?.certificates).toEqual([])
  })

  it('may be several, as text and as files', async () => {
    const [key, certificate] = [join(folder, 'key.pem'), join(folder, 'certificate.pem')]
    await writeFile(key, other.wechatPublicKey)
    await writeFile(certificate, other.platformCert)
    const { v3Keys } = loadConfig(
      environment({
        WECHAT_PAY_PUBLIC_KEYS: keysOf(
          { id: ID, key: made.wechatPublicKey },
          { id: `${ID}2`, key },
        ),
        WECHAT_PAY_PLATFORM_CERTIFICATES: JSON.stringify([made.platformCert, certificate]),
      }),
    )
    expect(v3Keys?.publicKeys.map(({ id }) => id)).toEqual([ID, `${ID}2`])
    expect(v3Keys?.certificates.map(({ id }) => id)).toEqual(
      [made.platformCert, other.platformCert].map((pem) => readCertificate(pem).id),
    )
  })

  it('are not there where there is no APIv3 key', () => {
    const v2 = { WECHAT_PAY_CHANNEL: 'v2', WECHAT_PAY_V2_KEY: 'v'.repeat(32) }
    const without = { ...v2, WECHAT_PAY_V3_KEY: '', WECHAT_PAY_PUBLIC_KEYS: '' }
    expect(loadConfig(environment(without)).v3Keys).toBeNull()
  })

  it('fit the serial of the console, however it is written', () => {
    const serial = readCertificate(made.merchantCert).id
    expect(problemsOf({ WECHAT_PAY_MERCHANT_SERIAL: serial.toLowerCase() })).toBe('none')
  })
})

const weak = () =>
  generateKeyPairSync('rsa', { modulusLength: 1024 })
    .publicKey.export({ type: 'spki', format: 'pem' })
    .toString()
const elliptic = () =>
  generateKeyPairSync('ec', { namedCurve: 'P-256' })
    .publicKey.export({ type: 'spki', format: 'pem' })
    .toString()

describe('each wrong key is named', () => {
  it.each<[name: string, problem: string, changes: () => Environment]>([
    ['WECHAT_PAY_V3_KEY', 'is missing', () => ({ WECHAT_PAY_V3_KEY: '' })],
    ['WECHAT_PAY_V3_KEY', 'has 31 bytes', () => ({ WECHAT_PAY_V3_KEY: 's'.repeat(31) })],
    ['WECHAT_PAY_V3_KEY', 'has 96 bytes', () => ({ WECHAT_PAY_V3_KEY: '密'.repeat(32) })],
    [
      'WECHAT_PAY_V3_KEY',
      'WECHAT_PAY_PUBLIC_KEYS goes with it',
      () => ({
        WECHAT_PAY_CHANNEL: 'v2',
        WECHAT_PAY_V2_KEY: 'v'.repeat(32),
        WECHAT_PAY_V3_KEY: '',
      }),
    ],
    ['WECHAT_PAY_V2_KEY', 'WECHAT_PAY_CHANNEL is v2', () => ({ WECHAT_PAY_CHANNEL: 'v2' })],
    [
      'WECHAT_PAY_CLIENT_CERT',
      'is missing',
      () => ({ WECHAT_PAY_CLIENT_CERT: '', WECHAT_PAY_CLIENT_KEY: '' }),
    ],
    ['WECHAT_PAY_CLIENT_KEY', 'neither PEM', () => ({ WECHAT_PAY_CLIENT_KEY: 'secret' })],
    [
      'WECHAT_PAY_CLIENT_KEY',
      'is not the key of WECHAT_PAY_CLIENT_CERT',
      () => ({ WECHAT_PAY_CLIENT_KEY: other.merchantKey }),
    ],
    [
      'WECHAT_PAY_CLIENT_CERT',
      'is not RSA',
      () => ({
        WECHAT_PAY_CLIENT_CERT: curve.certificate,
        WECHAT_PAY_CLIENT_KEY: curve.privateKey,
      }),
    ],
    [
      'WECHAT_PAY_MERCHANT_SERIAL',
      'is not the serial of WECHAT_PAY_CLIENT_CERT',
      () => ({ WECHAT_PAY_MERCHANT_SERIAL: readCertificate(other.merchantCert).id }),
    ],
    [
      'WECHAT_PAY_PUBLIC_KEYS',
      'is not a JSON list',
      () => ({ WECHAT_PAY_PUBLIC_KEYS: made.wechatPublicKey }),
    ],
    [
      'WECHAT_PAY_PUBLIC_KEYS',
      'is not a JSON list',
      () => ({ WECHAT_PAY_PUBLIC_KEYS: keysOf({ id: 'ABC', key: made.wechatPublicKey }) }),
    ],
    [
      'WECHAT_PAY_PUBLIC_KEYS',
      'entry 1 is not the PEM text of a public key',
      () => ({ WECHAT_PAY_PUBLIC_KEYS: keysOf({ id: ID, key: '-----BEGIN secret' }) }),
    ],
    [
      'WECHAT_PAY_PUBLIC_KEYS',
      'entry 1 is not the PEM text of a public key',
      () => ({ WECHAT_PAY_PUBLIC_KEYS: keysOf({ id: ID, key: made.wechatPrivateKey }) }),
    ],
    [
      'WECHAT_PAY_PUBLIC_KEYS',
      'entry 1 is not a file',
      () => ({ WECHAT_PAY_PUBLIC_KEYS: keysOf({ id: ID, key: '/nowhere/secret.pem' }) }),
    ],
    [
      'WECHAT_PAY_PUBLIC_KEYS',
      'entry 1 is not RSA of at least 2048 bits',
      () => ({ WECHAT_PAY_PUBLIC_KEYS: keysOf({ id: ID, key: weak() }) }),
    ],
    [
      'WECHAT_PAY_PUBLIC_KEYS',
      'entry 1 is not RSA of at least 2048 bits',
      () => ({ WECHAT_PAY_PUBLIC_KEYS: keysOf({ id: ID, key: elliptic() }) }),
    ],
    [
      'WECHAT_PAY_PUBLIC_KEYS',
      'names one key twice',
      () => ({
        WECHAT_PAY_PUBLIC_KEYS: keysOf(
          { id: ID, key: made.wechatPublicKey },
          { id: ID, key: other.wechatPublicKey },
        ),
      }),
    ],
    [
      'WECHAT_PAY_PLATFORM_CERTIFICATES',
      "entry 2 is the merchant's own key",
      () => ({
        WECHAT_PAY_PLATFORM_CERTIFICATES: JSON.stringify([made.platformCert, made.merchantCert]),
      }),
    ],
    [
      'WECHAT_PAY_PLATFORM_CERTIFICATES',
      'is not a JSON list',
      () => ({ WECHAT_PAY_PLATFORM_CERTIFICATES: made.platformCert }),
    ],
    [
      'WECHAT_PAY_PLATFORM_CERTIFICATES',
      'entry 1 is not the PEM text of a certificate',
      () => ({ WECHAT_PAY_PLATFORM_CERTIFICATES: JSON.stringify([made.wechatPublicKey]) }),
    ],
  ])('%s: %s', (name, problem, changes) => {
    const problems = problemsOf(changes())
    const line = problems.split('\n').find((each) => each.includes(`${name}: `))
    expect(line).toContain(problem)
    expect(problems).not.toMatch(/secret|BEGIN|ssss|密/)
  })

  it('all at once', () => {
    const problems = problemsOf({
      WECHAT_PAY_V3_KEY: 'short',
      WECHAT_PAY_MERCHANT_SERIAL: 'ABC',
      WECHAT_PAY_PUBLIC_KEYS: '{}',
      WECHAT_PAY_PLATFORM_CERTIFICATES: '{}',
    })
    expect(problems.split('\n')).toHaveLength(5)
  })
})
