import type { BillRow } from './row.ts'

const LEADING = [
  '交易时间',
  '公众账号ID',
  '商户号',
  '特约商户号',
  '设备号',
  '微信订单号',
  '商户订单号',
  '用户标识',
  '交易类型',
  '交易状态',
  '付款银行',
  '货币种类',
  '应结订单金额',
  '代金券金额',
] as const
const REFUND_TIMES = ['退款申请时间', '退款成功时间'] as const
const REFUND = [
  '微信退款单号',
  '商户退款单号',
  '退款金额',
  '充值券退款金额',
  '退款类型',
  '退款状态',
] as const
const TRAILING = ['商品名称', '商户数据包', '手续费', '费率', '订单金额'] as const

const ALL = [...LEADING, ...REFUND, ...TRAILING, '申请退款金额', '费率备注'] as const
const TOTALS = [
  '总交易单数',
  '应结订单总金额',
  '退款总金额',
  '充值券退款总金额',
  '手续费总金额',
  '订单总金额',
  '申请退款总金额',
] as const

export type Column = (typeof ALL)[number] | (typeof REFUND_TIMES)[number]
export type Total = (typeof TOTALS)[number]

interface BillDescription {
  readonly columns: readonly Column[]
  readonly has: (row: BillRow) => boolean
}

/** What `bill_type` asks for. https://pay.weixin.qq.com/wiki/doc/api/wxa/wxa_api.php?chapter=9_6 */
export const BILL_TYPES = {
  ALL: { columns: ALL, has: () => true },
  SUCCESS: {
    columns: [...LEADING, ...TRAILING, '费率备注'],
    has: ({ kind }) => kind === 'payment',
  },
  REFUND: {
    columns: [...LEADING, ...REFUND_TIMES, ...REFUND, ...TRAILING, '申请退款金额', '费率备注'],
    has: ({ kind }) => kind === 'refund',
  },
  // Refunds of vouchers, which nobody has here.
  RECHARGE_REFUND: { columns: ALL, has: () => false },
} as const satisfies Record<string, BillDescription>

export type BillType = keyof typeof BILL_TYPES

/** What stands where, under which name. */
export interface Layout {
  readonly columns: readonly { readonly header: string; readonly column: Column }[]
  readonly totals: readonly { readonly header: string; readonly total: Total }[]
}

export function layoutOf(type: BillType): Layout {
  return {
    columns: BILL_TYPES[type].columns.map((column) => ({ header: column, column })),
    totals: TOTALS.map((total) => ({ header: total, total })),
  }
}

const LEGACY_NAMES: Readonly<Partial<Record<Column, string>>> = {
  特约商户号: '子商户号',
  应结订单金额: '总金额',
  代金券金额: '代金券或立减优惠金额',
  充值券退款金额: '代金券或立减优惠退款金额',
}
const LEGACY_TOTALS = [
  { header: '总交易单数', total: '总交易单数' },
  { header: '总交易额', total: '应结订单总金额' },
  { header: '总退款金额', total: '退款总金额' },
  { header: '总代金券或立减优惠退款金额', total: '充值券退款总金额' },
  { header: '手续费总金额', total: '手续费总金额' },
] as const satisfies Layout['totals']
const NOT_YET: readonly Column[] = ['订单金额', '申请退款金额', '费率备注']

/** As bills were before 2018: 24 columns for ALL, and five sums. */
export function legacyLayoutOf(type: BillType): Layout {
  return {
    columns: BILL_TYPES[type].columns
      .filter((column) => !NOT_YET.includes(column))
      .map((column) => ({ header: LEGACY_NAMES[column] ?? column, column })),
    totals: LEGACY_TOTALS,
  }
}
