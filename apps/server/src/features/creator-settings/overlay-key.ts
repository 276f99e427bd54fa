import { createHash, randomBytes } from 'node:crypto'

/** What opens the overlay of a creator. It is told once, and only its hash is kept. */
export const newOverlayKey = () => randomBytes(24).toString('base64url')

// A fast hash will do: the key is random and long, so there is nothing to guess.
export function hashOfKey(key: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(createHash('sha256').update(key).digest())
}
