import { readCertificate } from '@dashang/shared/signing/v3/keys'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createWeChatHttp, type WeChatHttp } from '../../src/wechat/http.ts'
import type { V3Account } from '../../src/wechat/v3/account.ts'
import { createCertificateSource } from '../../src/wechat/v3/certificates.ts'
import { createKeyRing, type KeyRing } from '../../src/wechat/v3/key-ring.ts'
import { createV3Send } from '../../src/wechat/v3/send.ts'
import {
  makeKeys,
  makeSigner,
  readKeys,
  sealedAs,
  signedHeaders,
  type MadeKeys,
  type Signer,
} from '../support/v3-keys.ts'
import {
  saySigned,
  startV3Platform,
  type V3Platform,
  type V3Reply,
} from '../support/v3-platform.ts'

const HOUR_MS = 3_600_000

let keys: MadeKeys
let [old, young]: Signer[] = []
let platform: V3Platform
let http: WeChatHttp
beforeAll(async () => {
  ;[keys, old, young] = await Promise.all([makeKeys(), makeSigner(), makeSigner()])
  platform = await startV3Platform()
  http = createWeChatHttp({ timeoutMs: 400 })
})
beforeEach(() => {
  platform.requests.length = 0
})
afterAll(async () => {
  await http.close()
  await platform.close()
})

const first = (): Signer => old ?? missing()
const second = (): Signer => young ?? missing()
function missing(): never {
  throw new Error('the keys are made first')
}

const listOf = (signers: readonly Signer[], apiV3Key?: string) => ({
  data: signers.map(({ id, certificate }) => ({
    serial_no: id,
    effective_time: '2026-01-01T12:00:00+08:00',
    expire_time: '2031-01-01T12:00:00+08:00',
    encrypt_certificate: sealedAs('certificate', certificate, apiV3Key),
  })),
})
const tellCertificates = (...signers: Signer[]): V3Reply =>
  saySigned(signers[0] ?? missing(), listOf(signers))

function newRing(known: Signer[] = []): KeyRing {
  const certificates = known.map(({ certificate }) => readCertificate(certificate))
  const account: V3Account = {
    appid: 'wx0123456789abcdef',
    mchid: '1900000001',
    keys: readKeys(keys, certificates),
    baseUrl: platform.url,
    backupUrl: null,
  }
  const send = createV3Send(http, account, () => new Date())
  return createKeyRing(account.keys, createCertificateSource(send, account))
}

const messageOf = (signer: Signer, at: Date) => ({
  headers: signedHeaders('{}', signer, at),
  body: '{}',
})
const later = (ms: number) => new Date(Date.now() + ms)
const GENUINE = { kind: 'genuine' }
const UNKNOWN = { kind: 'refused', why: 'unknown_key' }

