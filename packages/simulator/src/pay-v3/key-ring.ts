import type { Certificates } from '../certificates/make.ts'
import {
  makePlatformCertificate,
  makePublicKey,
  type Making,
  type PemPair,
} from '../certificates/platform.ts'
import {
  createKeySettings,
  newestOf,
  type KeptSettings,
  type KeyMode,
  type KeySettings,
} from './key-settings.ts'
import {
  keptKey,
  readSigningKey,
  type KeptKey,
  type KeyKind,
  type SigningKey,
} from './platform-key.ts'

export interface KeyRing extends Pick<KeySettings, 'mode' | 'shares' | 'setMode' | 'setShares'> {
  /** Those that are valid, the newest first. */
  list(): readonly SigningKey[]
  newest(kind: KeyKind): SigningKey
  /** By `Wechatpay-Serial`; nothing for one that never was, was revoked, or is not for this mode. */
  find(id: string): SigningKey | undefined
  /** A new key of this kind signs from now on; the one before stays valid. */
  rotate(kind: KeyKind): Promise<SigningKey>
  /** False for an unknown key, and for the last one of its kind. */
  revoke(id: string): { isRevoked: boolean }
  /** The key that signs the next notification. */
  forNotification(): SigningKey
  /** What a saved state has of it. */
  keep(): KeptRing
  /** Takes the settings that were kept, and the keys if they go on from those of this start. */
  restore(kept: KeptRing): void
  /** Back to the keys of the start. */
  reset(): void
}

/** A ring as a file keeps it. */
export interface KeptRing extends KeptSettings {
  readonly keys: readonly KeptKey[]
}

interface Start {
  readonly certificates: Certificates
  readonly mchid: string
  readonly mode: KeyMode
  /** What the keys of a rotation are made of. */
  readonly making: Making
}

export function createKeyRing({ certificates, mchid, mode, making }: Start): KeyRing {
  const make = {
    public_key: () => makePublicKey(making),
    certificate: () => makePlatformCertificate(certificates.caKey, making),
  }
  const read = (kind: KeyKind, pair: PemPair) => readSigningKey(kind, pair, mchid)
  const firstKeys = firstKeysOf(certificates, read)
  const settings = createKeySettings(mode)
  let keys = firstKeys
  const isForMode = ({ kind }: SigningKey) => [kind, 'migration'].includes(settings.mode())

  return {
    ...settings,
    list: () => keys,
    newest: (kind) => newestOf(keys, kind),
    find: (id) => keys.find((key) => key.id === id && isForMode(key)),
    async rotate(kind) {
      const key = read(kind, await make[kind]())
      keys = [key, ...keys]
      return key
    },
    revoke(id) {
      const key = keys.find((known) => known.id === id)
      const isKept = key === undefined || keys.filter(({ kind }) => kind === key.kind).length === 1
      if (!isKept) keys = keys.filter((known) => known !== key)
      return { isRevoked: !isKept }
    },
    keep: () => ({ keys: keys.map(keptKey), ...settings.keep() }),
    restore(kept) {
      settings.restore(kept)
      const known = kept.keys.map((key) => read(key.kind, key))
      const ids = new Set(known.map(({ id }) => id))
      if (firstKeys.some(({ id }) => ids.has(id))) keys = known
    },
    forNotification: () => settings.take(keys),
    reset() {
      keys = firstKeys
      settings.reset()
    },
  }
}

function firstKeysOf(
  certificates: Certificates,
  read: (kind: KeyKind, pair: PemPair) => SigningKey,
): readonly SigningKey[] {
  const { platformCert, platformKey, wechatPublicKey, wechatPrivateKey } = certificates
  return [
    read('public_key', { publicPem: wechatPublicKey, privatePem: wechatPrivateKey }),
    read('certificate', { publicPem: platformCert, privatePem: platformKey }),
  ]
}
