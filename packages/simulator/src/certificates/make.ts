// The certificate library finds its parts through this.
import 'reflect-metadata'
import { KeyObject, randomBytes, webcrypto } from 'node:crypto'
import {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  SubjectAlternativeNameExtension,
  SubjectKeyIdentifierExtension,
  X509CertificateGenerator,
  type Extension,
  type JsonGeneralName,
} from '@peculiar/x509'

/** PEM text, all of it. */
export interface Certificates {
  readonly caCert: string
  readonly caKey: string
  readonly serverCert: string
  readonly serverKey: string
  readonly merchantCert: string
  readonly merchantKey: string
}

const DAY_MS = 24 * 60 * 60 * 1000
const LIFETIME_MS = 3650 * DAY_MS

const ECDSA = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const
/** WeChat gives merchants RSA keys. */
const RSA = {
  name: 'RSASSA-PKCS1-v1_5',
  modulusLength: 2048,
  publicExponent: new Uint8Array([1, 0, 1]),
  hash: 'SHA-256',
} as const

/** The names that WeChat serves merchants under. */
export const WECHAT_HOSTS = [
  'api.mch.weixin.qq.com',
  'api2.mch.weixin.qq.com',
  'api.weixin.qq.com',
] as const

const SERVER_NAMES: JsonGeneralName[] = [
  { type: 'ip', value: '127.0.0.1' },
  ...['localhost', ...WECHAT_HOSTS].map((value) => ({ type: 'dns' as const, value })),
]

interface Authority {
  readonly name: string
  readonly keys: webcrypto.CryptoKeyPair
}

/** An authority of its own, the server that it vouches for, and the merchant with this number. */
export async function makeCertificates(mchid: string): Promise<Certificates> {
  const [caKeys, serverKeys, merchantKeys] = await Promise.all([
    webcrypto.subtle.generateKey(ECDSA, true, ['sign', 'verify']),
    webcrypto.subtle.generateKey(ECDSA, true, ['sign', 'verify']),
    webcrypto.subtle.generateKey(RSA, true, ['sign', 'verify']),
  ])
  const ca: Authority = { name: 'CN=WeChat simulator CA', keys: caKeys }
  const [caCert, serverCert, merchantCert] = await Promise.all([
    issue(ca, { ...ca, extensions: caExtensions() }),
    issue(ca, { name: 'CN=WeChat simulator', keys: serverKeys, extensions: serverExtensions() }),
    issue(ca, { name: `CN=${mchid}`, keys: merchantKeys, extensions: merchantExtensions() }),
  ])
  return {
    caCert,
    caKey: privateKeyPem(caKeys),
    serverCert,
    serverKey: privateKeyPem(serverKeys),
    merchantCert,
    merchantKey: privateKeyPem(merchantKeys),
  }
}

interface Holder {
  readonly name: string
  readonly keys: webcrypto.CryptoKeyPair
  readonly extensions: Extension[]
}

async function issue(ca: Authority, holder: Holder): Promise<string> {
  const now = Date.now()
  const certificate = await X509CertificateGenerator.create({
    serialNumber: serialNumber(),
    issuer: ca.name,
    subject: holder.name,
    notBefore: new Date(now - DAY_MS),
    notAfter: new Date(now + LIFETIME_MS),
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

function caExtensions(): Extension[] {
  return [
    new BasicConstraintsExtension(true, 0, true),
    new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
  ]
}

function serverExtensions(): Extension[] {
  return [
    new SubjectAlternativeNameExtension(SERVER_NAMES),
    new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth]),
  ]
}

function merchantExtensions(): Extension[] {
  return [
    new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
    new ExtendedKeyUsageExtension([ExtendedKeyUsage.clientAuth]),
  ]
}

// A serial number is positive and of full length: its first bit is clear, its second one set.
function serialNumber(): string {
  const bytes = randomBytes(20)
  bytes.writeUInt8((bytes.readUInt8(0) & 0x7f) | 0x40, 0)
  return bytes.toString('hex').toUpperCase()
}

function privateKeyPem({ privateKey }: webcrypto.CryptoKeyPair): string {
  return KeyObject.from(privateKey).export({ type: 'pkcs8', format: 'pem' }).toString()
}
