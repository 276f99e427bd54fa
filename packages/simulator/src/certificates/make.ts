// The certificate library finds its parts through this.
import 'reflect-metadata'
import {
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  SubjectAlternativeNameExtension,
  type Extension,
  type JsonGeneralName,
} from '@peculiar/x509'
import { WECHAT_HOSTS } from '../hosts.ts'
import { createRandom } from '../random.ts'
import {
  CA_NAME,
  issue,
  newSerialNumber,
  privateKeyPem,
  type Authority,
  type Holder,
  type Validity,
} from './issue.ts'
import { makePlatformCertificate, makePublicKey, type Making } from './platform.ts'
import { makeRsaKeys, RSA } from './rsa.ts'

/** PEM text, all of it. */
export interface Certificates {
  readonly caCert: string
  readonly caKey: string
  readonly serverCert: string
  readonly serverKey: string
  readonly merchantCert: string
  readonly merchantKey: string
  /** The platform certificate of API v3, and the private key that WeChat keeps. */
  readonly platformCert: string
  readonly platformKey: string
  /** The same for the mode without certificates: the WeChat Pay public key. */
  readonly wechatPublicKey: string
  readonly wechatPrivateKey: string
}

const SERVER_NAMES: JsonGeneralName[] = [
  { type: 'ip', value: '127.0.0.1' },
  ...['localhost', ...WECHAT_HOSTS].map((value) => ({ type: 'dns' as const, value })),
]

const DAY_MS = 24 * 60 * 60 * 1000
const LIFETIME_MS = 3650 * DAY_MS

/** TLS goes by the clock of the client, which no seed knows; the last day of a two-digit year. */
const SEEDED_VALIDITY: Validity = {
  from: new Date('2000-01-01T00:00:00Z'),
  to: new Date('2049-12-31T23:59:59Z'),
}

const BY_CHANCE: Making = { random: createRandom(), now: () => new Date() }

/**
 * An authority of its own, the server that it vouches for, and the merchant with this number. With
 * chance of its own all of it is drawn in one sequence, so nobody else may draw from it meanwhile.
 */
export async function makeCertificates(
  mchid: string,
  making: Making = BY_CHANCE,
): Promise<Certificates> {
  const { random } = making
  const validity = random.isSeeded ? SEEDED_VALIDITY : validityFrom(making.now())
  const holder = async (): Promise<Pick<Holder, 'keys' | 'serialNumber' | 'validity'>> => {
    const serialNumber = newSerialNumber(random)
    return { serialNumber, validity, keys: await makeRsaKeys(random) }
  }
  const [forCa, forServer, forMerchant] = await Promise.all([holder(), holder(), holder()])
  const ca: Authority = { name: CA_NAME, keys: forCa.keys, algorithm: RSA }
  const caKey = privateKeyPem(ca.keys)
  const [caCert, serverCert, merchantCert] = await Promise.all([
    issue(ca, { ...forCa, name: CA_NAME, extensions: caExtensions() }),
    issue(ca, { ...forServer, name: 'CN=WeChat simulator', extensions: serverExtensions() }),
    issue(ca, { ...forMerchant, name: `CN=${mchid}`, extensions: merchantExtensions() }),
  ])
  const [platform, wechat] = await Promise.all([
    makePlatformCertificate(caKey, making),
    makePublicKey(making),
  ])
  return {
    caCert,
    caKey,
    serverCert,
    serverKey: privateKeyPem(forServer.keys),
    merchantCert,
    merchantKey: privateKeyPem(forMerchant.keys),
    platformCert: platform.publicPem,
    platformKey: platform.privatePem,
    wechatPublicKey: wechat.publicPem,
    wechatPrivateKey: wechat.privatePem,
  }
}

const validityFrom = (now: Date): Validity => ({
  from: new Date(now.getTime() - DAY_MS),
  to: new Date(now.getTime() + LIFETIME_MS),
})

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
