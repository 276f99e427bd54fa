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
import type { Call, Platform } from '../platform.ts'
import { ERRORS, Refusal, sentCode, signatureOf, SignatureRefusal } from './errors.ts'
import { checkFields, type FieldRules } from './fields.ts'
import { signatureFacts } from './signature-facts.ts'

/** One call of API v2, behind the door that all of them share. */
export interface Operation {
  readonly fields: FieldRules
  readonly needsCertificate: boolean
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
    checkRequest(platform, operation.fields, fields)
    if (operation.needsCertificate) checkCertificate(fields, request.certificate)
    const result = { ...envelope(platform, 'SUCCESS'), ...operation.run(platform, fields) }
    return { xml: write(platform, fields, result, request.signing), ...about(fields, 'OK', null) }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return refuse(platform, fields, error)
  }
}

function refuse(platform: Platform, fields: Fields, refusal: Refusal): Answer {
  const { code, message, hint } = refusal
  const facts = { ...about(fields, sentCode(code), hint), signature: signatureOf(refusal) }
  if (ERRORS[code].level !== 'result') {
    return { xml: writeXml({ return_code: 'FAIL', return_msg: message }), ...facts }
  }
  const failure = {
    ...envelope(platform, 'FAIL'),
    err_code: sentCode(code),
    err_code_des: message,
  }
  return { xml: write(platform, fields, failure, 'signed'), ...facts }
}

export function readRequest({ method, body }: Pick<CallRequest, 'method' | 'body'>): Fields {
  if (method !== 'POST') throw new Refusal('REQUIRE_POST_METHOD', `the method is ${method}`)
  if (body.byteLength === 0) throw new Refusal('POST_DATA_EMPTY', 'the body is empty')
  if (!isUtf8(body)) throw new Refusal('NOT_UTF8', 'the body is not UTF-8')
  try {
    return parseXml(body)
  } catch (error) {
    if (error instanceof XmlError) throw new Refusal('XML_FORMAT_ERROR', `it has ${error.message}`)
    throw error
  }
}

/** The checks of every call, signed as it has to be. */
export function checkRequest(platform: Platform, rules: FieldRules, fields: Fields): void {
  checkFields(fields, rules)
  checkSignature(platform, fields)
  checkAppid(platform, fields)
}

function checkSignature({ account }: Platform, fields: Fields): void {
  if (fields['mch_id'] !== account.mchid) {
    throw new Refusal('MCHID_NOT_EXIST', `the only merchant here is ${account.mchid}`)
  }
  const signType = signTypeOf(fields)
  const signingKey = { key: account.v2Key, signType }
  if (isSignedBy(fields, signingKey)) return
  throw new SignatureRefusal(
    `expected the upper-case hex of ${signType} over: ${canonicalText(fields)}&key=<the v2 key>`,
    signatureFacts(fields, signingKey),
  )
}

function checkAppid({ account }: Platform, { appid = '' }: Fields): void {
  if (appid === account.appid) return
  if (!/^wx[0-9a-z]{16}$/.test(appid)) {
    throw new Refusal('APPID_NOT_EXIST', `${appid} is not wx and 16 letters and digits`)
  }
  throw new Refusal('APPID_MCHID_NOT_MATCH', `the merchant is bound to ${account.appid}`)
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
  return { outTradeNo: fields['out_trade_no'] ?? null, result, hint }
}
