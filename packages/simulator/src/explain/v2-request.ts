import type { Fields } from '@dashang/shared/signing/v2'
import { DOWNLOADS } from '../bills/downloads.ts'
import { Refusal, type V2Error } from '../pay-v2/errors.ts'
import {
  checkRequest,
  failureOf,
  given,
  readRequest,
  type RequestRules,
} from '../pay-v2/gateway.ts'
import { OPERATIONS } from '../pay-v2/operations.ts'
import { accepted, refused, type Explanation, type RefusalAnswer } from './explanation.ts'
import type { HttpMessage } from './http-message.ts'
import { knownOf, uncheckedOf, type ExplainKeys } from './keys.ts'
import type { Rule } from './rules.ts'
import { identityProblem } from './v2-identity.ts'
import { signatureProblem } from './v2-signature.ts'

interface KnownCall extends RequestRules {
  readonly path: string
  readonly failure: (refusal: Refusal) => Fields
}

const CALLS: readonly KnownCall[] = [
  ...Object.values(OPERATIONS).map((operation) => ({ ...operation, failure: failureOf })),
  ...Object.values(DOWNLOADS),
]

const NO_SUCH_PATH: RefusalAnswer = { status: 404, code: null, message: '' }

/** A request to API v2, with the first rule that it breaks, in WeChat's order. */
export function explainV2Request(message: HttpMessage, keys: ExplainKeys): Explanation {
  const path = message.target?.split('?')[0] ?? null
  const kind = `API v2${path === null ? '' : ` ${path}`}, request`
  const call = CALLS.find((known) => known.path === path) ?? null
  if (call === null && path !== null) {
    const detail = `the simulator serves no ${path}`
    return refused(kind, 'path', { detail, answer: NO_SUCH_PATH })
  }
  let fields: Fields = {}
  try {
    fields = readRequest({ method: message.method ?? 'POST', body: message.body })
    if (call === null) return explainFields(kind, fields, keys)
    const known = knownOf(keys)
    checkRequest(known, call.fields, fields)
    call.check(given(fields), known.now)
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return refusedBy(kind, error, { failure: call?.failure ?? failureOf, fields, keys })
  }
  const unchecked = uncheckedOf(keys)
  return (
    signatureProblem(kind, fields, keys) ??
    accepted(kind, {
      given: fields['sign'] ?? null,
      unchecked: call.needsCertificate ? [...unchecked, 'certificate'] : unchecked,
    })
  )
}

/** Of a call that nobody named: its signature, and whose it is. */
function explainFields(kind: string, fields: Fields, keys: ExplainKeys): Explanation {
  const problem = signatureProblem(kind, fields, keys) ?? identityProblem(kind, fields, keys)
  const unchecked = ['call', ...uncheckedOf(keys)] as const
  return problem ?? accepted(kind, { given: fields['sign'] ?? null, unchecked })
}

/** Those without a row are about the content. */
const RULE_OF: Partial<Record<V2Error, Rule>> = {
  REQUIRE_POST_METHOD: 'method',
  POST_DATA_EMPTY: 'empty_body',
  NOT_UTF8: 'xml',
  XML_FORMAT_ERROR: 'xml',
  LACK_PARAMS: 'field',
  PARAM_ERROR: 'field',
  MCHID_NOT_EXIST: 'identity',
  APPID_NOT_EXIST: 'identity',
  APPID_MCHID_NOT_MATCH: 'identity',
}

interface Refused extends Pick<KnownCall, 'failure'> {
  readonly fields: Fields
  readonly keys: ExplainKeys
}

function refusedBy(
  kind: string,
  refusal: Refusal,
  { failure, fields, keys }: Refused,
): Explanation {
  const { code, hint } = refusal
  const answer = answerOf(failure(refusal))
  const isOfSign = code === 'SIGNERROR' || hint === 'sign is missing'
  const problem = isOfSign ? signatureProblem(kind, fields, keys) : null
  if (problem !== null) return { ...problem, answer }
  return refused(kind, RULE_OF[code] ?? 'content', { answer, detail: hint })
}

function answerOf(said: Fields): RefusalAnswer {
  return {
    status: 200,
    code: said['err_code'] ?? said['error_code'] ?? null,
    message: said['err_code_des'] ?? said['return_msg'] ?? '',
  }
}
