import { isIP } from 'node:net'
import { parseBeijingTime } from '@dashang/shared/signing/beijing-time'
import type { Fields } from '@dashang/shared/signing/v2'
import { Refusal } from './errors.ts'

interface FieldRule {
  /** The Chinese name that WeChat's validator puts into its message. */
  readonly label: string
  readonly isRequired: boolean | ((fields: Fields) => boolean)
  /** Bytes of UTF-8, as WeChat counts. */
  readonly maxBytes: number
  readonly isValid?: (value: string) => boolean
  /** What is said of it when it is missing, where that is not said of all alike. */
  readonly missing?: string
}

export type FieldRules = Readonly<Record<string, FieldRule>>

const required = (label: string, maxBytes: number, isValid?: FieldRule['isValid']): FieldRule => ({
  label,
  isRequired: true,
  maxBytes,
  ...(isValid && { isValid }),
})
const optional = (label: string, maxBytes: number, isValid?: FieldRule['isValid']): FieldRule => ({
  ...required(label, maxBytes, isValid),
  isRequired: false,
})

const isOutTradeNo = (value: string) => /^[0-9A-Za-z_\-|*@]{1,32}$/.test(value)
const isOutRefundNo = (value: string) => /^[0-9A-Za-z_\-|*@]{1,64}$/.test(value)
const isFee = (value: string) => /^[1-9][0-9]*$/.test(value)
const isTime = (value: string) => parseBeijingTime(value) !== null

/** `notify_url` is absolute and has no query string. */
function isNotifyUrl(value: string): boolean {
  return /^https?:/i.test(value) && URL.canParse(value) && !/[?#\s]/.test(value)
}

const COMMON_FIELDS = {
  appid: required('公众账号ID', 32),
  mch_id: required('商户号', 32),
  nonce_str: required('随机字符串', 32),
  sign: required('签名', 128),
  sign_type: optional('签名类型', 32, (value) => value === 'MD5' || value === 'HMAC-SHA256'),
} as const satisfies FieldRules

const isJsapi = (fields: Fields) => fields['trade_type'] === 'JSAPI'
const TRADE_TYPES = ['JSAPI', 'NATIVE', 'APP', 'MWEB']

/** https://pay.weixin.qq.com/doc/v2/merchant/4011936530 */
export const UNIFIED_ORDER_FIELDS = {
  ...COMMON_FIELDS,
  device_info: optional('设备号', 32),
  body: required('商品描述', 127),
  detail: optional('商品详情', 6144),
  attach: optional('附加数据', 127),
  out_trade_no: required('商户订单号', 32, isOutTradeNo),
  fee_type: optional('标价币种', 16, (value) => value === 'CNY'),
  total_fee: required('标价金额', 10, isFee),
  spbill_create_ip: required('终端IP', 64, (value) => isIP(value) !== 0),
  time_start: optional('交易起始时间', 14, isTime),
  time_expire: optional('交易结束时间', 14, isTime),
  goods_tag: optional('订单优惠标记', 32),
  notify_url: required('通知地址', 256, isNotifyUrl),
  trade_type: required('交易类型', 16, (value) => TRADE_TYPES.includes(value)),
  limit_pay: optional('指定支付方式', 32, (value) => value === 'no_credit'),
  openid: {
    ...required('用户标识', 128),
    isRequired: isJsapi,
    missing: 'JSAPI支付必须传openid',
  },
  product_id: optional('商品ID', 32),
  receipt: optional('电子发票入口开放标识', 8),
  profit_sharing: optional('是否需要分账', 16, (value) => value === 'Y' || value === 'N'),
  scene_info: optional('场景信息', 256),
  version: optional('版本号', 32),
} as const satisfies FieldRules

export const ORDER_QUERY_FIELDS = {
  ...COMMON_FIELDS,
  transaction_id: optional('微信订单号', 32),
  out_trade_no: optional('商户订单号', 32, isOutTradeNo),
} as const satisfies FieldRules

export const CLOSE_ORDER_FIELDS = {
  ...COMMON_FIELDS,
  out_trade_no: required('商户订单号', 32, isOutTradeNo),
} as const satisfies FieldRules

const REFUND_SOURCES = ['REFUND_SOURCE_UNSETTLED_FUNDS', 'REFUND_SOURCE_RECHARGE_FUNDS']

/** https://pay.weixin.qq.com/wiki/doc/api/wxa/wxa_api.php?chapter=9_4 */
export const REFUND_FIELDS = {
  ...ORDER_QUERY_FIELDS,
  out_refund_no: required('商户退款单号', 64, isOutRefundNo),
  total_fee: required('订单金额', 10, isFee),
  refund_fee: required('退款金额', 10, isFee),
  refund_fee_type: optional('退款货币种类', 8, (value) => value === 'CNY'),
  refund_desc: optional('退款原因', 80),
  refund_account: optional('退款资金来源', 30, (value) => REFUND_SOURCES.includes(value)),
  notify_url: optional('退款结果通知url', 256, isNotifyUrl),
} as const satisfies FieldRules

export const REFUND_QUERY_FIELDS = {
  ...ORDER_QUERY_FIELDS,
  out_refund_no: optional('商户退款单号', 64, isOutRefundNo),
  refund_id: optional('微信退款单号', 32),
  offset: optional('偏移量', 10, (value) => /^[0-9]+$/.test(value)),
} as const satisfies FieldRules

/** `bill_date` and `bill_type` are refused in words of their own. */
export const DOWNLOAD_BILL_FIELDS = {
  ...COMMON_FIELDS,
  bill_date: required('对账单日期', 8),
  bill_type: optional('账单类型', 32),
  tar_type: optional('压缩账单', 8, (value) => value === 'GZIP'),
} as const satisfies FieldRules

/** https://pay.weixin.qq.com/wiki/doc/api/wxa/wxa_api.php?chapter=9_18 */
export const DOWNLOAD_FUND_FLOW_FIELDS = {
  ...COMMON_FIELDS,
  sign_type: required('签名类型', 32, (value) => value === 'HMAC-SHA256'),
  bill_date: required('资金账单日期', 8),
  account_type: required('资金账户类型', 32),
  tar_type: optional('压缩账单', 8, (value) => value === 'GZIP'),
} as const satisfies FieldRules

export function checkFields(fields: Fields, rules: FieldRules): void {
  for (const [name, rule] of Object.entries<FieldRule>(rules)) {
    const { isRequired, missing = `缺少参数${name}` } = rule
    const value = fields[name] ?? ''
    if (value !== '') checkValue(name, value, rule)
    else if (isRequired === true || (isRequired !== false && isRequired(fields))) {
      throw new Refusal('LACK_PARAMS', `${name} is missing`, missing)
    }
  }
}

function checkValue(name: string, value: string, rule: FieldRule): void {
  const bytes = Buffer.byteLength(value)
  if (bytes > rule.maxBytes) {
    throw new Refusal(
      'PARAM_ERROR',
      `${name} has ${bytes} bytes of UTF-8, at most ${rule.maxBytes} are taken`,
      `输入源“/body/xml/${name}”映射到值字段“${rule.label}”字符串规则校验失败，字节数 ${bytes}，大于最大值 ${rule.maxBytes}`,
    )
  }
  if (rule.isValid && !rule.isValid(value)) {
    throw new Refusal('PARAM_ERROR', `${name} has a wrong format`, `${name}参数格式有误`)
  }
}
