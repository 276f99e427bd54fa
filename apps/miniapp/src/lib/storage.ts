import Taro from '@tarojs/taro'
import type { PendingTip } from '../flow/tip'

/** What the phone keeps between two starts of the app. */
interface Stored {
  session: { token: string; expiresAt: string }
  'pending-tip': PendingTip
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
