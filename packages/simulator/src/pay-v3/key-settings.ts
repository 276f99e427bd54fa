import type { KeyKind, SigningKey } from './platform-key.ts'

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

/** Which of the keys signs, and whose turn it is where two take turns. */
export interface KeySettings {
  mode(): KeyMode
  shares(): Shares
  setMode(mode: KeyMode): void
  setShares(shares: Partial<Shares>): void
  take(keys: readonly SigningKey[]): SigningKey
  keep(): KeptSettings
  restore(kept: KeptSettings): void
  reset(): void
}

export interface KeptSettings {
  readonly mode: KeyMode
  readonly shares: Shares
  /** How much of a hundred each kind of turn has gathered. */
  readonly owed: { readonly kind: number; readonly age: number }
}

const NO_OVERLAP: Shares = { publicKeyPercent: 100, overlapPercent: 0 }

export function createKeySettings(firstMode: KeyMode): KeySettings {
  const first = { mode: firstMode, shares: NO_OVERLAP, owed: { kind: 0, age: 0 } }
  let state = stateOf(first)
  return {
    mode: () => state.mode,
    shares: () => state.shares,
    setMode(mode) {
      state = { ...state, mode }
    },
    setShares(shares) {
      state = { ...state, shares: { ...state.shares, ...shares } }
    },
    take: (keys) => takeTurn(keys, state),
    keep: () => ({
      mode: state.mode,
      shares: state.shares,
      owed: { kind: state.kindTurns.owed(), age: state.ageTurns.owed() },
    }),
    restore(kept) {
      state = stateOf(kept)
    },
    reset() {
      state = stateOf(first)
    },
  }
}

interface State {
  readonly mode: KeyMode
  readonly shares: Shares
  readonly kindTurns: Turns
  readonly ageTurns: Turns
}

const stateOf = ({ mode, shares, owed }: KeptSettings): State => ({
  mode,
  shares,
  kindTurns: createTurns(owed.kind),
  ageTurns: createTurns(owed.age),
})

export function newestOf(keys: readonly SigningKey[], kind: KeyKind): SigningKey {
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

interface Turns {
  isNext(percent: number): boolean
  owed(): number
}

/** Says yes to so many of a hundred, evenly and without chance, so that a run can be repeated. */
function createTurns(before: number): Turns {
  let owed = before
  return {
    isNext(percent) {
      owed += percent
      if (owed < 100) return false
      owed -= 100
      return true
    },
    owed: () => owed,
  }
}
