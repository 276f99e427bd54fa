import { createHash, randomBytes } from 'node:crypto'
import type { Transaction } from '../../db/database.ts'

/** What opens the overlay of a creator. It is told once, and only its hash is kept. */
export const newOverlayKey = () => randomBytes(24).toString('base64url')

// A fast hash will do: the key is random and long, so there is nothing to guess.
export function hashOfKey(key: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(createHash('sha256').update(key).digest())
}

/** Each open overlay of the creator looks whether its key is still good, whichever process it is at. */
export async function wakeOverlays(tx: Transaction, slug: string): Promise<void> {
  await tx.$executeRaw`SELECT pg_notify('tip_alert', ${slug})`
}
