import { AppError } from '@dashang/shared/errors'
import { ALGORITHM, SealError, unseal } from '@dashang/shared/signing/v3/resource'
import { Type, type Static } from 'typebox'
import type { NotifiedMessage } from '../payment-channel.ts'
import type { V3Account } from './account.ts'
import { parseJson, readAs } from './json.ts'
import type { KeyRing } from './key-ring.ts'

const Envelope = Type.Object({
  event_type: Type.String(),
  resource: Type.Object({
    algorithm: Type.Literal(ALGORITHM),
    ciphertext: Type.String(),
    nonce: Type.String(),
    associated_data: Type.Optional(Type.String()),
  }),
})

/** What a notification is about, and what WeChat says of it. */
export interface Opened {
  readonly eventType: string
  readonly content: unknown
}

/**
 * Opens a notification: first the signature over the bytes, then the seal.
 * https://pay.weixin.qq.com/doc/v3/merchant/4012791861
 */
export async function openEnvelope(
  { ring, account }: { ring: KeyRing; account: V3Account },
  message: NotifiedMessage,
  now: Date,
): Promise<Opened> {
  const verdict = await ring.verify(message, now)
  if (verdict.kind === 'refused') {
    const code = verdict.why === 'probe' ? 'NOTIFICATION_PROBE' : 'NOTIFICATION_UNAUTHENTIC'
    throw new AppError(code, `the signature: ${verdict.why}`)
  }
  const envelope = readAs(Envelope, parseJson(message.body))
  if (envelope === null) throw malformed('signed, but not the envelope of a notification')
  const { event_type: eventType, resource } = envelope
  const content = parseJson(unsealed(resource, account))
  if (content === undefined) throw malformed('sealed, but not JSON')
  return { eventType, content }
}

export const malformed = (reason: string) => new AppError('NOTIFICATION_MALFORMED', reason)

function unsealed(
  { ciphertext, nonce, associated_data: associatedData = '' }: Static<typeof Envelope>['resource'],
  { keys }: V3Account,
): Uint8Array {
  try {
    return unseal({ ciphertext, nonce, associatedData }, keys.apiV3Key)
  } catch (cause) {
    if (!(cause instanceof SealError)) throw cause
    throw new AppError('NOTIFICATION_UNAUTHENTIC', `the resource ${cause.message}`, { cause })
  }
}
