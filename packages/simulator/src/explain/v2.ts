import { decryptRefundNotice, RefundNoticeError } from '@dashang/shared/signing/refund-notice'
import { canonicalText, isSignedBy, sign, type Fields } from '@dashang/shared/signing/v2'
import { parseXml, XmlError } from '@dashang/shared/signing/xml'
import { Refusal } from '../pay-v2/errors.ts'
import {
  checkFields,
  CLOSE_ORDER_FIELDS,
  DOWNLOAD_BILL_FIELDS,
  ORDER_QUERY_FIELDS,
  REFUND_FIELDS,
  REFUND_QUERY_FIELDS,
  UNIFIED_ORDER_FIELDS,
  type FieldRules,
} from '../pay-v2/fields.ts'
import { signTypeOf } from '../pay-v2/gateway.ts'
import { firstDifference } from './difference.ts'
import { accepted, refused, undecided, type Explanation } from './explanation.ts'
import type { HttpMessage } from './http-message.ts'
import type { ExplainKeys } from './keys.ts'
import { findV2Mistake } from './v2-mistakes.ts'

/** The fields of each call, where the path tells which it is. */
const FIELDS_OF: Readonly<Record<string, FieldRules>> = {
  '/pay/unifiedorder': UNIFIED_ORDER_FIELDS,
  '/pay/orderquery': ORDER_QUERY_FIELDS,
  '/pay/closeorder': CLOSE_ORDER_FIELDS,
  '/secapi/pay/refund': REFUND_FIELDS,
  '/pay/refundquery': REFUND_QUERY_FIELDS,
  '/pay/downloadbill': DOWNLOAD_BILL_FIELDS,
}

/** Stands for the key, and is as long, so that every byte is where it is in the real text. */
const HIDDEN = '*'.repeat(32)

/** A request, an answer or a notification of API v2, with the first rule that it breaks. */
export function explainV2(message: HttpMessage, keys: ExplainKeys): Explanation {
  const { method, target, body } = message
  const path = target?.split('?')[0] ?? ''
  const kind = kindOf(path, null)
  if (body.length === 0) return refused(kind, 'empty_body')
  const fields = read(body)
  if (typeof fields === 'string') return refused(kind, 'xml', { detail: `it has ${fields}` })
  const known = kindOf(path, fields)
  if (known.endsWith('request') && method !== null && method !== 'POST') {
    return refused(known, 'method', { detail: `the method is ${method}` })
  }
  if (fields['req_info'] !== undefined) return explainNotice(fields['req_info'], keys)
  const rules = Object.hasOwn(FIELDS_OF, path) ? FIELDS_OF[path] : undefined
  const problem = rules === undefined ? null : fieldProblem(fields, rules)
  if (problem !== null) return refused(known, 'field', { detail: problem })
  return checkSignature(known, fields, keys)
}

function kindOf(path: string, fields: Fields | null): string {
  if (fields?.['return_code'] === undefined) return `API v2${path && ` ${path}`}, request`
  return fields['req_info'] === undefined
    ? 'API v2, answer or payment notification'
    : 'API v2, refund notification'
}

function read(body: Buffer): Fields | string {
  try {
    return parseXml(body)
  } catch (error) {
    if (error instanceof XmlError) return error.message
    throw error
  }
}

function fieldProblem(fields: Fields, rules: FieldRules): string | null {
  try {
    // A missing signature has a rule of its own.
    checkFields({ sign: '-', ...fields }, rules)
    return null
  } catch (error) {
    if (error instanceof Refusal) return `${error.hint} (${error.code}: ${error.message})`
    throw error
  }
}

function checkSignature(kind: string, fields: Fields, keys: ExplainKeys): Explanation {
  const { sign: given = '' } = fields
  const signType = signTypeFor(fields)
  const toSign = `${canonicalText(fields)}&key=${HIDDEN}`
  const detail = `${signType} in capitals`
  if (given === '') return refused(kind, 'no_signature', { toSign, detail })
  if (keys.v2Key === null) return undecided(kind, 'give --v2-key', { toSign, given })
  const signingKey = { key: keys.v2Key, signType }
  const expected = sign(fields, signingKey)
  const facts = { toSign, expected, given, detail }
  if (isSignedBy(fields, signingKey)) return checkIdentity(kind, fields, keys)
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
  return !isOurs && fields['sign_type'] === undefined && fields['sign']?.length === 64
    ? 'HMAC-SHA256'
    : signTypeOf(fields)
}

function checkIdentity(kind: string, fields: Fields, { appid, mchid }: ExplainKeys): Explanation {
  const wrong = Object.entries({ appid, mch_id: mchid }).filter(
    ([name, value]) => value !== null && fields[name] !== value,
  )
  const [first] = wrong
  if (first === undefined) return accepted(kind, { given: fields['sign'] ?? null })
  const [name, value] = first
  return refused(kind, 'identity', {
    detail: `${name} is ${fields[name] ?? 'missing'}, not ${String(value)}`,
  })
}

function explainNotice(reqInfo: string, { v2Key }: ExplainKeys): Explanation {
  const kind = 'API v2, refund notification'
  if (v2Key === null) return undecided(kind, 'give --v2-key; it opens req_info')
  try {
    const opened = decryptRefundNotice(reqInfo, v2Key)
    const text = Object.entries(opened).map(([name, value]) => `${name}=${value}`)
    const detail = 'it is encrypted and not signed: ask refundquery before you believe it'
    return accepted(kind, { opened: text.join('\n'), detail })
  } catch (error) {
    if (!(error instanceof RefundNoticeError)) throw error
    const detail = `${error.message}; the key is the lower-case hex MD5 of the v2 key, AES-256-ECB`
    return refused(kind, 'sealed', { detail })
  }
}
