import {
  KeyError,
  readApiV3Key,
  readCertificate,
  readPrivateKey,
} from '@dashang/shared/signing/v3/keys'
import { readCertificates, readPublicKeys } from './platform-keys.ts'
import type { ClientCertificate } from '../wechat/http.ts'
import type { V3Keys } from '../wechat/v3/account.ts'

export interface V3Settings {
  readonly WECHAT_PAY_V3_KEY?: string
  readonly WECHAT_PAY_MERCHANT_SERIAL?: string
  readonly WECHAT_PAY_PUBLIC_KEYS?: string
  readonly WECHAT_PAY_PLATFORM_CERTIFICATES?: string
}

export interface ReadV3Keys {
  /** `null`: this merchant does not use API v3. */
  readonly keys: V3Keys | null
  /** In words for the person who wrote the settings, and without what stands in them. */
  readonly problems: readonly string[]
}

const BELONG_TO_V3 = [
  'WECHAT_PAY_MERCHANT_SERIAL',
  'WECHAT_PAY_PUBLIC_KEYS',
  'WECHAT_PAY_PLATFORM_CERTIFICATES',
] as const satisfies readonly (keyof V3Settings)[]

/** Reads what API v3 is signed, checked and decrypted with; the APIv3 key says that it is used. */
export function readV3Keys(settings: V3Settings, merchant: ClientCertificate | null): ReadV3Keys {
  const { WECHAT_PAY_V3_KEY: apiV3Key } = settings
  if (apiV3Key === undefined) {
    const given = BELONG_TO_V3.find((name) => settings[name] !== undefined)
    const problem = `WECHAT_PAY_V3_KEY: is missing; ${given ?? ''} goes with it`
    return { keys: null, problems: given === undefined ? [] : [problem] }
  }
  if (merchant === null) {
    const problem = 'WECHAT_PAY_CLIENT_CERT: is missing; API v3 is signed with the key of it'
    return { keys: null, problems: [problem] }
  }
  return readAll({ ...settings, WECHAT_PAY_V3_KEY: apiV3Key }, merchant)
}

function readAll(
  settings: V3Settings & { readonly WECHAT_PAY_V3_KEY: string },
  { cert, key }: ClientCertificate,
): ReadV3Keys {
  const problems: string[] = []
  const attempt = <T>(name: string, read: () => T): T | null => {
    try {
      return read()
    } catch (error) {
      if (!(error instanceof KeyError)) throw error
      problems.push(`${name}: ${error.message}`)
      return null
    }
  }
  const { WECHAT_PAY_PUBLIC_KEYS: keys = '[]' } = settings
  const { WECHAT_PAY_PLATFORM_CERTIFICATES: known = '[]' } = settings
  const apiV3Key = attempt('WECHAT_PAY_V3_KEY', () => readApiV3Key(settings.WECHAT_PAY_V3_KEY))
  const privateKey = attempt('WECHAT_PAY_CLIENT_KEY', () => readPrivateKey(key))
  const own = attempt('WECHAT_PAY_CLIENT_CERT', () => readCertificate(cert))
  const publicKeys = attempt('WECHAT_PAY_PUBLIC_KEYS', () => readPublicKeys(keys, cert))
  const certificates = attempt('WECHAT_PAY_PLATFORM_CERTIFICATES', () =>
    readCertificates(known, cert),
  )
  const { WECHAT_PAY_MERCHANT_SERIAL: serial = own?.id } = settings
  if (own && serial?.toUpperCase() !== own.id) {
    problems.push('WECHAT_PAY_MERCHANT_SERIAL: is not the serial of WECHAT_PAY_CLIENT_CERT')
  }
  const isWhole = apiV3Key && privateKey && own && publicKeys && certificates
  if (!isWhole || problems.length > 0) return { keys: null, problems }
  return { keys: { apiV3Key, privateKey, serialNo: own.id, publicKeys, certificates }, problems }
}
