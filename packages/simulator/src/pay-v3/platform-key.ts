import { createHash, createPrivateKey, type KeyObject } from 'node:crypto'
import { readCertificate, readPublicKey, type PlatformKey } from '@dashang/shared/signing/v3/keys'
import type { PemPair } from '../certificates/platform.ts'

export const KEY_KINDS = ['public_key', 'certificate'] as const
export type KeyKind = (typeof KEY_KINDS)[number]

/** A key pair of WeChat's, the newest of its kind signing. */
export interface SigningKey extends PlatformKey {
  readonly kind: KeyKind
  /** The certificate or the public key, PEM: what a merchant is given. */
  readonly publicPem: string
  readonly privateKey: KeyObject
  /** `null` for a public key, which does not expire. */
  readonly validity: { readonly from: Date; readonly to: Date } | null
}

const READERS = {
  public_key: (pem: string, mchid: string) => {
    const key = readPublicKey(pem)
    return { id: publicKeyIdOf(key, mchid), key, validity: null }
  },
  certificate: (pem: string) => {
    const { id, key, validFrom: from, validTo: to } = readCertificate(pem)
    return { id, key, validity: { from, to } }
  },
} as const satisfies Record<KeyKind, unknown>

export function readSigningKey(
  kind: KeyKind,
  { publicPem, privatePem }: PemPair,
  mchid: string,
): SigningKey {
  const read = READERS[kind](publicPem, mchid)
  return { kind, publicPem, privateKey: createPrivateKey(privatePem), ...read }
}

const ID_DIGITS = 20

/** `PUB_KEY_ID_` and digits, the merchant's number among them; the same for the same key. */
function publicKeyIdOf(key: KeyObject, mchid: string): string {
  const digest = createHash('sha256')
    .update(key.export({ type: 'spki', format: 'der' }))
    .digest()
  const digits = BigInt(`0x${digest.toString('hex')}`)
    .toString()
    .slice(0, ID_DIGITS)
  return `PUB_KEY_ID_01${mchid}${digits}`
}
