import { createV2Call } from '../../wechat/v2/call.ts'
import { silent, type Check } from './check.ts'
import { unknownOrderId } from './patient.ts'

const HOST = 'WECHAT_PAY_BASE_URL'
const KEY = 'WECHAT_PAY_V2_KEY'

/** Asks for an order that nobody placed: the signed «no» shows that both sides have one key. */
export const checkV2: Check = async ({ http, v2 }) => {
  if (v2 === null) return null
  const answer = await createV2Call(http, v2)('/pay/orderquery', { out_trade_no: unknownOrderId() })
  switch (answer.kind) {
    case 'done':
      return []
    case 'failed':
      return answer.code === 'ORDERNOTEXIST'
        ? []
        : [{ code: 'v2_refused', at: 'WECHAT_PAY_MCHID', detail: answer.code }]
    case 'foreign':
      return [{ code: 'v2_refused', at: 'WECHAT_APPID', detail: answer.fields['err_code'] ?? '' }]
    case 'rejected':
      return [{ code: 'v2_rejected', at: KEY, detail: answer.message }]
    case 'unknown':
      return answer.why === 'untrusted'
        ? [{ code: 'v2_untrusted', at: KEY }]
        : silent(HOST, `${new URL(v2.baseUrl).host}: ${answer.why}`)
  }
}
