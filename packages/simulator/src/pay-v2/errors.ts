import type { SignatureFacts } from '../signatures/compare.ts'

interface ErrorDescription {
  /**
   * `return`: refused at the door, unsigned. `result`: a signed answer with `err_code`.
   * `bill`: unsigned, with the number in `errorCode`; only for who asks for a bill.
   */
  readonly level: 'return' | 'result' | 'bill'
  readonly errorCode?: string
  /** WeChat's own words. */
  readonly message: string
  /** When the simulator answers so. */
  readonly when: string
}

/** What v2 refuses, in WeChat's words. https://pay.weixin.qq.com/doc/v2/merchant/4011936530 */
export const ERRORS = {
  REQUIRE_POST_METHOD: {
    level: 'return',
    message: '请使用post方法',
    when: 'the method is not POST',
  },
  POST_DATA_EMPTY: { level: 'return', message: 'post数据为空', when: 'the body is empty' },
  NOT_UTF8: { level: 'return', message: '编码格式错误', when: 'the body is not UTF-8' },
  XML_FORMAT_ERROR: {
    level: 'return',
    message: 'XML格式错误',
    when: 'the body is not one flat <xml> document, has a DOCTYPE or more than 64 KB',
  },
  LACK_PARAMS: {
    level: 'return',
    message: '缺少参数',
    when: 'a required field is missing; of an openid it says JSAPI支付必须传openid',
  },
  PARAM_ERROR: {
    level: 'return',
    message: '参数格式校验错误',
    when: 'a field has the wrong length or format',
  },
  MCHID_NOT_EXIST: { level: 'return', message: '商户号不存在', when: 'mch_id is unknown' },
  SIGNERROR: { level: 'return', message: '签名错误', when: 'the signature does not fit' },
  APPID_NOT_EXIST: {
    level: 'result',
    message: 'APPID不存在',
    when: 'the appid is not wx and 16 letters and digits, so nobody has it',
  },
  PRODUCT_NOT_OPENED: {
    level: 'return',
    message: '商户号该产品权限未开通，请前往商户平台>产品中心检查后重试',
    when: 'trade_type is NATIVE, APP or MWEB, which the merchant has not opened',
  },
  APPID_MCHID_NOT_MATCH: {
    level: 'result',
    message: '商户号mch_id与appid不匹配',
    when: 'the appid is not bound to the merchant',
  },
  OPENID_NOT_MATCH: {
    level: 'result',
    message: 'appid与openid不匹配',
    when: 'the openid is not one of this appid',
  },
  INVALID_REQUEST: {
    level: 'result',
    message: '201 商户订单号重复',
    when: 'the out_trade_no was placed before with another content, or a refund breaks a rule',
  },
  OUT_TRADE_NO_USED: {
    level: 'result',
    message: '商户订单号重复',
    when: 'the out_trade_no was placed before by v3',
  },
  CERT_ERROR: {
    level: 'result',
    message: '证书验证失败',
    when: 'the client certificate is missing, of another authority or of another merchant',
  },
  ORDERPAID: { level: 'result', message: '该订单已支付', when: 'the order is paid' },
  ORDERCLOSED: {
    level: 'result',
    message: '该订单已关闭',
    when: 'an order that is closed is placed again; the fault order_closed',
  },
  ORDERNOTEXIST: { level: 'result', message: '此交易订单号不存在', when: 'nobody placed it' },
  SYSTEMERROR: { level: 'result', message: '系统错误', when: 'the fault system_error' },
  FREQUENCY_LIMITED: {
    level: 'result',
    message: '频率限制',
    when: 'the fault frequency_limited; a refund too soon after another, or the 51st',
  },
  NOAUTH: { level: 'result', message: '商户无此接口权限', when: 'the fault no_auth' },
  USER_NOTENOUGH: {
    level: 'result',
    message: '用户帐号余额不足',
    when: 'the fault user_not_enough',
  },
  TRADE_STATE_ERROR: {
    level: 'result',
    message: '订单状态错误',
    when: 'the fault trade_state_error',
  },
  ERROR: { level: 'result', message: '业务错误', when: 'the fault business_error' },
  INVALID_REQ_TOO_MUCH: {
    level: 'result',
    message: '无效请求过多',
    when: 'the fault too_many_invalid',
  },
  INVALID_TRANSACTIONID: {
    level: 'result',
    message: '无效transaction_id',
    when: 'no payment has this transaction_id',
  },
  ORDER_NOT_READY: {
    level: 'result',
    message: '订单处理中，暂时无法退款，请稍后再试',
    when: 'a refund of an order that is not paid',
  },
  TRADE_OVERDUE: {
    level: 'result',
    message: '订单已经超过退款期限',
    when: 'a refund of a payment that is more than a year old',
  },
  REFUND_FEE_MISMATCH: {
    level: 'result',
    message: '订单金额或退款金额与之前请求不一致，请核实后再试',
    when: 'the out_refund_no was asked for before with another amount',
  },
  REFUNDNOTEXIST: { level: 'result', message: '退款订单查询失败', when: 'there is no such refund' },
  NOTENOUGH: {
    level: 'result',
    message: '基本账户余额不足，请充值后重新发起',
    when: 'the fault not_enough',
  },
  BIZERR_NEED_RETRY: {
    level: 'result',
    message: '退款业务流程错误，需要商户触发重试来解决',
    when: 'the fault need_retry',
  },
  USER_ACCOUNT_ABNORMAL: {
    level: 'result',
    message: '用户账户异常或已注销',
    when: 'the fault account_abnormal',
  },
  INVALID_BILL_DATE: {
    level: 'bill',
    errorCode: '20001',
    message: 'invalid bill_date',
    when: 'bill_date is no day, not over yet, or more than three months ago',
  },
  INVALID_BILL_TYPE: {
    level: 'bill',
    errorCode: '20001',
    message: 'invalid bill_type',
    when: 'there is no such bill_type; of an account_type it says invalid account_type',
  },
  BILL_CREATING: {
    level: 'bill',
    errorCode: '20002',
    message: 'Bill Creating',
    when: 'it is not 9:00 of the next day yet',
  },
  NO_BILL_EXIST: {
    level: 'bill',
    errorCode: '20002',
    message: 'No Bill Exist',
    when: 'nothing was traded on that day',
  },
  BILL_NO_AUTH: {
    level: 'bill',
    errorCode: '20007',
    message: '当前商户号账单API权限已经关闭',
    when: 'the fault no_auth',
  },
  BILL_SYSTEM_ERROR: {
    level: 'bill',
    errorCode: '20100',
    message: 'system error',
    when: 'the fault system_error',
  },
  BILL_SYSTEM_TIMEOUT: {
    level: 'bill',
    errorCode: '100',
    message: 'system timeout',
    when: 'the fault system_timeout',
  },
  BILL_COMPRESS_ERROR: {
    level: 'bill',
    errorCode: '20003',
    message: 'CompressGZip Error',
    when: 'the fault compress_error',
  },
} as const satisfies Record<string, ErrorDescription>

export type V2Error = keyof typeof ERRORS

// WeChat has no codes of their own for these.
const SENT_AS: Partial<Record<V2Error, string>> = {
  OPENID_NOT_MATCH: 'PARAM_ERROR',
  PRODUCT_NOT_OPENED: 'NOAUTH',
  USER_NOTENOUGH: 'NOTENOUGH',
}

export const sentCode = (code: V2Error): string => SENT_AS[code] ?? code

/** A request that WeChat would refuse. `hint` goes to the developer in the header `Sim-Hint`. */
export class Refusal extends Error {
  override readonly name = 'Refusal'
  readonly code: V2Error
  readonly hint: string

  constructor(code: V2Error, hint: string, message: string = ERRORS[code].message) {
    super(message)
    this.code = code
    this.hint = hint
  }
}

/** The same with all that there is to know of a signature that did not fit. */
export class SignatureRefusal extends Refusal {
  readonly signature: SignatureFacts

  constructor(hint: string, signature: SignatureFacts) {
    super('SIGNERROR', hint)
    this.signature = signature
  }
}

export const signatureOf = (refusal: Refusal): SignatureFacts | null =>
  refusal instanceof SignatureRefusal ? refusal.signature : null
