import { beijingDayBefore } from '@dashang/shared/signing/beijing-time'
import type { HttpAnswer } from '../../wechat/http.ts'
import type { V3Account } from '../../wechat/v3/account.ts'
import { createCertificateSource } from '../../wechat/v3/certificates.ts'
import { createV3Send } from '../../wechat/v3/send.ts'
import type { Check } from './check.ts'
import type { Patient } from './patient.ts'
import { codeOf, isSigned, judgeSignature } from './v3-answer.ts'

/** Whether what WeChat signs can be verified here; `null` where it signed nothing. */
export const checkPlatformKey: Check = async (patient) => {
  const { v3 } = patient
  if (v3 === null) return null
  return v3.keys.publicKeys.length > 0 ? askForBill(patient, v3) : askForCertificates(patient, v3)
}

/** Yesterday's bill changes nothing; WeChat signs where to fetch it, if anybody paid on that day. */
async function askForBill({ http, now }: Patient, v3: V3Account) {
  const { name } = beijingDayBefore(now())
  const target = `/v3/bill/tradebill?bill_date=${name}&bill_type=ALL`
  const answer = await createV3Send(http, v3, now)({ method: 'GET', target })
  if (answer.kind === 'unknown' || (answer.status !== 200 && !isSigned(answer))) return null
  return judgeSignature(answer, v3, now())
}

async function askForCertificates({ http, now }: Patient, v3: V3Account) {
  let last: HttpAnswer | null = null
  const send = createV3Send(http, v3, now)
  const source = createCertificateSource(async (request) => {
    const answer = await send(request)
    last = answer.kind === 'answered' ? answer : null
    return answer
  }, v3)
  const certificates = await source(now())
  if (certificates !== null) return []
  return meaningOf(last)
}

function meaningOf(answer: HttpAnswer | null) {
  if (answer?.status === 200) return [{ code: 'v3_key_wrong', at: 'WECHAT_PAY_V3_KEY' } as const]
  const isMissing = answer?.status === 404 && codeOf(answer) === 'RESOURCENOTEXISTS'
  return isMissing ? [{ code: 'public_key_needed', at: 'WECHAT_PAY_PUBLIC_KEYS' } as const] : null
}
