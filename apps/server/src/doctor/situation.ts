import type { KeyObject, X509Certificate } from 'node:crypto'
import type { Certificate } from '@dashang/shared/signing/v3/keys'
import { CONFIG_DEFAULTS, CONFIG_NAMES } from '../config.ts'
import { HOST_SETTINGS, isWeChat, parseUrl } from './hosts.ts'
import {
  readCertificateEntries,
  readClientPart,
  readKeyPart,
  readPublicKeyEntries,
  type Part,
  type PublicKeyEntry,
} from './pem-parts.ts'

export type Settings = Readonly<Record<string, string | undefined>>

/** The configuration as far as each part of it can be read by itself. */
export interface Situation {
  /** As they were given; the empty ones are not. */
  readonly given: Settings
  /** The same, with what the server takes for those that are not given. */
  readonly settings: Settings
  readonly now: Date
  /** Whether any of this reaches the real WeChat. */
  readonly isReal: boolean
  readonly usesV3: boolean
  readonly certificate: Part<X509Certificate>
  readonly privateKey: Part<KeyObject>
  readonly publicKeys: Part<readonly PublicKeyEntry[]>
  readonly platformCertificates: Part<readonly (Certificate | null)[]>
}

const V3_SETTINGS = [
  'WECHAT_PAY_V3_KEY',
  'WECHAT_PAY_MERCHANT_SERIAL',
  'WECHAT_PAY_PUBLIC_KEYS',
  'WECHAT_PAY_PLATFORM_CERTIFICATES',
]

export function readSituation(environment: Settings, now: Date): Situation {
  const ours = CONFIG_NAMES.map((name) => [name, environment[name]] as const)
  const given: Settings = Object.fromEntries(ours.filter(([, value]) => value))
  const settings = { ...CONFIG_DEFAULTS, ...given }
  const hosts = HOST_SETTINGS.map((name) => parseUrl(settings[name]))
  return {
    given,
    settings,
    now,
    isReal: hosts.some((url) => url !== null && isWeChat(url)),
    usesV3: settings['WECHAT_PAY_CHANNEL'] === 'v3' || V3_SETTINGS.some((name) => given[name]),
    certificate: readClientPart(given['WECHAT_PAY_CLIENT_CERT']),
    privateKey: readKeyPart(given['WECHAT_PAY_CLIENT_KEY']),
    publicKeys: readPublicKeyEntries(given['WECHAT_PAY_PUBLIC_KEYS']),
    platformCertificates: readCertificateEntries(given['WECHAT_PAY_PLATFORM_CERTIFICATES']),
  }
}
