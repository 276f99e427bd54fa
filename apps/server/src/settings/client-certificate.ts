import { createPrivateKey, X509Certificate, type KeyObject } from 'node:crypto'
import { readPem } from './pem.ts'
import type { ClientCertificate } from '../wechat/http.ts'

export interface CertificateSettings {
  readonly WECHAT_PAY_CLIENT_CERT?: string
  readonly WECHAT_PAY_CLIENT_KEY?: string
  readonly WECHAT_PAY_CA_CERT?: string
}

export interface ReadCertificate {
  readonly certificate: ClientCertificate | null
  /** In words for the person who wrote the settings, and without what stands in them. */
  readonly problems: readonly string[]
}

/** Reads what this server shows to WeChat: both the certificate and its key, or neither. */
export function readClientCertificate(settings: CertificateSettings): ReadCertificate {
  const cert = readPart(settings, 'WECHAT_PAY_CLIENT_CERT', (pem) => new X509Certificate(pem))
  const key = readPart(settings, 'WECHAT_PAY_CLIENT_KEY', createPrivateKey)
  const ca = readPart(settings, 'WECHAT_PAY_CA_CERT', (pem) => new X509Certificate(pem))
  const problems = [cert, key, ca].flatMap((part) => (part.kind === 'wrong' ? part.problem : []))
  if (problems.length > 0) return { certificate: null, problems }
  return pair(cert, key, ca.kind === 'read' ? ca.pem : null)
}

type Part<Value> =
  | { readonly kind: 'absent' }
  | { readonly kind: 'read'; readonly pem: string; readonly value: Value }
  | { readonly kind: 'wrong'; readonly problem: string }

function pair(
  cert: Part<X509Certificate>,
  key: Part<KeyObject>,
  ca: string | null,
): ReadCertificate {
  const refuse = (problem: string) => ({ certificate: null, problems: [problem] })
  if (cert.kind !== 'read' && key.kind !== 'read') return { certificate: null, problems: [] }
  if (cert.kind !== 'read') {
    return refuse('WECHAT_PAY_CLIENT_CERT: is missing; WECHAT_PAY_CLIENT_KEY is the key of it')
  }
  if (key.kind !== 'read') {
    return refuse('WECHAT_PAY_CLIENT_KEY: is missing; it goes with WECHAT_PAY_CLIENT_CERT')
  }
  if (!cert.value.checkPrivateKey(key.value)) {
    return refuse('WECHAT_PAY_CLIENT_KEY: is not the key of WECHAT_PAY_CLIENT_CERT')
  }
  return { certificate: { cert: cert.pem, key: key.pem, ca }, problems: [] }
}

function readPart<Value>(
  settings: CertificateSettings,
  name: keyof CertificateSettings,
  parse: (pem: string) => Value,
): Part<Value> {
  const { [name]: setting } = settings
  if (setting === undefined) return { kind: 'absent' }
  try {
    const pem = readPem(setting)
    return { kind: 'read', pem, value: parse(pem) }
  } catch {
    return { kind: 'wrong', problem: `${name}: is neither PEM text nor the path of a file with it` }
  }
}
