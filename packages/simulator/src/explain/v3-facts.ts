import { MAX_SKEW_MS } from '@dashang/shared/signing/v3/verify'
import { firstDifference } from './difference.ts'
import { refused, type Explanation, type RefusalAnswer } from './explanation.ts'
import type { FoundMistake } from './v3-mistakes.ts'

/** What is wrong with a time, or nothing. */
export function latenessOf(timestamp: string, at: Date): string | null {
  if (!/^[1-9][0-9]{0,12}$/.test(timestamp)) return `«${timestamp}» is no Unix time in seconds`
  const awayMs = Number(timestamp) * 1000 - at.getTime()
  if (Math.abs(awayMs) <= MAX_SKEW_MS) return null
  const seconds = Math.round(Math.abs(awayMs) / 1000)
  const side = awayMs < 0 ? 'before' : 'after'
  return `it is ${seconds} s ${side} ${at.toISOString()} (--at sets another time to judge by)`
}

interface SignatureFacts {
  readonly toSign: string
  readonly given: string
  readonly answer?: RefusalAnswer
}

export function wrongSignature(
  kind: string,
  facts: SignatureFacts,
  signedText: string | null,
  mistake: FoundMistake | null,
): Explanation {
  const compared = signedText ?? mistake?.signedText ?? null
  return refused(kind, 'signature', {
    ...facts,
    difference: compared === null ? null : firstDifference(facts.toSign, compared),
    mistake: mistake?.words ?? null,
    detail:
      'RSA of SHA-256; an RSA signature does not tell what was signed, so compare with --signed-text',
  })
}
