import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  X509Certificate,
  type KeyObject,
} from 'node:crypto'
import { describe, expect, it } from 'vitest'
import published from '../vectors.json' with { type: 'json' }
import { KeyError, readApiV3Key, readCertificate, readPrivateKey, readPublicKey } from './keys.ts'
import refused from './refused-certificates.json' with { type: 'json' }

const example = published.vectors.find(({ id }) => id === 'v3-sign-01')
const privateKey = createPrivateKey(example?.inputs.private_key_pem ?? '')
const rsa = { privateKey, publicKey: createPublicKey(privateKey) }
const short = generateKeyPairSync('rsa', { modulusLength: 2040 })
const pss = generateKeyPairSync('rsa-pss', { modulusLength: 2048 })
const curve = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const edwards = generateKeyPairSync('ed25519')

const pem = (key: KeyObject) =>
  key.export({ type: key.type === 'public' ? 'spki' : 'pkcs8', format: 'pem' }).toString()
const oldPem = (key: KeyObject) => key.export({ type: 'pkcs1', format: 'pem' }).toString()
const encrypted = rsa.privateKey
  .export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'secret' })
  .toString()

const { inputs, expected } = published.vectors.find(({ id }) => id === 'v3-cert-01') ?? {}
const certificate = expected?.plaintext ?? ''

/** Neither a key nor a part of one may reach a log. */
function complaintOf(read: () => unknown, text: string): string {
  try {
    read()
  } catch (error) {
    if (!(error instanceof KeyError)) throw error
    const lines = text.split('\n').filter((line) => line.length > 20 && !line.includes('-----'))
    for (const line of lines) expect(error.message).not.toContain(line)
    return error.message
  }
  return 'none'
}

describe('readPrivateKey', () => {
  it.each([pem(rsa.privateKey), oldPem(rsa.privateKey)])('reads RSA of 2048 bits', (text) => {
    expect(readPrivateKey(text).equals(rsa.privateKey)).toBe(true)
  })

  it.each<[what: string, text: string, why: RegExp]>([
    ['nothing', '', /^is not the PEM text of a private key$/],
    ['the path of a file', '/etc/dashang/apiclient_key.pem', /^is not the PEM text/],
    ['a public key', pem(rsa.publicKey), /^is not the PEM text of a private key$/],
    ['a certificate', certificate, /^is not the PEM text of a private key$/],
    ['an encrypted key', encrypted, /^is not the PEM text of a private key$/],
    ['half a key', pem(rsa.privateKey).slice(0, 400), /^is not the PEM text/],
    ['RSA of 2040 bits', pem(short.privateKey), /^is not RSA of at least 2048 bits$/],
    ['RSA for another padding', pem(pss.privateKey), /^is not RSA of at least 2048 bits$/],
    ['an elliptic curve', pem(curve.privateKey), /^is not RSA of at least 2048 bits$/],
    ['an Edwards curve', pem(edwards.privateKey), /^is not RSA of at least 2048 bits$/],
  ])('refuses %s', (_, text, why) => {
    expect(complaintOf(() => readPrivateKey(text), text)).toMatch(why)
  })
})

describe('readPublicKey', () => {
  it.each([pem(rsa.publicKey), oldPem(rsa.publicKey)])('reads RSA of 2048 bits', (text) => {
    expect(readPublicKey(text).equals(rsa.publicKey)).toBe(true)
    expect(readPublicKey(text).type).toBe('public')
  })

  it.each<[what: string, text: string, why: RegExp]>([
    ['nothing', '', /^is not the PEM text of a public key$/],
    ['the path of a file', '/etc/dashang/PUBLIC KEY.pem', /^is not the PEM text/],
    ['a private key', pem(rsa.privateKey), /^is not the PEM text of a public key$/],
    [
      'a private key in front of a public one',
      `${pem(rsa.privateKey)}${pem(rsa.publicKey)}`,
      /^is not the PEM text of a public key$/,
    ],
    ['a certificate', certificate, /^is not the PEM text of a public key$/],
    ['half a key', pem(rsa.publicKey).slice(0, 200), /^is not the PEM text of a public key$/],
    ['RSA of 2040 bits', pem(short.publicKey), /^is not RSA of at least 2048 bits$/],
    ['RSA for another padding', pem(pss.publicKey), /^is not RSA of at least 2048 bits$/],
    ['an elliptic curve', pem(curve.publicKey), /^is not RSA of at least 2048 bits$/],
  ])('refuses %s', (_, text, why) => {
    expect(complaintOf(() => readPublicKey(text), text)).toMatch(why)
  })
})

describe('readCertificate', () => {
  it('reads key, serial and time of a published one', () => {
    const read = readCertificate(certificate)
    expect(read).toMatchObject({
      id: expected?.certificate_serial,
      validFrom: new Date(expected?.not_before ?? ''),
      validTo: new Date(expected?.not_after ?? ''),
    })
    expect(read.key.equals(new X509Certificate(certificate).publicKey)).toBe(true)
  })

  it.each<[what: string, text: string, why: RegExp]>([
    ['nothing', '', /^is not the PEM text of a certificate$/],
    ['what is still sealed', inputs?.ciphertext ?? '', /^is not the PEM text of a certificate$/],
    ['a public key', pem(rsa.publicKey), /^is not the PEM text of a certificate$/],
    ['a private key', pem(rsa.privateKey), /^is not the PEM text of a certificate$/],
    ['half of one', certificate.slice(0, 500), /^is not the PEM text of a certificate$/],
    ['one of an elliptic curve', refused.ellipticCurve, /^is not RSA of at least 2048 bits$/],
    ['one of 1024 bits', refused.rsa1024, /^is not RSA of at least 2048 bits$/],
  ])('refuses %s', (_, text, why) => {
    expect(complaintOf(() => readCertificate(text), text)).toMatch(why)
  })
})

describe('readApiV3Key', () => {
  it('is the 32 bytes of its text', () => {
    const text = '0123456789ABCDEF0123456789abcdef'
    expect(readApiV3Key(text)).toEqual(Buffer.from(text))
  })

  it('counts bytes, not letters', () => {
    expect(readApiV3Key(`${'钥'.repeat(10)}ab`)).toHaveLength(32)
    expect(complaintOf(() => readApiV3Key('钥'.repeat(32)), '')).toMatch(/^has 96 bytes;/)
  })

  it.each([0, 16, 31, 33, 64])('refuses %d bytes', (length) => {
    const text = 'k'.repeat(length)
    const complaint = complaintOf(() => readApiV3Key(text), '')
    expect(complaint).toBe(`has ${length} bytes; an APIv3 key has exactly 32`)
  })
})
