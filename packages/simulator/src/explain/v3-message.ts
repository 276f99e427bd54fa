import { answerText } from '@dashang/shared/signing/v3/signature'
import { SIGNATURE_HEADERS, verify, type Distrust } from '@dashang/shared/signing/v3/verify'
import { refused, undecided, type Explanation } from './explanation.ts'
import type { HttpMessage } from './http-message.ts'
import { keyNamed, type ExplainKeys } from './keys.ts'
import type { Rule } from './rules.ts'
import { latenessOf, wrongSignature } from './v3-facts.ts'
import { findAnswerMistake } from './v3-mistakes.ts'
import { openMessage } from './v3-open.ts'

const RULE_OF = {
  missing_header: 'missing_header',
  stale: 'stale',
  probe: 'probe',
  unknown_key: 'unknown_key',
  wrong_signature: 'signature',
} as const satisfies Record<Distrust, Rule>

/** An answer or a notification of API v3, as a merchant has to judge it. */
export function explainV3Message(message: HttpMessage, keys: ExplainKeys): Explanation {
  const { headers, body } = message
  const kind = 'API v3, answer or notification'
  const value = (name: keyof typeof SIGNATURE_HEADERS) => headers[SIGNATURE_HEADERS[name]] ?? ''
  const parts = { timestamp: value('timestamp'), nonce: value('nonce'), body }
  const facts = { toSign: answerText(parts).toString(), given: value('signature') }
  const verdict = verify({ headers, body }, (id) => keyNamed(keys.platform, id), keys.at)
  if (verdict.kind === 'genuine') return openMessage(kind, message, keys)
  if (verdict.why === 'unknown_key' && keys.platform.length === 0) {
    return undecided(kind, `give --platform-key; the message names ${value('keyId')}`, facts)
  }
  const key = keyNamed(keys.platform, value('keyId'))
  if (verdict.why === 'wrong_signature' && key !== undefined) {
    const mistake = findAnswerMistake(parts, value('signature'), key)
    return wrongSignature(kind, facts, keys.signedText, mistake)
  }
  return refused(kind, RULE_OF[verdict.why], {
    ...facts,
    detail: detailOf(verdict.why, message, keys),
  })
}

function detailOf(why: Distrust, { headers }: HttpMessage, keys: ExplainKeys): string | null {
  if (why === 'missing_header') {
    const missing = Object.values(SIGNATURE_HEADERS).filter((name) => !headers[name])
    return missing.join(', ')
  }
  if (why === 'stale') return latenessOf(headers[SIGNATURE_HEADERS.timestamp] ?? '', keys.at)
  if (why !== 'unknown_key') return null
  const known = keys.platform.map(({ id }) => id).join(', ')
  return `the message names ${headers[SIGNATURE_HEADERS.keyId] ?? ''}, known: ${known}`
}
