import type { Certificates } from '../certificates/make.ts'
import {
  makePlatformCertificate,
  makePublicKey,
  type Making,
  type PemPair,
} from '../certificates/platform.ts'
import {
  keptKey,
  readSigningKey,
  type KeptKey,
  type KeyKind,
  type SigningKey,
} from './platform-key.ts'

/**
 * What the merchant has: a public key and no certificate, as new ones do; certificates and no public
 * key; or both, while it moves from the one to the other.
 */
export const KEY_MODES = ['public_key', 'certificate', 'migration'] as const
export type KeyMode = (typeof KEY_MODES)[number]

export interface Shares {
  /** In migration, of a hundred notifications how many the public key signs. */
  readonly publicKeyPercent: number
  /** After a rotation, of a hundred notifications how many the key before still signs. */
  readonly overlapPercent: number
}

export interface KeyRing {
  mode(): KeyMode
  shares(): Shares
  setMode(mode: KeyMode): void
  setShares(shares: Partial<Shares>): void
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
  keep(): readonly KeptKey[]
  /** Takes what was kept, if it goes on from the keys of this start. */
  restore(kept: readonly KeptKey[]): void
  /** Back to the keys of the start. */
  reset(): void
}

interface Start {
  readonly certificates: Certificates
  readonly mchid: string
  readonly mode: KeyMode
  /** What the keys of a rotation are made of. */
  readonly making: Making
}

const NO_OVERLAP: Shares = { publicKeyPercent: 100, overlapPercent: 0 }

export function createKeyRing({ certificates, mchid, mode, making }: Start): KeyRing {
  const make = {
    public_key: () => makePublicKey(making),
    certificate: () => makePlatformCertificate(certificates.caKey, making),
  }
  const read = (kind: KeyKind, pair: PemPair) => readSigningKey(kind, pair, mchid)
  const firstKeys = firstKeysOf(certificates, read)
  const settings = createSettings(mode)
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
    keep: () => keys.map(keptKey),
    restore(kept) {
      const known = kept.map((key) => read(key.kind, key))
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

/** Which of the keys signs, and whose turn it is where two take turns. */
function createSettings(firstMode: KeyMode) {
  const firstState = () => ({
    mode: firstMode,
    shares: NO_OVERLAP,
    kindTurns: createTurns(),
    ageTurns: createTurns(),
  })
  let state: State = firstState()
  return {
    mode: () => state.mode,
    shares: () => state.shares,
    setMode(mode: KeyMode) {
      state = { ...state, mode }
    },
    setShares(shares: Partial<Shares>) {
      state = { ...state, shares: { ...state.shares, ...shares } }
    },
    take: (keys: readonly SigningKey[]) => takeTurn(keys, state),
    reset() {
      state = firstState()
    },
  }
}

interface State {
  readonly mode: KeyMode
  readonly shares: Shares
  readonly kindTurns: Turns
  readonly ageTurns: Turns
}

function newestOf(keys: readonly SigningKey[], kind: KeyKind): SigningKey {
  const key = keys.find((known) => known.kind === kind)
  if (key === undefined) throw new Error(`no ${kind} is left`)
  return key
}

function takeTurn(keys: readonly SigningKey[], state: State): SigningKey {
  const { mode, shares, kindTurns, ageTurns } = state
  const isPublicKey =
    mode === 'public_key' || (mode === 'migration' && kindTurns.isNext(shares.publicKeyPercent))
  const kind = isPublicKey ? 'public_key' : 'certificate'
  const [, before] = keys.filter((key) => key.kind === kind)
  const isOld = before !== undefined && ageTurns.isNext(shares.overlapPercent)
  return isOld ? before : newestOf(keys, kind)
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

interface Turns {
  isNext(percent: number): boolean
}

/** Says yes to so many of a hundred, evenly and without chance, so that a run can be repeated. */
function createTurns(): Turns {
  let owed = 0
  return {
    isNext(percent) {
      owed += percent
      if (owed < 100) return false
      owed -= 100
      return true
    },
  }
}