describe('in certificate mode the server', () => {
  it('asks for the certificates before it believes anything, and once for all who wait', async () => {
    platform.reply = tellCertificates(first(), second())
    const ring = newRing()
    const now = new Date()
    const verdicts = await Promise.all(
      [first(), second(), first()].map((signer) => ring.verify(messageOf(signer, now), now)),
    )
    expect(verdicts).toMatchObject([GENUINE, GENUINE, GENUINE])
    expect(platform.requests.map(({ target }) => target)).toEqual(['/v3/certificates'])
    expect(platform.requests[0]?.headers).not.toHaveProperty('wechatpay-serial')
  })

  it('asks again after twelve hours', async () => {
    platform.reply = tellCertificates(first())
    const ring = newRing()
    for (const ms of [0, HOUR_MS, 11 * HOUR_MS, 13 * HOUR_MS, 14 * HOUR_MS]) {
      const at = later(ms)
      platform.reply = saySigned(first(), listOf([first()]), { at })
      await ring.verify(messageOf(first(), at), at)
    }
    expect(platform.requests.length).toBe(2)
  })

  it('asks once more for a serial that it does not know, and finds the new certificate', async () => {
    platform.reply = tellCertificates(first())
    const ring = newRing()
    const now = new Date()
    expect(await ring.verify(messageOf(first(), now), now)).toMatchObject(GENUINE)
    platform.reply = tellCertificates(second(), first())
    const then = later(60_000)
    const messages = Array.from({ length: 20 }, () => ring.verify(messageOf(second(), then), then))
    for (const verdict of await Promise.all(messages)) expect(verdict).toMatchObject(GENUINE)
    expect(platform.requests.length).toBe(2)
  })

  it('does not ask for every serial that somebody invents', async () => {
    platform.reply = tellCertificates(first())
    const ring = newRing()
    for (let i = 0; i < 30; i += 1) {
      const at = later(i * 100)
      const invented = { ...second(), id: `INVENTED${i}` }
      expect(await ring.verify(messageOf(invented, at), at)).toMatchObject(UNKNOWN)
    }
    expect(platform.requests.length).toBe(1)
  })

  it('lets go of a certificate that WeChat names no more, when its last messages are old', async () => {
    platform.reply = tellCertificates(first())
    const ring = newRing()
    const now = new Date()
    await ring.verify(messageOf(first(), now), now)
    platform.reply = tellCertificates(second())
    const then = later(60_000)
    await ring.verify(messageOf(second(), then), then)
    expect(await ring.verify(messageOf(first(), then), then)).toMatchObject(GENUINE)
    const long = later(60_000 + 301_000)
    expect(await ring.verify(messageOf(first(), long), long)).toMatchObject(UNKNOWN)
  })

  it('believes a certificate that it was told beforehand, while WeChat does not answer', async () => {
    platform.reply = (response) => response.destroy()
    const now = new Date()
    expect(await newRing([first()]).verify(messageOf(first(), now), now)).toMatchObject(GENUINE)
  })

  it('believes no certificate after its end', async () => {
    platform.reply = tellCertificates(first())
    const end = readCertificate(first().certificate).validTo
    expect(await newRing([first()]).verify(messageOf(first(), end), end)).toMatchObject(UNKNOWN)
  })
})

describe('no certificate is taken from', () => {
  const forged = (change: (list: ReturnType<typeof listOf>) => object): V3Reply =>
    saySigned(first(), change(listOf([first()])))
  it.each<[what: string, reply: () => V3Reply]>([
    [
      'a list that nobody signed',
      () => (response) => response.end(JSON.stringify(listOf([first()]))),
    ],
    ['a list that is signed by a key not in it', () => saySigned(second(), listOf([first()]))],
    [
      'a list that is sealed with another key',
      () => saySigned(first(), listOf([first()], 'another-key-another-key-another-')),
    ],
    [
      'a list whose serials are wrong',
      () =>
        forged(({ data }) => ({ data: data.map((each) => ({ ...each, serial_no: second().id })) })),
    ],
    [
      'a list with one that cannot be unsealed',
      () =>
        forged(({ data }) => ({
          data: [
            ...data,
            ...data.map((each) => ({
              ...each,
              encrypt_certificate: { ...each.encrypt_certificate, nonce: 'another-nonc' },
            })),
          ],
        })),
    ],
    ['a list of something else', () => saySigned(first(), { data: [{}] })],
    ['a refusal', () => saySigned(first(), listOf([first()]), { status: 404 })],
    ['no answer', () => (response) => response.destroy()],
  ])('%s', async (_, reply) => {
    platform.reply = reply()
    const now = new Date()
    expect(await newRing().verify(messageOf(first(), now), now)).toMatchObject(UNKNOWN)
  })
})

it('with public keys, WeChat is never asked for a certificate', async () => {
  platform.reply = tellCertificates(first())
  const account = {
    keys: readKeys(keys),
    appid: 'wx',
    mchid: '1',
    baseUrl: platform.url,
    backupUrl: null,
  }
  const send = createV3Send(http, account, () => new Date())
  const ring = createKeyRing(account.keys, createCertificateSource(send, account))
  const now = new Date()
  expect(await ring.verify(messageOf(first(), now), now)).toMatchObject(UNKNOWN)
  expect(await ring.verify(messageOf(keys.platform, now), now)).toMatchObject(GENUINE)
  expect(platform.requests).toEqual([])
})
