import { decryptRefundNotice, RefundNoticeError } from '@dashang/shared/signing/refund-notice'
import type { Fields } from '@dashang/shared/signing/v2'
import { parseXml, XmlError } from '@dashang/shared/signing/xml'
import { accepted, refused, undecided, type Explanation } from './explanation.ts'
import type { HttpMessage } from './http-message.ts'
import type { ExplainKeys } from './keys.ts'
import { identityProblem } from './v2-identity.ts'
import { explainV2Request } from './v2-request.ts'
import { signatureProblem } from './v2-signature.ts'

/** A request, an answer or a notification of API v2, with the first rule that it breaks. */
export function explainV2(message: HttpMessage, keys: ExplainKeys): Explanation {
  const fields = readFields(message.body)
  if (fields?.['return_code'] !== undefined) return explainV2Message(fields, keys)
  // What was torn on its way to a merchant's own address is no request for a path of WeChat's.
  const isTorn = fields === null && !isV2Path(message.target)
  return explainV2Request(isTorn ? { ...message, target: null } : message, keys)
}

export const isV2Path = (target: string | null) => /^\/(secapi\/)?pay\//.test(target ?? '')

/** `null` for what is no XML of WeChat's. */
export function readFields(body: Buffer): Fields | null {
  try {
    return parseXml(body)
  } catch (error) {
    if (error instanceof XmlError) return null
    throw error
  }
}

/** What WeChat sends. */
export function explainV2Message(fields: Fields, keys: ExplainKeys): Explanation {
  if (fields['req_info'] !== undefined) return explainNotice(fields['req_info'], keys)
  const kind = 'API v2, answer or payment notification'
  const problem = signatureProblem(kind, fields, keys) ?? identityProblem(kind, fields, keys)
  return problem ?? accepted(kind, { given: fields['sign'] ?? null })
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
