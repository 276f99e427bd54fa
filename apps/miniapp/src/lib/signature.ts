import { readStored, writeStored } from './storage'

/** How the person signed the last tip, so that nobody types a name twice. */
export interface Signature {
  readonly name: string
  readonly isAnonymous: boolean
}

export function readSignature(): Signature {
  return readStored('signature') ?? { name: '', isAnonymous: false }
}

export function writeSignature(signature: Signature): void {
  try {
    writeStored('signature', signature)
  } catch {
    // A full phone keeps no name; the person types it again.
  }
}
