import { canonicalText, isSignedBy, sign, type Fields } from '@dashang/shared/signing/v2'
import { signTypeOf } from '../pay-v2/gateway.ts'
import { firstDifference } from './difference.ts'
import { refused, undecided, type Explanation } from './explanation.ts'
import type { ExplainKeys } from './keys.ts'
import { findV2Mistake } from './v2-mistakes.ts'

/** Stands for the key, and is as long, so that every byte is where it is in the real text. */
const HIDDEN = '*'.repeat(32)

/** What is wrong with the signature, or unknown of it; `null` for a good one. */
export function signatureProblem(
  kind: string,
  fields: Fields,
  keys: ExplainKeys,
): Explanation | null {
  const { sign: given = '' } = fields
  const signType = signTypeFor(fields)
  const toSign = `${canonicalText(fields)}&key=${HIDDEN}`
  const detail = `${signType} in capitals`
  if (given === '') return refused(kind, 'no_signature', { toSign, detail })
  if (keys.v2Key === null) return undecided(kind, 'give --v2-key', { toSign, given })
  const signingKey = { key: keys.v2Key, signType }
  if (isSignedBy(fields, signingKey)) return null
  const expected = sign(fields, signingKey)
  const facts = { toSign, expected, given, detail }
  const mistake = findV2Mistake(fields, signingKey)
  const signedText = keys.signedText ?? mistake?.signedText ?? null
  const inText =
    signedText === null ? null : firstDifference(toSign, signedText.replaceAll(keys.v2Key, HIDDEN))
  const difference = inText ?? firstDifference(expected, given)
  return refused(kind, 'signature', { ...facts, difference, mistake: mistake?.words ?? null })
}

// WeChat's own messages need not name their type; its length tells.
function signTypeFor(fields: Fields) {
  const isOurs = fields['return_code'] === undefined
  return !isOurs && !fields['sign_type'] && fields['sign']?.length === 64
    ? 'HMAC-SHA256'
    : signTypeOf(fields)
}
