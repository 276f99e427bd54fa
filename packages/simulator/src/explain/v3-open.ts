import { SealError, unseal } from '@dashang/shared/signing/v3/resource'
import { accepted, refused, undecided, type Explanation } from './explanation.ts'
import type { HttpMessage } from './http-message.ts'
import type { ExplainKeys } from './keys.ts'

/** What a genuine message holds; a notification has to open, too. */
export function openMessage(
  kind: string,
  { body }: HttpMessage,
  { v3Key }: ExplainKeys,
): Explanation {
  const resource = resourceOf(body.toString())
  if (resource === null) return accepted(kind)
  if (v3Key === null) return undecided(kind, 'the signature is good; give --v3-key to open it')
  try {
    return accepted(kind, { opened: unseal(resource, Buffer.from(v3Key)).toString() })
  } catch (error) {
    if (!(error instanceof SealError)) throw error
    return refused(kind, 'sealed', { detail: `${error.message} (AEAD_AES_256_GCM)` })
  }
}

interface Notification {
  readonly resource?: {
    readonly ciphertext?: unknown
    readonly nonce?: unknown
    readonly associated_data?: unknown
  }
}

function resourceOf(body: string) {
  const parsed = parse(body)
  const { ciphertext, nonce, associated_data } = parsed?.resource ?? {}
  if (typeof ciphertext !== 'string' || typeof nonce !== 'string') return null
  const associatedData = typeof associated_data === 'string' ? associated_data : ''
  return { ciphertext, nonce, associatedData }
}

function parse(body: string): Notification | null {
  try {
    return JSON.parse(body) as Notification | null
  } catch {
    return null
  }
}
