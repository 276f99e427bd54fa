import { formatBeijingTime } from '@dashang/shared/signing/beijing-time'

/** One row to be written into a bill. What a row does not say, the bill's account does. */
export interface BillEntry {
  readonly kind: 'payment' | 'refund'
  readonly at: Date
  readonly orderId: string
  readonly transactionId: string
  /** What was paid; of a refund, what was asked to go back. */
  readonly amountFen: number
  readonly openid: string
  readonly appid?: string
  readonly mchid?: string
  readonly currency?: string
  /** WeChat's 0.6 %, rounded to a fen, unless another is wished for. */
  readonly feeMilliFen?: number
  readonly productName?: string
  readonly refundId?: string
  readonly wechatRefundId?: string
  readonly refundState?: string
}

export interface BillStyle {
  readonly appid: string
  readonly mchid: string
  /** Added to what the summary says of the paid amounts, to make it lie. */
  readonly summaryErrorFen?: number
}

const HEADER =
  '交易时间,公众账号ID,商户号,特约商户号,设备号,微信订单号,商户订单号,用户标识,交易类型,交易状态,付款银行,' +
  '货币种类,应结订单金额,代金券金额,微信退款单号,商户退款单号,退款金额,充值券退款金额,退款类型,退款状态,' +
  '商品名称,商户数据包,手续费,费率,订单金额,申请退款金额,费率备注'
const SUMMARY =
  '总交易单数,应结订单总金额,退款总金额,充值券退款总金额,手续费总金额,订单总金额,申请退款总金额'

/** The lines of a bill as WeChat writes them, with a byte order mark and CRLF. */
export function* billLines(entries: Iterable<BillEntry>, style: BillStyle): Generator<string> {
  let count = 0
  let paidFen = style.summaryErrorFen ?? 0
  let refundFen = 0
  let feeMilliFen = 0
  yield `\uFEFF${HEADER}\r\n`
  for (const entry of entries) {
    const fee = feeOf(entry)
    count += 1
    feeMilliFen += fee
    if (entry.kind === 'payment') paidFen += entry.amountFen
    else refundFen += entry.amountFen
    yield row(valuesOf(entry, fee, style))
  }
  yield `${SUMMARY}\r\n`
  const [paid, refunded] = [yuan(paidFen), yuan(refundFen)]
  yield row([`${count}.0`, paid, refunded, '0.00', decimal(feeMilliFen, 5), paid, refunded])
}

export function billText(entries: Iterable<BillEntry>, style: BillStyle): string {
  return [...billLines(entries, style)].join('')
}

function feeOf({ kind, amountFen, feeMilliFen }: BillEntry): number {
  const rounded = Math.round((amountFen * 6) / 1000) * 1000
  return feeMilliFen ?? (kind === 'payment' ? rounded : -rounded)
}

function valuesOf(entry: BillEntry, feeMilliFen: number, style: BillStyle): string[] {
  const isRefund = entry.kind === 'refund'
  const paid = yuan(isRefund ? 0 : entry.amountFen)
  const refunded = yuan(isRefund ? entry.amountFen : 0)
  return [
    formatBeijingTime(entry.at).replace(/^(.{4})(..)(..)(..)(..)(..)$/, '$1-$2-$3 $4:$5:$6'),
    entry.appid ?? style.appid,
    entry.mchid ?? style.mchid,
    '0',
    '',
    entry.transactionId,
    entry.orderId,
    entry.openid,
    'JSAPI',
    isRefund ? 'REFUND' : 'SUCCESS',
    'OTHERS',
    entry.currency ?? 'CNY',
    paid,
    '0.00',
    entry.wechatRefundId ?? '0',
    entry.refundId ?? '0',
    refunded,
    '0.00',
    isRefund ? 'ORIGINAL' : '',
    isRefund ? (entry.refundState ?? 'SUCCESS') : '',
    entry.productName ?? '打赏,谢谢`你',
    '',
    decimal(feeMilliFen, 5),
    '0.60%',
    paid,
    refunded,
    '',
  ]
}

const row = (values: string[]) => `${values.map((value) => `\`${value}`).join(',')}\r\n`
const yuan = (fen: number) => decimal(fen, 2)

function decimal(scaled: number, decimals: number): string {
  const digits = String(Math.abs(scaled)).padStart(decimals + 1, '0')
  return `${scaled < 0 ? '-' : ''}${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`
}
