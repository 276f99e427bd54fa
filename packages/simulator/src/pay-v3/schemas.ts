import { isIP } from 'node:net'
import { parseRfc3339 } from '../rfc3339.ts'
import {
  flag,
  list,
  object,
  oneOf,
  optional,
  text,
  whole,
  type Format,
  type Value,
} from './rules.ts'

const IP: Format = {
  zh: 'ip',
  en: 'an address of IPv4 or IPv6',
  fits: (text) => isIP(text) !== 0 && !text.includes('%'),
}
const MOMENT: Format = {
  zh: 'rfc3339',
  en: 'RFC 3339 with an offset',
  fits: (text) => parseRfc3339(text) !== null,
}
/** http or https, an optional port, and no query, fragment, space or bracket. */
const NOTIFY_URL = /^https?:\/\/[^\s?#[\](){}<>:/]+(:[0-9]{2,5})?(\/[^\s?#[\](){}<>]*)?$/

const outTradeNo = text('商户订单号', {
  min: 6,
  max: 32,
  unit: 'bytes',
  pattern: /^[0-9a-zA-Z_\-|*]+$/,
})
const outRefundNo = text('商户退款单号', {
  max: 64,
  unit: 'bytes',
  pattern: /^[0-9a-zA-Z_\-|*@]+$/,
})
const transactionId = text('微信支付订单号', { max: 32 })
const appid = text('公众号ID', { max: 32 })
const mchid = text('直连商户号', { max: 32 })

const GoodsDetail = object('单品', {
  merchant_goods_id: text('商户侧商品编码', { max: 32 }),
  wechatpay_goods_id: optional(text('微信支付商品编码', { max: 32 })),
  goods_name: optional(text('商品名称', { max: 256 })),
  quantity: whole('商品数量', 1),
  unit_price: whole('商品单价', 0),
})

const StoreInfo = object('商户门店信息', {
  id: text('门店编号', { max: 32 }),
  name: optional(text('门店名称', { max: 256 })),
  area_code: optional(text('地区编码', { max: 32 })),
  address: optional(text('详细地址', { max: 512 })),
})

/** https://pay.weixin.qq.com/doc/v3/merchant/4012791897 */
export const JsapiBody = object('请求', {
  appid,
  mchid,
  description: text('商品描述', { max: 127, unit: 'bytes' }),
  out_trade_no: outTradeNo,
  time_expire: optional(text('交易结束时间', { max: 64, format: MOMENT })),
  attach: optional(text('附加数据', { max: 128, unit: 'bytes' })),
  notify_url: text('通知地址', { max: 255, pattern: NOTIFY_URL }),
  goods_tag: optional(text('订单优惠标记', { max: 32 })),
  support_fapiao: optional(flag('电子发票入口开放标识')),
  amount: object('订单金额信息', {
    total: whole('总金额', 1),
    currency: optional(oneOf('货币类型', ['CNY'])),
  }),
  payer: object('支付者信息', { openid: text('用户标识', { max: 128 }) }),
  detail: optional(
    object('优惠功能', {
      cost_price: optional(whole('订单原价', 0)),
      invoice_id: optional(text('商品小票ID', { max: 32 })),
      goods_detail: optional(list('单品列表', GoodsDetail)),
    }),
  ),
  scene_info: optional(
    object('场景信息', {
      payer_client_ip: text('用户终端IP', { max: 45, format: IP }),
      device_id: optional(text('商户端设备号', { max: 32 })),
      store_info: optional(StoreInfo),
    }),
  ),
  settle_info: optional(object('结算信息', { profit_sharing: optional(flag('是否指定分账')) })),
  limit_pay: optional(list('指定支付方式', oneOf('指定支付方式', ['no_credit']))),
})
export type JsapiBody = Value<typeof JsapiBody>

export const OutTradeNoPath = object('请求', { out_trade_no: outTradeNo })
export const TransactionPath = object('请求', { transaction_id: transactionId })
export const MchidQuery = object('请求', { mchid })
export const CloseBody = object('请求', { mchid })

const RefundGoods = object('退款商品', {
  merchant_goods_id: text('商户侧商品编码', { max: 32 }),
  wechatpay_goods_id: optional(text('微信支付商品编码', { max: 32 })),
  goods_name: optional(text('商品名称', { max: 256 })),
  unit_price: whole('商品单价', 0),
  refund_amount: whole('商品退款金额', 0),
  refund_quantity: whole('商品退货数量', 1),
})

/** https://pay.weixin.qq.com/doc/v3/merchant/4013071036 */
export const RefundBody = object('请求', {
  transaction_id: optional(transactionId),
  out_trade_no: optional(outTradeNo),
  out_refund_no: outRefundNo,
  reason: optional(text('退款原因', { max: 80, unit: 'bytes' })),
  notify_url: optional(text('退款结果回调url', { max: 256, pattern: NOTIFY_URL })),
  funds_account: optional(oneOf('退款资金来源', ['AVAILABLE', 'UNSETTLED'])),
  amount: object('金额信息', {
    refund: whole('退款金额', 1),
    total: whole('原订单金额', 1),
    currency: oneOf('退款币种', ['CNY']),
    from: optional(
      list(
        '退款出资账户及金额',
        object('退款出资账户及金额', {
          account: oneOf('出资账户类型', ['AVAILABLE', 'UNAVAILABLE']),
          amount: whole('出资金额', 1),
        }),
      ),
    ),
  }),
  goods_detail: optional(list('退款商品', RefundGoods)),
})
export type RefundBody = Value<typeof RefundBody>

export const OutRefundNoPath = object('请求', { out_refund_no: outRefundNo })
export const RefundIdPath = object('请求', { refund_id: text('微信支付退款单号', { max: 32 }) })

/** Base64 of what was encrypted, so far longer than what is in it. */
const secret = (label: string) => text(label, { max: 1024 })

/** https://pay.weixin.qq.com/doc/v3/merchant/4013071193 */
export const AbnormalRefundBody = object('请求', {
  out_refund_no: outRefundNo,
  type: oneOf('异常退款处理方式', ['USER_BANK_CARD', 'MERCHANT_BANK_CARD']),
  bank_type: optional(text('开户银行', { max: 16 })),
  bank_account: optional(secret('收款银行卡号')),
  real_name: optional(secret('收款用户姓名')),
})
export const BankAccount = text('收款银行卡号', { max: 64 })
export const RealName = text('收款用户姓名', { max: 128 })

const billDate = text('账单日期', { max: 10, pattern: /^[0-9]{4}-[0-9]{2}-[0-9]{2}$/ })
const tarType = optional(oneOf('压缩类型', ['GZIP']))

/** https://pay.weixin.qq.com/doc/v3/merchant/4013071235 */
export const TradeBillQuery = object('请求', {
  bill_date: billDate,
  bill_type: optional(oneOf('账单类型', ['ALL', 'SUCCESS', 'REFUND'])),
  tar_type: tarType,
})

/** https://pay.weixin.qq.com/doc/v3/merchant/4013071237 */
export const FundFlowQuery = object('请求', {
  bill_date: billDate,
  account_type: optional(oneOf('资金账户类型', ['BASIC', 'OPERATION', 'FEES'])),
  tar_type: tarType,
})

export const DownloadQuery = object('请求', { token: text('下载凭证', { max: 2048 }) })
