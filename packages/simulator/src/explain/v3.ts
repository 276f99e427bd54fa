import { parseAuthorization } from '@dashang/shared/signing/v3/authorization'
import { requestText } from '@dashang/shared/signing/v3/signature'
import { ERRORS, type V3Error } from '../pay-v3/errors.ts'
import { judge } from '../pay-v3/judge.ts'
import { languageOf } from '../pay-v3/language.ts'
import { Refusal } from '../pay-v3/refusal.ts'
import { accepted, refused, undecided, type Explanation } from './explanation.ts'
import type { HttpMessage } from './http-message.ts'
import { knownOf, uncheckedOf, type ExplainKeys } from './keys.ts'
import type { Rule } from './rules.ts'
import { latenessOf, wrongSignature } from './v3-facts.ts'
import { findRequestMistake } from './v3-mistakes.ts'

/** A request to API v3, with the first rule that it breaks, in WeChat's order. */
export function explainV3Request(message: HttpMessage, keys: ExplainKeys): Explanation {
  const { method, target, headers } = message
  const kind = `API v3, request ${method ?? ''} ${target ?? ''}`.trimEnd()
  if (method === null || target === null) {
    return undecided(
      kind,
      'the method and the path are signed: give the start line, or --method and --url',
    )
  }
  // A GET has no body, whatever stands behind it in a file.
  const body = method === 'GET' ? Buffer.alloc(0) : message.body
  const request = { method, target, headers, body, authorization: headers['authorization'] }
  const signed = signedPartsOf(request)
  try {
    judge(knownOf(keys), request)
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return refusedBy(kind, error, { signed, headers, keys })
  }
  if (keys.merchant === null) {
    return undecided(kind, 'give --merchant-cert; its key checks the signature', signed?.facts)
  }
  return accepted(kind, { ...signed?.facts, unchecked: uncheckedOf(keys) })
}

interface Request {
  readonly method: string
  readonly target: string
  readonly body: Buffer
  readonly authorization: string | undefined
}

function signedPartsOf({ method, target, body, authorization }: Request) {
  const parsed = parseAuthorization(authorization)
  if (parsed === null) return null
  const { timestamp, nonce, signature } = parsed
  const parts = { method, target, timestamp, nonce, body }
  return { parts, facts: { toSign: requestText(parts).toString(), given: signature } }
}

/** Those without a row are about the content. */
const RULE_OF: Partial<Record<V3Error, Rule>> = {
  UNKNOWN_PATH: 'path',
  WRONG_METHOD: 'method',
  LACKS_ACCEPT_OR_USER_AGENT: 'client_headers',
  AUTHORIZATION_TYPE: 'authorization',
  AUTHORIZATION_FORMAT: 'authorization',
  AUTHORIZATION_OF_ORDER: 'authorization',
  TIMESTAMP_TOO_FAR: 'stale',
  UNKNOWN_MERCHANT: 'identity',
  UNKNOWN_MERCHANT_SERIAL: 'unknown_key',
  WRONG_SIGNATURE: 'signature',
  WRONG_WECHATPAY_SERIAL: 'unknown_key',
  CONTENT_TYPE: 'content_type',
  BODY_FORMAT: 'json',
  PARAM_ERROR: 'field',
  MCHID_NOT_MATCH: 'identity',
  APPID_MCHID_NOT_MATCH: 'identity',
}

interface Refused {
  readonly signed: ReturnType<typeof signedPartsOf>
  readonly headers: HttpMessage['headers']
  readonly keys: ExplainKeys
}

function refusedBy(
  kind: string,
  { error, words, hint }: Refusal,
  { signed, headers, keys }: Refused,
): Explanation {
  const { status, code } = ERRORS[error]
  const message = languageOf(headers['accept-language']) === 'en' ? words.en : words.zh
  const answer = { status, code, message }
  if (error === 'WRONG_SIGNATURE' && signed !== null && keys.merchant !== null) {
    const { parts, facts } = signed
    const mistake = findRequestMistake(parts, facts.given, keys.merchant.key)
    return wrongSignature(kind, { ...facts, answer }, keys.signedText, mistake)
  }
  const lateness = error === 'TIMESTAMP_TOO_FAR' && signed !== null
  const detail = lateness ? latenessOf(signed.parts.timestamp, keys.at) : hint
  return refused(kind, RULE_OF[error] ?? 'content', { ...signed?.facts, answer, detail })
}
