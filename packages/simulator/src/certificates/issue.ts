// The certificate library finds its parts through this.
import 'reflect-metadata'
import { createPrivateKey, createPublicKey, KeyObject, webcrypto } from 'node:crypto'
import {
  AuthorityKeyIdentifierExtension,
  SubjectKeyIdentifierExtension,
  X509CertificateGenerator,
  type Extension,
} from '@peculiar/x509'
import type { Random } from '../random.ts'
import { RSA } from './rsa.ts'

const ECDSA = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const

export const CA_NAME = 'CN=WeChat simulator CA'

export interface Authority {
  readonly name: string
  readonly keys: webcrypto.CryptoKeyPair
  /** RSA signs the same text alike each time, which an elliptic curve does not. */
  readonly algorithm: typeof RSA | typeof ECDSA
}

/** The authority with this key; a folder of keys may be older than the choice of RSA. */
export async function readAuthority(caKey: string): Promise<Authority> {
  const key = createPrivateKey(caKey)
  const algorithm = key.asymmetricKeyType === 'ec' ? ECDSA : RSA
  const der = key.export({ type: 'pkcs8', format: 'der' })
  const publicDer = createPublicKey(key).export({ type: 'spki', format: 'der' })
  const [privateKey, publicKey] = await Promise.all([
    webcrypto.subtle.importKey('pkcs8', der, algorithm, false, ['sign']),
    webcrypto.subtle.importKey('spki', publicDer, algorithm, true, ['verify']),
  ])
  return { name: CA_NAME, keys: { privateKey, publicKey }, algorithm }
}

export interface Validity {
  readonly from: Date
  readonly to: Date
}

export interface Holder {
  readonly name: string
  readonly keys: webcrypto.CryptoKeyPair
  readonly extensions: Extension[]
  readonly serialNumber: string
  readonly validity: Validity
}

export async function issue(ca: Authority, holder: Holder): Promise<string> {
  const certificate = await X509CertificateGenerator.create({
    serialNumber: holder.serialNumber,
    issuer: ca.name,
    subject: holder.name,
    notBefore: holder.validity.from,
    notAfter: holder.validity.to,
    publicKey: holder.keys.publicKey,
    signingKey: ca.keys.privateKey,
    signingAlgorithm: ca.algorithm,
    extensions: [
      ...holder.extensions,
      await SubjectKeyIdentifierExtension.create(holder.keys.publicKey),
      await AuthorityKeyIdentifierExtension.create(ca.keys.publicKey),
    ],
  })
  return `${certificate.toString('pem')}\n`
}

/** A serial number is positive and of full length: its first bit is clear, its second one set. */
export function newSerialNumber(random: Random): string {
  const bytes = random.bytes(20)
  bytes.writeUInt8((bytes.readUInt8(0) & 0x7f) | 0x40, 0)
  return bytes.toString('hex').toUpperCase()
}

export function privateKeyPem({ privateKey }: webcrypto.CryptoKeyPair): string {
  return KeyObject.from(privateKey).export({ type: 'pkcs8', format: 'pem' }).toString()
}
