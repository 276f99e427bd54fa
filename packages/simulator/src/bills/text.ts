import { formatYuan } from '@dashang/shared/money'
import { formatBeijingDateTime } from '@dashang/shared/signing/beijing-time'
import type { Account } from '../platform.ts'
import type { Column, Layout, Total } from './layout.ts'
import type { BillRow } from './row.ts'

export interface Bill {
  readonly layout: Layout
  readonly rows: Iterable<BillRow>
  /** How far the sum of the payments is off its rows: nothing, unless a fault asks for it. */
  readonly errorFen: number
}

/** The lines of a bill, without their ends; one is made when it is asked for. */
export function* billLines(account: Account, bill: Bill): Generator<string> {
  const { columns, totals } = bill.layout
  yield columns.map(({ header }) => header).join(',')
  const sums = { count: 0, paidFen: bill.errorFen, refundFen: 0, feeFen: 0 }
  for (const row of bill.rows) {
    add(sums, row)
    const cells = cellsOf(account, row)
    yield marked(columns.map(({ column }) => cells[column]))
  }
  yield totals.map(({ header }) => header).join(',')
  const values = valuesOf(sums)
  yield marked(totals.map(({ total }) => values[total]))
}

// The mark keeps a spreadsheet from taking long numbers for numbers.
export const marked = (values: string[]) => values.map((value) => `\`${value}`).join(',')

export const yuan = (amountFen: number) => formatYuan(amountFen).replace('¥', '')
const feeYuan = (amountFen: number) => `${yuan(amountFen)}000`

interface Sums {
  count: number
  paidFen: number
  refundFen: number
  feeFen: number
}

function add(sums: Sums, row: BillRow): void {
  sums.count += 1
  sums.feeFen += row.feeFen
  if (row.kind === 'payment') sums.paidFen += row.paidFen
  else sums.refundFen += row.refundFen
}

function valuesOf({ count, paidFen, refundFen, feeFen }: Sums): Record<Total, string> {
  return {
    总交易单数: String(count),
    应结订单总金额: yuan(paidFen),
    退款总金额: yuan(refundFen),
    充值券退款总金额: yuan(0),
    手续费总金额: feeYuan(feeFen),
    订单总金额: yuan(paidFen),
    申请退款总金额: yuan(refundFen),
  }
}

function cellsOf({ appid, mchid }: Account, row: BillRow): Record<Column, string> {
  const paid = yuan(row.kind === 'payment' ? row.paidFen : 0)
  return {
    交易时间: formatBeijingDateTime(row.at),
    公众账号ID: appid,
    商户号: mchid,
    特约商户号: '0',
    设备号: row.deviceInfo,
    微信订单号: row.transactionId,
    商户订单号: row.outTradeNo,
    用户标识: row.openid,
    交易类型: 'JSAPI',
    交易状态: row.kind === 'payment' ? 'SUCCESS' : 'REFUND',
    付款银行: 'OTHERS',
    货币种类: 'CNY',
    应结订单金额: paid,
    代金券金额: yuan(0),
    ...refundCells(row),
    充值券退款金额: yuan(0),
    商品名称: row.body,
    商户数据包: row.attach,
    手续费: feeYuan(row.feeFen),
    费率: '0.60%',
    订单金额: paid,
    费率备注: '',
  }
}

function refundCells(row: BillRow) {
  if (row.kind === 'payment') {
    return {
      退款申请时间: '',
      退款成功时间: '',
      微信退款单号: '0',
      商户退款单号: '0',
      退款金额: yuan(0),
      退款类型: '',
      退款状态: '',
      申请退款金额: yuan(0),
    }
  }
  return {
    退款申请时间: formatBeijingDateTime(row.at),
    退款成功时间: row.succeededAt ? formatBeijingDateTime(row.succeededAt) : '',
    微信退款单号: row.refundId,
    商户退款单号: row.outRefundNo,
    退款金额: yuan(row.refundFen),
    退款类型: 'ORIGINAL',
    退款状态: row.status,
    申请退款金额: yuan(row.refundFen),
  }
}
