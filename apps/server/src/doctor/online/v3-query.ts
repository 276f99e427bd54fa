import type { HttpAnswer } from '../../wechat/http.ts'
import type { V3Account } from '../../wechat/v3/account.ts'
import { createV3Send } from '../../wechat/v3/send.ts'
import { silent, type Check } from './check.ts'
import { unknownOrderId } from './patient.ts'
import { codeOf, isSigned, judgeSignature } from './v3-answer.ts'

const HOST = 'WECHAT_PAY_BASE_URL'

/** Asks for an order that nobody placed: who is not known here is told 401, and not «no such order». */
export const checkV3: Check = async ({ http, v3, now }) => {
  if (v3 === null) return null
  const path = `/v3/pay/transactions/out-trade-no/${unknownOrderId()}`
  const target = `${path}?mchid=${encodeURIComponent(v3.mchid)}`
  const answer = await createV3Send(http, v3, now)({ method: 'GET', target })
  const { host } = new URL(v3.baseUrl)
  if (answer.kind === 'unknown') return silent(HOST, `${host}: ${answer.why}`)
  const { status } = answer
  if (status >= 500 || status === 429) return silent(HOST, `${host}: HTTP ${status}`)
  const code = codeOf(answer)
  const detail = `${status} ${code}`.trim()
  if (status === 401) return [{ code: 'v3_signature_refused', at: 'WECHAT_PAY_CLIENT_KEY', detail }]
  if (code === 'ORDERNOTEXIST') return canJudge(answer, v3) ? judgeSignature(answer, v3, now()) : []
  return [{ code: 'v3_refused', at: 'WECHAT_PAY_MCHID', detail }]
}

/** WeChat signs some of its refusals; with certificates, the next check asks for them. */
const canJudge = (answer: HttpAnswer, { keys }: V3Account) =>
  isSigned(answer) && keys.publicKeys.length > 0
