import { X509Certificate, type KeyObject } from 'node:crypto'
import { readCertificate, readPublicKey, type PlatformKey } from '@dashang/shared/signing/v3/keys'
import type { Known } from '../known.ts'
import type { Unchecked } from './rules.ts'

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

export function knownOf({ mchid, appid, v2Key, merchant, platform, at }: ExplainKeys): Known {
  const isKnown = (id: string) => platform.some((known) => hasId(known, id))
  return {
    mchid,
    appid,
    v2Key,
    merchantKey: merchant,
    stampedAt: at,
    now: at,
    keys: {
      find: (id) => (platform.length === 0 || isKnown(id) ? { id, privateKey: null } : undefined),
      list: () => platform,
    },
  }
}

/** What of a request that was found good is still open. */
export const uncheckedOf = ({ mchid, appid }: ExplainKeys): readonly Unchecked[] =>
  mchid === null || appid === null ? ['state', 'identity'] : ['state']

/** The merchant number that a merchant's certificate is made out to. */
export const merchantNumberOf = (pem: string): string | null =>
  /^CN=([0-9]+)$/m.exec(new X509Certificate(pem).subject)?.[1] ?? null

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
  return keys.find((known) => hasId(known, id.toUpperCase()))?.key
}

const hasId = (known: PlatformKey, id: string) =>
  known.id === id || (known.id === ANY_PUBLIC_KEY && id.startsWith(known.id))
