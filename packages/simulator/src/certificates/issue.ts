// The certificate library finds its parts through this.
import 'reflect-metadata'
import { createPrivateKey, createPublicKey, KeyObject, randomBytes, webcrypto } from 'node:crypto'
import {
  AuthorityKeyIdentifierExtension,
  SubjectKeyIdentifierExtension,
  X509CertificateGenerator,
  type Extension,
} from '@peculiar/x509'

export const DAY_MS = 24 * 60 * 60 * 1000
const LIFETIME_MS = 3650 * DAY_MS
export const ECDSA = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const
/** WeChat gives merchants RSA keys. */
export const RSA = {
  name: 'RSASSA-PKCS1-v1_5',
  modulusLength: 2048,
  publicExponent: new Uint8Array([1, 0, 1]),
  hash: 'SHA-256',
} as const

export const CA_NAME = 'CN=WeChat simulator CA'

export interface Authority {
  readonly name: string
  readonly keys: webcrypto.CryptoKeyPair
}

/** The authority with this key. */
export async function readAuthority(caKey: string): Promise<Authority> {
  const key = createPrivateKey(caKey)
  const der = key.export({ type: 'pkcs8', format: 'der' })
  const publicDer = createPublicKey(key).export({ type: 'spki', format: 'der' })
  const [privateKey, publicKey] = await Promise.all([
    webcrypto.subtle.importKey('pkcs8', der, ECDSA, false, ['sign']),
    webcrypto.subtle.importKey('spki', publicDer, ECDSA, true, ['verify']),
  ])
  return { name: CA_NAME, keys: { privateKey, publicKey } }
}

export interface Holder {
  readonly name: string
  readonly keys: webcrypto.CryptoKeyPair
  readonly extensions: Extension[]
}

interface Lifetime {
  readonly sinceMs: number
  readonly leftMs: number
}

export async function issue(
  ca: Authority,
  holder: Holder,
  { sinceMs, leftMs }: Lifetime = { sinceMs: DAY_MS, leftMs: LIFETIME_MS },
): Promise<string> {
  const now = Date.now()
  const certificate = await X509CertificateGenerator.create({
    serialNumber: serialNumber(),
    issuer: ca.name,
    subject: holder.name,
    notBefore: new Date(now - sinceMs),
    notAfter: new Date(now + leftMs),
    publicKey: holder.keys.publicKey,
    signingKey: ca.keys.privateKey,
    signingAlgorithm: ECDSA,
    extensions: [
      ...holder.extensions,
      await SubjectKeyIdentifierExtension.create(holder.keys.publicKey),
      await AuthorityKeyIdentifierExtension.create(ca.keys.publicKey),
    ],
  })
  return `${certificate.toString('pem')}\n`
}

// A serial number is positive and of full length: its first bit is clear, its second one set.
function serialNumber(): string {
  const bytes = randomBytes(20)
  bytes.writeUInt8((bytes.readUInt8(0) & 0x7f) | 0x40, 0)
  return bytes.toString('hex').toUpperCase()
}

export function privateKeyPem({ privateKey }: webcrypto.CryptoKeyPair): string {
  return KeyObject.from(privateKey).export({ type: 'pkcs8', format: 'pem' }).toString()
}
