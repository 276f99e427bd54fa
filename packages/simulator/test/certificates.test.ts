import { createPublicKey, generateKeyPairSync, X509Certificate } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readCertificate } from '@dashang/shared/signing/v3/keys'
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { keepCertificates } from '../src/certificates/keep.ts'
import { makeCertificates, type Certificates } from '../src/certificates/make.ts'
import { makePlatformCertificate } from '../src/certificates/platform.ts'
import { createRandom } from '../src/random.ts'
import { ACCOUNT } from './account.ts'

let folder: string

beforeEach(async () => {
  folder = join(await mkdtemp(join(tmpdir(), 'simulator-keys-')), 'keys')
})
afterEach(() => rm(join(folder, '..'), { recursive: true, force: true }))

const keep = () => keepCertificates(folder, ACCOUNT.mchid)

describe('the certificates', () => {
  let made: Certificates
  beforeAll(async () => {
    made = await makeCertificates('1900000009')
  })

  it('are signed by their authority, each for its own purpose', () => {
    const { caCert, serverCert, merchantCert } = made
    const ca = new X509Certificate(caCert)
    const server = new X509Certificate(serverCert)
    const merchant = new X509Certificate(merchantCert)
    expect(ca.ca).toBe(true)
    for (const certificate of [server, merchant]) {
      expect(certificate.checkIssued(ca)).toBe(true)
      expect(certificate.verify(ca.publicKey)).toBe(true)
      expect(certificate.ca).toBe(false)
    }
    expect(merchant.subject).toBe('CN=1900000009')
    expect(merchant.publicKey.asymmetricKeyType).toBe('rsa')
    expect(server.checkIP('127.0.0.1')).toBe('127.0.0.1')
  })

  it.each(['localhost', 'api.mch.weixin.qq.com', 'api2.mch.weixin.qq.com', 'api.weixin.qq.com'])(
    'are good for a server that is called %s',
    (name) => {
      expect(new X509Certificate(made.serverCert).checkHost(name)).toBe(name)
    },
  )
})

describe('a folder of keys', () => {
  it('is made once and read after', async () => {
    const first = await keep()
    expect(await keep()).toEqual(first)
    expect((await readdir(folder)).sort()).toEqual([
      'ca-key.pem',
      'ca.pem',
      'merchant-cert.pem',
      'merchant-key.pem',
      'platform-cert.pem',
      'platform-key.pem',
      'pub_key.pem',
      'server-key.pem',
      'server.pem',
      'wechat-private-key.pem',
    ])
  })

  it.each(['ca-key.pem', 'server-key.pem', 'merchant-key.pem'])(
    'lets nobody else read %s',
    async (file) => {
      await keep()
      expect((await stat(join(folder, file))).mode & 0o777).toBe(0o600)
    },
  )

  it('is refused when a file is missing', async () => {
    await keep()
    await rm(join(folder, 'server.pem'))
    await expect(keep()).rejects.toThrow('lacks server.pem')
  })

  it.each([
    ['server.pem', 'certificate'],
    ['server-key.pem', 'private key'],
    ['pub_key.pem', 'public key'],
  ])('is refused when %s cannot be read, by its name', async (file, name) => {
    await keep()
    const path = join(folder, file)
    await writeFile(path, (await readFile(path, 'utf8')).slice(10))
    await expect(keep()).rejects.toThrow(`${path} is no ${name} in PEM; put it back, or delete`)
  })

  it('is refused when it belongs to another merchant', async () => {
    await keep()
    await expect(keepCertificates(folder, '1900000002')).rejects.toThrow('another merchant')
  })
})

describe('the certificates of a seed', () => {
  const START = new Date('2026-01-31T01:00:00Z')
  const making = (seed: string) => ({ random: createRandom(seed), now: () => START })

  it('are all the same for the same seed, and hold no clock of the machine', async () => {
    const first = await makeCertificates('1900000009', making('one'))
    expect(await makeCertificates('1900000009', making('one'))).toEqual(first)
    const { validFrom, validTo } = readCertificate(first.platformCert)
    expect(validFrom).toEqual(new Date('2025-01-31T01:00:00Z'))
    expect(validTo).toEqual(new Date('2030-01-30T01:00:00Z'))
    // TLS goes by the clock of the client.
    for (const pem of [first.caCert, first.serverCert, first.merchantCert]) {
      expect(readCertificate(pem).validFrom).toEqual(new Date('2000-01-01T00:00:00Z'))
      expect(readCertificate(pem).validTo).toEqual(new Date('2049-12-31T23:59:59Z'))
    }
    const other = await makeCertificates('1900000009', making('two'))
    for (const [name, text] of Object.entries(other)) {
      expect(text).not.toBe(first[name as keyof Certificates])
    }
  })

  it('are kept in a folder like those of chance', async () => {
    const first = await keepCertificates(folder, ACCOUNT.mchid, { seed: 'one', startAt: START })
    expect(await keep()).toEqual(first)
  })
})

it('an authority on an elliptic curve, of an older folder, still makes platform certificates', async () => {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const caKey = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
  const made = await makePlatformCertificate(caKey, {
    random: createRandom(),
    now: () => new Date(),
  })
  expect(new X509Certificate(made.publicPem).verify(createPublicKey(caKey))).toBe(true)
})
