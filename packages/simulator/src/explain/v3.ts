import { parseAuthorization, type Authorization } from '@dashang/shared/signing/v3/authorization'
import {
  answerText,
  isSignedBy,
  requestText,
  type RequestToSign,
} from '@dashang/shared/signing/v3/signature'
import {
  MAX_SKEW_MS,
  SIGNATURE_HEADERS,
  verify,
  type Distrust,
} from '@dashang/shared/signing/v3/verify'
import { firstDifference } from './difference.ts'
import { accepted, refused, undecided, type Explanation } from './explanation.ts'
import type { HttpMessage } from './http-message.ts'
import { keyNamed, type ExplainKeys } from './keys.ts'
import type { Rule } from './rules.ts'
import { openMessage } from './v3-open.ts'
import { findAnswerMistake, findRequestMistake } from './v3-mistakes.ts'

/** A request to API v3, with the first rule that it breaks, in WeChat's order. */
export function explainV3Request(message: HttpMessage, keys: ExplainKeys): Explanation {
  const { method, target, headers, body } = message
  const kind = `API v3, request ${method ?? ''} ${target ?? ''}`.trimEnd()
  if (method === null || target === null) {
    return undecided(
      kind,
      'the method and the path are signed: give the start line, or --method and --url',
    )
  }
  const authorization = parseAuthorization(headers['authorization'])
  if (authorization === null) {
    const detail =
      'WECHATPAY2-SHA256-RSA2048 mchid="…",nonce_str="…",signature="…",timestamp="…",serial_no="…"'
    return refused(kind, 'authorization', { detail })
  }
  return checkRequest(kind, { ...authorization, method, target, body, headers }, keys)
}

type SignedRequest = Authorization & RequestToSign & Pick<HttpMessage, 'headers'>

function checkRequest(kind: string, request: SignedRequest, keys: ExplainKeys): Explanation {
  const { method, target, body, timestamp, nonce, signature, serialNo, mchid, headers } = request
  const parts = { method, target, timestamp, nonce, body }
  const toSign = requestText(parts).toString()
  const facts = { toSign, given: signature }
  const lateness = latenessOf(timestamp, keys.at)
  if (lateness !== null) return refused(kind, 'stale', { ...facts, detail: lateness })
  if (keys.mchid !== null && mchid !== keys.mchid) {
    return refused(kind, 'identity', { ...facts, detail: `mchid is ${mchid}, not ${keys.mchid}` })
  }
  const { merchant } = keys
  if (merchant === null) {
    return undecided(kind, 'give --merchant-cert; its key checks the signature', facts)
  }
  if (merchant.id !== '' && merchant.id !== serialNo.toUpperCase()) {
    const detail = `serial_no is ${serialNo}, the certificate has ${merchant.id}`
    return refused(kind, 'unknown_key', { ...facts, detail })
  }
  if (!isSignedBy(requestText(parts), signature, merchant.key)) {
    const mistake = findRequestMistake(parts, signature, merchant.key)
    return wrongSignature(kind, facts, keys.signedText, mistake)
  }
  const lacks = ['accept', 'user-agent'].filter((name) => !headers[name])
  if (lacks.length > 0) {
    return refused(kind, 'client_headers', { ...facts, detail: `${lacks.join(' and ')} missing` })
  }
  return accepted(kind, facts)
}

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

/** What is wrong with a time, or nothing. */
function latenessOf(timestamp: string, at: Date): string | null {
  if (!/^[1-9][0-9]{0,12}$/.test(timestamp)) return `«${timestamp}» is no Unix time in seconds`
  const awayMs = Number(timestamp) * 1000 - at.getTime()
  if (Math.abs(awayMs) <= MAX_SKEW_MS) return null
  const seconds = Math.round(Math.abs(awayMs) / 1000)
  const side = awayMs < 0 ? 'before' : 'after'
  return `it is ${seconds} s ${side} ${at.toISOString()} (--at sets another time to judge by)`
}

function wrongSignature(
  kind: string,
  facts: { readonly toSign: string; readonly given: string },
  signedText: string | null,
  mistake: ReturnType<typeof findRequestMistake>,
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
