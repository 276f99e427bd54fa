import Taro from '@tarojs/taro'
import type { PendingTip } from '../flow/tip'
import type { Language } from '../words/words'

/** What the phone keeps between two starts of the app. */
interface Stored {
  session: { token: string; expiresAt: string }
  'pending-tip': PendingTip
  language: { language: Language }
  /** How the person signed the last time. */
  signature: { name: string; isAnonymous: boolean }
}

export function readStored<Key extends keyof Stored>(key: Key): Stored[Key] | null {
  // Taro answers '' for what was never stored.
  const value: unknown = Taro.getStorageSync(key)
  return typeof value === 'object' ? (value as Stored[Key] | null) : null
}

export function writeStored<Key extends keyof Stored>(key: Key, value: Stored[Key]): void {
  Taro.setStorageSync(key, value)
}

export function clearStored(key: keyof Stored): void {
  Taro.removeStorageSync(key)
}
