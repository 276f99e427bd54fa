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
  writeStored('signature', signature)
}
