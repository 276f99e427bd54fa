import type { KeyObject } from 'node:crypto'
import { readCertificate, readPublicKey, type PlatformKey } from '@dashang/shared/signing/v3/keys'

/** What is known beside the message. */
export interface ExplainKeys {
  readonly v2Key: string | null
  readonly v3Key: string | null
  /** The merchant's own, to check requests of API v3. */
  readonly merchant: PlatformKey | null
  /** WeChat's, to check answers and notifications. */
  readonly platform: readonly PlatformKey[]
  readonly appid: string | null
  readonly mchid: string | null
  /** What somebody's code did sign, to compare. */
  readonly signedText: string | null
  readonly at: Date
}

/** A public key has no name of its own, so it answers to every `PUB_KEY_ID_…`. */
const ANY_PUBLIC_KEY = 'PUB_KEY_ID_'

/** A certificate or a public key, as PEM text. */
export function readPlatformKey(pem: string): PlatformKey {
  return pem.includes('CERTIFICATE')
    ? readCertificate(pem)
    : { id: ANY_PUBLIC_KEY, key: readPublicKey(pem) }
}

/** Serials are written in capitals, and some write them small. */
export function keyNamed(keys: readonly PlatformKey[], id: string): KeyObject | undefined {
  const found = keys.find(
    (known) =>
      known.id === id.toUpperCase() || (known.id === ANY_PUBLIC_KEY && id.startsWith(known.id)),
  )
  return found?.key
}
