// The certificate library finds its parts through this.
import 'reflect-metadata'
import { webcrypto } from 'node:crypto'
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
import { CA_NAME, ECDSA, issue, privateKeyPem, RSA, type Authority } from './issue.ts'
import { makePlatformCertificate, makePublicKey } from './platform.ts'

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
  { type: 'dns', value: 'localhost' },
  { type: 'dns', value: 'api.mch.weixin.qq.com' },
  { type: 'dns', value: 'api2.mch.weixin.qq.com' },
  { type: 'dns', value: 'api.weixin.qq.com' },
]

/** An authority of its own, the server that it vouches for, and the merchant with this number. */
export async function makeCertificates(mchid: string): Promise<Certificates> {
  const [caKeys, serverKeys, merchantKeys] = await Promise.all([
    webcrypto.subtle.generateKey(ECDSA, true, ['sign', 'verify']),
    webcrypto.subtle.generateKey(ECDSA, true, ['sign', 'verify']),
    webcrypto.subtle.generateKey(RSA, true, ['sign', 'verify']),
  ])
  const ca: Authority = { name: CA_NAME, keys: caKeys }
  const caKey = privateKeyPem(caKeys)
  const [caCert, serverCert, merchantCert] = await Promise.all([
    issue(ca, { ...ca, extensions: caExtensions() }),
    issue(ca, { name: 'CN=WeChat simulator', keys: serverKeys, extensions: serverExtensions() }),
    issue(ca, { name: `CN=${mchid}`, keys: merchantKeys, extensions: merchantExtensions() }),
  ])
  const [platform, wechat] = await Promise.all([makePlatformCertificate(caKey), makePublicKey()])
  return {
    caCert,
    caKey,
    serverCert,
    serverKey: privateKeyPem(serverKeys),
    merchantCert,
    merchantKey: privateKeyPem(merchantKeys),
    platformCert: platform.publicPem,
    platformKey: platform.privatePem,
    wechatPublicKey: wechat.publicPem,
    wechatPrivateKey: wechat.privatePem,
  }
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
