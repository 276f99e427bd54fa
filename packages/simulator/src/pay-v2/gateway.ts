import { isUtf8 } from 'node:buffer'
import {
  canonicalText,
  isSignedBy,
  signed,
  type Fields,
  type SigningKey,
  type SignType,
} from '@dashang/shared/signing/v2'
import { parseXml, writeXml, XmlError } from '@dashang/shared/signing/xml'
import type { ClientCertificate } from '../certificates/client-certificate.ts'
import { newNonce, STRANGERS } from '../ids.ts'
import { knownOf, type Known } from '../known.ts'
import type { Call, Platform } from '../platform.ts'
import { isTooLarge, TOO_LARGE_HINT } from '../request-body.ts'
import { ERRORS, Refusal, sentCode, signatureOf, SignatureRefusal } from './errors.ts'
import { checkFields, type FieldRules } from './fields.ts'
import { signatureFacts } from './signature-facts.ts'

/** What a request of API v2 can be refused for by itself. */
export interface RequestRules {
  readonly fields: FieldRules
  readonly needsCertificate: boolean
  /** What the fields are refused for together, or by the calendar. */
  readonly check: (fields: Fields, now: Date) => unknown
}

/** One call of API v2, behind the door that all of them share. */
export interface Operation extends RequestRules {
  /** Checks the fields and does it. */
  readonly run: (platform: Platform, fields: Fields) => Fields
}

export interface CallRequest {
  readonly method: string
  readonly body: Uint8Array
  readonly certificate: ClientCertificate
}

export interface Answer extends Omit<Call, 'at' | 'api'> {
  readonly xml: string
}

/** How the answer leaves the house: as it should, or with a fault of the signature. */
export type Signing = 'signed' | 'unsigned' | 'wrongly signed'

export const signTypeOf = (fields: Fields): SignType =>
  fields['sign_type'] === 'HMAC-SHA256' ? 'HMAC-SHA256' : 'MD5'

/** Takes a request through every check, in WeChat's order, and makes the answer. */
export function answer(
  platform: Platform,
  operation: Operation,
  request: CallRequest & { readonly signing: Signing },
): Answer {
  let fields: Fields = {}
  try {
    fields = readRequest(request)
    checkRequest(knownOf(platform), operation.fields, fields)
    if (operation.needsCertificate) checkCertificate(fields, request.certificate)
    const result = { ...envelope(platform, 'SUCCESS'), ...operation.run(platform, given(fields)) }
    return { xml: write(platform, fields, result, request.signing), ...about(fields, 'OK', null) }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return refuse(platform, fields, error)
  }
}

/** An empty field is none, but for who looks for a mistake in the signature. */
export const given = (fields: Fields): Fields =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== ''))

function refuse(platform: Platform, fields: Fields, refusal: Refusal): Answer {
  const { code, hint } = refusal
  const facts = { ...about(fields, sentCode(code), hint), signature: signatureOf(refusal) }
  if (ERRORS[code].level !== 'result') return { xml: writeXml(failureOf(refusal)), ...facts }
  const failure = { ...envelope(platform, 'FAIL'), ...failureOf(refusal) }
  return { xml: write(platform, fields, failure, 'signed'), ...facts }
}

/** What the answer says of a refusal. */
export const failureOf = ({ code, message }: Refusal): Fields =>
  ERRORS[code].level === 'result'
    ? { err_code: sentCode(code), err_code_des: message }
    : { return_code: 'FAIL', return_msg: message }

export function readRequest({ method, body }: Pick<CallRequest, 'method' | 'body'>): Fields {
  if (method !== 'POST') throw new Refusal('REQUIRE_POST_METHOD', `the method is ${method}`)
  if (body.byteLength === 0) throw new Refusal('POST_DATA_EMPTY', 'the body is empty')
  if (isTooLarge(body)) throw new Refusal('XML_FORMAT_ERROR', TOO_LARGE_HINT)
  if (!isUtf8(body)) throw new Refusal('NOT_UTF8', 'the body is not UTF-8')
  try {
    return parseXml(body)
  } catch (error) {
    if (!(error instanceof XmlError)) throw error
    throw new Refusal('XML_FORMAT_ERROR', `its XML is not taken: ${error.message}`)
  }
}

/** The checks of every call, signed as it has to be. */
export function checkRequest(known: Known, rules: FieldRules, fields: Fields): void {
  checkFields(fields, rules)
  checkSignature(known, fields)
  checkAppid(known, fields)
}

function checkSignature({ mchid, v2Key }: Known, fields: Fields): void {
  if (mchid !== null && fields['mch_id'] !== mchid) {
    const given = fields['mch_id'] ?? 'missing'
    throw new Refusal('MCHID_NOT_EXIST', `mch_id is ${given}, the merchant is ${mchid}`)
  }
  if (v2Key === null) return
  const signType = signTypeOf(fields)
  const signingKey = { key: v2Key, signType }
  if (isSignedBy(fields, signingKey)) return
  throw new SignatureRefusal(
    `expected the upper-case hex of ${signType} over: ${canonicalText(fields)}&key=<the v2 key>`,
    signatureFacts(fields, signingKey),
  )
}

function checkAppid(known: Known, { appid = '' }: Fields): void {
  if (appid === known.appid) return
  if (!/^wx[0-9a-z]{16}$/.test(appid)) {
    throw new Refusal('APPID_NOT_EXIST', `${appid} is not wx and 16 letters and digits`)
  }
  if (known.appid === null) return
  throw new Refusal('APPID_MCHID_NOT_MATCH', `the merchant is bound to ${known.appid}`)
}

export function checkCertificate(fields: Fields, certificate: ClientCertificate): void {
  if (certificate.kind === 'none') {
    throw new Refusal('CERT_ERROR', 'it needs a client certificate, so the TLS port')
  }
  if (certificate.kind === 'foreign') {
    throw new Refusal('CERT_ERROR', 'the client certificate is not of the simulator’s authority')
  }
  if (certificate.name !== fields['mch_id']) {
    throw new Refusal('CERT_ERROR', `the client certificate is of ${certificate.name}`)
  }
}

function envelope({ account, random }: Platform, resultCode: 'SUCCESS' | 'FAIL'): Fields {
  return {
    return_code: 'SUCCESS',
    return_msg: 'OK',
    appid: account.appid,
    mch_id: account.mchid,
    nonce_str: newNonce(random),
    result_code: resultCode,
  }
}

function write({ account }: Platform, request: Fields, answer: Fields, signing: Signing): string {
  const signType = signTypeOf(request)
  const keys: Record<Exclude<Signing, 'unsigned'>, SigningKey> = {
    signed: { key: account.v2Key, signType },
    'wrongly signed': { key: STRANGERS.v2Key, signType },
  }
  return writeXml(signing === 'unsigned' ? answer : signed(answer, keys[signing]))
}

function about(fields: Fields, result: string, hint: string | null): Omit<Answer, 'xml'> {
  return { outTradeNo: given(fields)['out_trade_no'] ?? null, result, hint }
}
