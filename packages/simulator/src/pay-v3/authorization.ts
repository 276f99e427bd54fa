import {
  parseAuthorization,
  SCHEME,
  type Authorization,
} from '@dashang/shared/signing/v3/authorization'
import { isSignedBy, requestText } from '@dashang/shared/signing/v3/signature'
import { MAX_SKEW_MS } from '@dashang/shared/signing/v3/verify'
import type { Known } from '../known.ts'
import type { V3Error } from './errors.ts'
import { Refusal } from './refusal.ts'
import { mistakeOf } from './mistakes.ts'
import { unixSeconds } from './signing.ts'

const MAX_NONCE_CHARACTERS = 32

/** WeChat's two doors: the orders have one that differs from that of all the others. */
export type Family = 'order' | 'other'

export interface SignedRequest {
  readonly method: string
  /** Path and query as they came. */
  readonly target: string
  readonly body: Uint8Array
  readonly authorization: string | undefined
}

/** Who signed this request; the timestamp is looked at before the signature. */
export function checkAuthorization(
  known: Known,
  family: Family,
  request: SignedRequest,
): Authorization {
  const authorization = parseAuthorization(request.authorization)
  if (authorization === null || authorization.nonce.length > MAX_NONCE_CHARACTERS) {
    throw malformed(family, request.authorization)
  }
  checkTimestamp(known, authorization.timestamp)
  checkMerchant(known, authorization)
  checkSignature(known, request, authorization)
  return authorization
}

function malformed(family: Family, header: string | undefined): Refusal {
  const isOtherScheme = header !== undefined && !header.startsWith(`${SCHEME} `)
  const error: Record<Family, V3Error> = {
    order: 'AUTHORIZATION_OF_ORDER',
    other: isOtherScheme ? 'AUTHORIZATION_TYPE' : 'AUTHORIZATION_FORMAT',
  }
  const hint =
    header === undefined
      ? 'Authorization is missing'
      : `expected: ${SCHEME} mchid="…",nonce_str="…",signature="…",timestamp="…",serial_no="…", the nonce of at most ${MAX_NONCE_CHARACTERS} characters`
  return new Refusal(error[family], hint)
}

function checkTimestamp({ stampedAt }: Known, timestamp: string): void {
  const at = /^[0-9]{1,13}$/.test(timestamp) ? Number(timestamp) * 1000 : Number.NaN
  if (Math.abs(stampedAt.getTime() - at) <= MAX_SKEW_MS) return
  const hint = `timestamp is ${timestamp}, here it is ${unixSeconds(stampedAt)}`
  throw new Refusal('TIMESTAMP_TOO_FAR', hint)
}

function checkMerchant(known: Known, { mchid, serialNo }: Authorization): void {
  if (known.mchid !== null && mchid !== known.mchid) {
    throw new Refusal('UNKNOWN_MERCHANT', `mchid is ${mchid}, the merchant is ${known.mchid}`)
  }
  if (known.merchantKey !== null && serialNo !== known.merchantKey.id) {
    const hint = `the certificate of the merchant has the serial ${known.merchantKey.id}`
    throw new Refusal('UNKNOWN_MERCHANT_SERIAL', hint)
  }
}

function checkSignature(
  { merchantKey }: Known,
  { method, target, body }: SignedRequest,
  { timestamp, nonce, signature }: Authorization,
): void {
  if (merchantKey === null) return
  const request = { method, target, timestamp, nonce, body }
  const text = requestText(request)
  const { key } = merchantKey
  if (isSignedBy(text, signature, key)) return
  const mistake = mistakeOf(request, { signature, key })
  const what =
    mistake && `it was signed ${mistake.how}, first differing at byte ${mistake.firstByte}; `
  const hint = `${what ?? ''}expected the base64 of SHA256 with RSA, by the private key of the merchant, over: ${JSON.stringify(text.toString())}`
  const facts = {
    algorithm: SCHEME,
    sentSignature: signature,
    expectedSignature: null,
    sentText: mistake?.signedText ?? null,
    expectedText: text.toString(),
    mistake: mistake && `it is signed ${mistake.how}`,
    firstDifferingByte: mistake?.firstByte ?? null,
  }
  const head = requestText({ method, target, timestamp, nonce, body: '' }).toString().slice(0, -1)
  throw new Refusal('WRONG_SIGNATURE', hint, {
    signature: facts,
    detail: {
      detail: { issue: 'sign not match' },
      field: 'signature',
      location: 'authorization',
      sign_information: {
        method,
        sign_message_length: text.byteLength,
        truncated_sign_message: head,
        url: target,
      },
    },
  })
}
