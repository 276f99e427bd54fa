import { X509Certificate } from 'node:crypto'
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { keepCertificates } from '../src/certificates/keep.ts'
import { makeCertificates, type Certificates } from '../src/certificates/make.ts'
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

  it('is refused when it belongs to another merchant', async () => {
    await keep()
    await expect(keepCertificates(folder, '1900000002')).rejects.toThrow('another merchant')
  })
})
