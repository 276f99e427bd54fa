/**
 * The columns that are read, by every name that WeChat has given them: the bill of today first, then
 * that of before 2018. https://pay.weixin.qq.com/doc/v2/merchant/4011985905
 */
export const COLUMNS = {
  time: ['交易时间'],
  appid: ['公众账号ID'],
  mchid: ['商户号'],
  transactionId: ['微信订单号'],
  orderId: ['商户订单号'],
  openid: ['用户标识'],
  tradeState: ['交易状态'],
  currency: ['货币种类'],
  orderAmount: ['订单金额', '总金额'],
  settlementAmount: ['应结订单金额', '总金额'],
  fee: ['手续费'],
  rate: ['费率'],
} as const

/** A bill of successful payments alone goes without these. */
export const REFUND_COLUMNS = {
  wechatRefundId: ['微信退款单号'],
  refundId: ['商户退款单号'],
  refundAmount: ['退款金额'],
  couponRefundAmount: ['充值券退款金额', '代金券或立减优惠退款金额', '企业红包退款金额'],
  requestedRefundAmount: ['申请退款金额', '退款金额'],
  refundState: ['退款状态'],
} as const

export type Column = keyof typeof COLUMNS | keyof typeof REFUND_COLUMNS

/** Where each column stands in a row; `null`: not in this bill. */
export type Layout = Readonly<Record<Column, number | null>> & { readonly width: number }

/** `null` when a column that every bill has is missing. */
export function readHeader(line: string): Layout | null {
  const names = line.split(',')
  const placed = (aliases: readonly string[]): number | null => {
    const at = aliases.map((alias) => names.indexOf(alias)).find((index) => index >= 0)
    return at ?? null
  }
  const entries = Object.entries({ ...COLUMNS, ...REFUND_COLUMNS }).map(
    ([column, aliases]) => [column, placed(aliases)] as const,
  )
  const layout = Object.fromEntries(entries) as Record<Column, number | null>
  const isComplete = Object.keys(COLUMNS).every((column) => layout[column as Column] !== null)
  return isComplete ? { ...layout, width: names.length } : null
}

/** A row's or the summary's values: a backtick before each, and commas wherever they like. */
export function splitValues(line: string): string[] {
  return line.slice(1).split(',`')
}
