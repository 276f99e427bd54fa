import { randomBytes } from 'node:crypto'
import { isSignedBy, signed, type Fields } from '@dashang/shared/signing/v2'
import { parseXml, writeXml, XmlError } from '@dashang/shared/signing/xml'
import type { WeChatHttp } from '../http.ts'
import type { Unclear } from '../payment-channel.ts'
import type { V2Account } from './account.ts'

export type V2Answer =
  /** `result_code` SUCCESS, signed by WeChat. */
  | { readonly kind: 'done'; readonly fields: Fields }
  /** Signed with our key, and yet of another appid or merchant: no answer to what was asked. */
  | { readonly kind: 'foreign'; readonly fields: Fields }
  /** `result_code` FAIL, signed by WeChat. */
  | { readonly kind: 'failed'; readonly code: string; readonly message: string }
  /** `return_code` FAIL: unsigned, so it says nothing about any order. */
  | { readonly kind: 'rejected'; readonly message: string }
  | { readonly kind: 'unknown'; readonly why: Unclear }

/** One call of API v2: signed on its way out, verified on its way in. */
export type V2Call = (path: string, fields: Fields) => Promise<V2Answer>

// They mean: ask again, with the same parameters.
const TRANSIENT = new Set(['SYSTEMERROR', 'FREQUENCY_LIMITED', 'BIZERR_NEED_RETRY'])

export function createV2Call(http: WeChatHttp, account: V2Account): V2Call {
  return async (path, fields) => {
    const result = await http.post(new URL(path, account.baseUrl), signedXml(account, fields))
    return result.kind === 'unknown' ? result : readAnswer(result.body, account)
  }
}

/** A message of ours, as it goes out. */
export function signedXml({ appid, mchid, signingKey }: V2Account, fields: Fields): string {
  const message = {
    appid,
    mch_id: mchid,
    nonce_str: newNonce(),
    sign_type: signingKey.signType,
    ...fields,
  }
  return writeXml(signed(message, signingKey))
}

export const newNonce = () => randomBytes(16).toString('hex')

function readAnswer(body: Uint8Array, account: V2Account): V2Answer {
  const fields = readFields(body)
  if (fields === null) return { kind: 'unknown', why: 'malformed' }
  if (fields['return_code'] !== 'SUCCESS') {
    return { kind: 'rejected', message: fields['return_msg'] ?? '' }
  }
  if (!isSignedBy(fields, account.signingKey)) return { kind: 'unknown', why: 'untrusted' }
  const isOurs = fields['appid'] === account.appid && fields['mch_id'] === account.mchid
  if (!isOurs) return { kind: 'foreign', fields }
  if (fields['result_code'] === 'SUCCESS') return { kind: 'done', fields }
  const { err_code: code = '', err_code_des: message = '' } = fields
  return TRANSIENT.has(code) ? { kind: 'unknown', why: 'busy' } : { kind: 'failed', code, message }
}

/** `null` for what is not WeChat's XML. */
export function readFields(body: Uint8Array): Fields | null {
  try {
    return parseXml(body)
  } catch (error) {
    if (error instanceof XmlError) return null
    throw error
  }
}
