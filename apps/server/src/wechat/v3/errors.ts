/** What a refusal of WeChat says about an order, a refund or a bill, as far as it says anything. */
export type Meaning =
  | 'order_unknown'
  | 'order_paid'
  | 'order_closed'
  /** The number belongs to an order of other content, or a rule was broken: ask what there is. */
  | 'ask'
  | 'missing'
  | 'bill_empty'
  | 'bill_not_ready'
  /** The same request may be sent again. */
  | 'busy'

/**
 * Codes are written with underscores today and were written without; both mean the same. The texts
 * beside them change, so nothing looks at these.
 * https://pay.weixin.qq.com/doc/v3/merchant/4012791856
 */
const MEANINGS: ReadonlyMap<string, Meaning> = new Map<string, Meaning>([
  ['ORDERNOTEXIST', 'order_unknown'],
  ['ORDERPAID', 'order_paid'],
  ['ORDERCLOSED', 'order_closed'],
  ['OUTTRADENOUSED', 'ask'],
  ['INVALIDREQUEST', 'ask'],
  ['TRADEERROR', 'ask'],
  ['RESOURCENOTEXISTS', 'missing'],
  ['REFUNDNOTEXISTS', 'missing'],
  ['NOSTATEMENTEXIST', 'bill_empty'],
  ['STATEMENTCREATING', 'bill_not_ready'],
  ['SYSTEMERROR', 'busy'],
  ['BANKERROR', 'busy'],
  ['SERVICEUNAVAILABLE', 'busy'],
  ['FREQUENCYLIMITED', 'busy'],
  ['FREQUENCYLIMITEXCEED', 'busy'],
  ['RATELIMITEXCEED', 'busy'],
  ['RATELIMITEXCEEDED', 'busy'],
])

/** After these, the same refund cannot be carried out at any time. */
const FINAL_FOR_REFUNDS = new Set([
  'TRADEOVERDUE',
  'USERACCOUNTABNORMAL',
  'INVALIDTRANSACTIONID',
  'ORDERNOTEXIST',
  'RESOURCENOTEXISTS',
  'INVALIDREQUEST',
])

const bare = (code: string) => code.replaceAll('_', '')

export const meaningOf = (code: string): Meaning | null => MEANINGS.get(bare(code)) ?? null

export const isFinalForRefunds = (code: string): boolean => FINAL_FOR_REFUNDS.has(bare(code))
