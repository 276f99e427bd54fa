import {
  canonicalText,
  isSignedBy,
  sign,
  SIGN_TYPES,
  type Fields,
  type SignType,
} from '@dashang/shared/signing/v2'
import { payText, type PayParameters } from '@dashang/shared/signing/v3/pay-sign'
import { isSignedBy as isSignedByKey } from '@dashang/shared/signing/v3/signature'
import type { Order } from '../order.ts'
import { KEY_NAME, signatureFacts } from '../pay-v2/signature-facts.ts'
import type { Platform } from '../platform.ts'
import { firstDifferingByte, type SignatureFacts } from '../signatures/compare.ts'
import { PREFIX, type PaymentTexts } from './payment-options.ts'

/** Why the second signature does not fit the order; `null` when it does. */
export function paySignProblem(
  platform: Platform,
  request: PaymentTexts,
  { signType }: Pick<Order, 'signType'>,
): SignatureFacts | null {
  return signType === 'RSA'
    ? rsaProblem(platform, request)
    : digestProblem(platform, request, signType)
}

const typeMistake = ({ signType }: PaymentTexts, ofOrder: string) =>
  signType === ofOrder ? null : `signType is ${signType}, and that of the order is ${ofOrder}`

/** What somebody signs by mistake, where only the second signature knows the mistake. */
const DIGEST_MISTAKES: Readonly<Record<string, (fields: Fields) => Fields>> = {
  'appId is signed as «appid», without the capital': ({ appId = '', ...fields }) => ({
    ...fields,
    appid: appId,
  }),
  // An empty field is not signed.
  'appId is left out': (fields) => ({ ...fields, appId: '' }),
  'signType is left out': (fields) => ({ ...fields, signType: '' }),
  'the prepay_id is signed without «prepay_id=» in front': (fields) => ({
    ...fields,
    package: (fields['package'] ?? '').slice(PREFIX.length),
  }),
}

interface Candidate {
  readonly mistake: string
  readonly fields: Fields
  readonly signType: SignType
}

function digestProblem(
  { account }: Platform,
  request: PaymentTexts,
  signType: SignType,
): SignatureFacts | null {
  const { timeStamp, nonceStr, package: prepay, paySign: sent } = request
  const texts = { timeStamp, nonceStr, package: prepay, sign: sent }
  const given = { appId: account.appid, ...texts, signType: request.signType }
  const expected = { ...given, signType }
  const signingKey = { key: account.v2Key, signType }
  const wrongType = typeMistake(request, signType)
  if (wrongType === null && isSignedBy(expected, signingKey)) return null
  const facts = signatureFacts(expected, signingKey)
  const found = candidates({ given, expected, signType, wrongType }).find(
    ({ fields, signType: type }) =>
      sign(fields, { key: account.v2Key, signType: type }) === sent.toUpperCase(),
  )
  if (found === undefined) return { ...facts, mistake: facts.mistake ?? wrongType }
  const sentText = `${canonicalText(found.fields)}&key=${KEY_NAME}`
  return {
    ...facts,
    mistake: found.mistake,
    sentText,
    firstDifferingByte: firstDifferingByte(sentText, facts.expectedText),
  }
}

interface Signed {
  readonly given: Fields
  readonly expected: Fields
  readonly signType: SignType
  readonly wrongType: string | null
}

function candidates({ given, expected, signType, wrongType }: Signed): Candidate[] {
  const types = SIGN_TYPES.filter((type) => type === given['signType'])
  const ofType = [
    ...types.map((type) => ({ fields: given, signType: type })),
    { fields: expected, signType },
  ]
  return [
    ...(wrongType === null ? [] : ofType.map((each) => ({ mistake: wrongType, ...each }))),
    ...Object.entries(DIGEST_MISTAKES).map(([mistake, change]) => ({
      mistake,
      fields: change(expected),
      signType,
    })),
  ]
}

/** The same for the four lines that RSA signs. */
const RSA_MISTAKES: Readonly<Record<string, (parameters: PayParameters) => string>> = {
  'the line feed at the end is missing': (parameters) =>
    payText(parameters).toString().slice(0, -1),
  'the prepay_id is signed without «prepay_id=» in front': (parameters) =>
    payText({ ...parameters, package: parameters.package.slice(PREFIX.length) }).toString(),
  'the appid is left out': (parameters) =>
    payText(parameters).toString().slice(`${parameters.appId}\n`.length),
}

function rsaProblem(
  { account, merchantCertificate }: Platform,
  request: PaymentTexts,
): SignatureFacts | null {
  const { paySign } = request
  const parameters = { appId: account.appid, ...request }
  const expectedText = payText(parameters).toString()
  const isOver = (text: string) =>
    isSignedByKey(Buffer.from(text), paySign, merchantCertificate.key)
  const wrongType = typeMistake(request, 'RSA')
  const isRight = isOver(expectedText)
  if (isRight && wrongType === null) return null
  const facts = { algorithm: 'RSA', sentSignature: paySign, expectedSignature: null, expectedText }
  const found = Object.entries(RSA_MISTAKES).find(([, change]) => isOver(change(parameters)))
  const sentText = isRight ? expectedText : (found?.[1](parameters) ?? null)
  return {
    ...facts,
    sentText,
    mistake: found?.[0] ?? wrongType,
    firstDifferingByte: sentText === null ? null : firstDifferingByte(sentText, expectedText),
  }
}
