interface ErrorDescription {
  readonly status: number
  /** `null` where the body is empty. */
  readonly code: string | null
  /** WeChat's own words where they are known; some refusals say more. */
  readonly message: string
  /** Whether the answer has the headers of a signature: not before the merchant is known. */
  readonly isSigned: boolean
  /** When the simulator answers so. */
  readonly when: string
}

const unsigned = { status: 401, code: 'SIGN_ERROR', isSigned: false } as const
const parameter = { status: 400, code: 'PARAM_ERROR', isSigned: true } as const
const signed = (status: number, code: string) => ({ status, code, isSigned: true })
const bare = (status: number) => ({ status, code: null, message: '', isSigned: false })
const invalid = { status: 400, code: 'INVALID_REQUEST', isSigned: true } as const

/**
 * What v3 refuses, in the order of the checks.
 * https://pay.weixin.qq.com/doc/v3/merchant/4012081709 and 4012072670
 */
export const ERRORS = {
  UNKNOWN_PATH: { ...bare(404), when: 'there is no such path' },
  WRONG_METHOD: { ...bare(405), when: 'the path is known, with another method' },
  BODY_TOO_LARGE: {
    ...parameter,
    isSigned: false,
    message: '请求报文不是合法的 JSON 对象',
    when: 'the body has more than 64 KB',
  },
  LACKS_ACCEPT_OR_USER_AGENT: {
    status: 400,
    code: 'INVALID_REQUEST',
    message: 'Http头缺少Accept或User-Agent',
    isSigned: false,
    when: 'User-Agent is missing, or Accept has neither application/json nor `*/*`; before the signature, of an order after it',
  },
  AUTHORIZATION_TYPE: {
    ...unsigned,
    message: 'HTTP头Authorization认证类型不正确',
    when: 'the scheme is not WECHATPAY2-SHA256-RSA2048, not of an order',
  },
  AUTHORIZATION_FORMAT: {
    ...unsigned,
    message: 'Http头Authorization值格式错误，请参考《微信支付商户REST API签名规则》',
    when: 'Authorization is missing or malformed, not of an order',
  },
  AUTHORIZATION_OF_ORDER: {
    ...unsigned,
    message: '签名信息错误，验签失败',
    when: 'the same at /v3/pay/transactions, without Request-ID',
  },
  TIMESTAMP_TOO_FAR: {
    ...unsigned,
    message: 'Http头Authorization中的timestamp与发起请求的时间不得超过5分钟',
    when: 'the timestamp is more than five minutes away, whatever the signature',
  },
  UNKNOWN_MERCHANT: {
    ...unsigned,
    message: '签名错误',
    when: 'nobody has the mchid of Authorization',
  },
  UNKNOWN_MERCHANT_SERIAL: {
    ...unsigned,
    message: '商户证书序列号有误。请使用签名私钥匹配的证书序列号',
    when: 'serial_no is not that of the merchant’s certificate',
  },
  WRONG_SIGNATURE: {
    ...unsigned,
    message: '错误的签名，验签失败',
    when: 'the signature does not fit; detail says what was signed',
  },
  WRONG_WECHATPAY_SERIAL: {
    ...parameter,
    isSigned: false,
    message: '平台证书序列号Wechatpay-Serial错误',
    when: 'Wechatpay-Serial names a key that is unknown, revoked or not for the mode of the merchant',
  },
  LACKS_WECHATPAY_SERIAL: {
    ...parameter,
    message: 'HTTP header缺少微信支付平台证书序列号(Wechatpay-Serial)',
    when: 'there is an encrypted field and no Wechatpay-Serial',
  },
  CONTENT_TYPE: {
    ...invalid,
    message: 'Http头Content-Type必须为application/json',
    when: 'there is a body of another type',
  },
  BODY_FORMAT: {
    ...parameter,
    message: '请求报文不是合法的 JSON 对象',
    when: 'the body is not an object of JSON in UTF-8',
  },
  PARAM_ERROR: {
    ...parameter,
    message: '参数错误',
    when: 'a field is missing, has the wrong type, length, range or format',
  },
  MCHID_NOT_MATCH: {
    ...parameter,
    message: 'http header中的mchid与post payload中的mchid不匹配',
    when: 'the mchid of the body or the query is not that of Authorization',
  },
  APPID_MCHID_NOT_MATCH: {
    ...signed(400, 'APPID_MCHID_NOT_MATCH'),
    message: 'appid和mchid不匹配，请检查后再试',
    when: 'the appid is not bound to the merchant',
  },
  OPENID_NOT_MATCH: {
    ...parameter,
    message: 'appid与openid不匹配',
    when: 'no user of the appid has this openid',
  },
  OUT_TRADE_NO_USED: {
    ...signed(403, 'OUT_TRADE_NO_USED'),
    message: '商户订单号重复',
    when: 'the out_trade_no was placed before with other content, or by v2',
  },
  TIME_EXPIRE_CHANGED: {
    ...invalid,
    message: '不允许修改订单过期时间',
    when: 'it was placed before with another time_expire',
  },
  ORDER_PAID: {
    ...signed(400, 'ORDERPAID'),
    message: '该订单已支付',
    when: 'an order that is paid is placed again or closed',
  },
  ORDER_CLOSED: {
    ...signed(400, 'ORDER_CLOSED'),
    message: '该订单已关闭',
    when: 'an order that is closed is placed again',
  },
  ORDER_NOT_EXIST: {
    ...signed(404, 'ORDER_NOT_EXIST'),
    message: '订单不存在',
    when: 'an order that nobody placed is queried or closed',
  },
  RESOURCE_NOT_EXISTS: {
    ...signed(404, 'RESOURCE_NOT_EXISTS'),
    message: '查询的资源不存在',
    when: 'there is no such refund, or no such order to refund',
  },
  NO_CERTIFICATE: {
    ...signed(404, 'RESOURCE_NOT_EXISTS'),
    message: '无可用的平台证书，请在商户平台-API安全申请使用微信支付公钥。',
    when: 'a merchant that has the public key alone asks for certificates',
  },
  REFUND_NOT_READY: {
    ...invalid,
    message: '订单处理中，暂时无法退款，请稍后再试',
    when: 'a refund of an order that is not paid',
  },
  REFUND_NO_USED: {
    ...invalid,
    message: '商户退款单号重复',
    when: 'the out_refund_no is a refund of another payment',
  },
  REFUND_CHANGED: {
    ...invalid,
    message: '订单金额或退款金额与之前请求不一致，请核实后再试',
    when: 'the out_refund_no was asked for before with another amount',
  },
  REFUND_TOTAL: {
    ...invalid,
    message: '退款单的订单金额与支付时的金额不一致',
    when: 'amount.total is not that of the order',
  },
  REFUND_NOTHING_LEFT: { ...invalid, message: '订单已全额退款', when: 'nothing is left to refund' },
  REFUND_TOO_MUCH: {
    ...invalid,
    message: '累计退款金额大于支付金额',
    when: 'more is asked back than is left',
  },
  REFUND_FROM: {
    ...invalid,
    message: '退款出资金额之和与退款金额不一致',
    when: 'the amounts of amount.from are not those of the refund in sum',
  },
  REFUND_TOO_LATE: {
    ...signed(400, 'TRADE_OVERDUE'),
    message: '订单已经超过退款期限',
    when: 'a refund of a payment that is more than a year old',
  },
  REFUND_TOO_OFTEN: {
    ...signed(429, 'FREQUENCY_LIMITED'),
    message: '频率超限',
    when: 'a refund within a minute of another of the same payment, or the 51st',
  },
  NOT_ABNORMAL: {
    ...invalid,
    message: '退款单状态不是退款异常，无法发起异常退款',
    when: 'an abnormal refund is asked for that is none',
  },
  CANNOT_DECRYPT: {
    ...parameter,
    message: '平台私钥解密失败',
    when: 'an encrypted field is not RSA-OAEP with the key that Wechatpay-Serial names',
  },
  BILL_DATE: {
    ...invalid,
    message: '账单日期不合法',
    when: 'bill_date is no day, not over yet, or more than three months ago',
  },
  STATEMENT_CREATING: {
    ...signed(400, 'STATEMENT_CREATING'),
    message: '账单生成中',
    when: 'it is not 9:00 of the next day yet',
  },
  NO_STATEMENT_EXIST: {
    ...signed(400, 'NO_STATEMENT_EXIST'),
    message: '账单文件不存在',
    when: 'nothing happened on that day',
  },
  DOWNLOAD_TOKEN: {
    ...invalid,
    message: '账单下载地址已失效，请重新申请账单',
    when: 'the token of a download is not one of ours, or older than five minutes',
  },
  NO_AUTH: {
    ...signed(403, 'NO_AUTH'),
    message: '无权限',
    when: 'the download is of another merchant; the fault no_auth',
  },
  MCH_NOT_EXISTS: {
    ...signed(400, 'MCH_NOT_EXISTS'),
    message: '商户号不存在',
    when: 'the fault mch_not_exists',
  },
  REFUND_MCH_NOT_EXISTS: {
    ...signed(404, 'MCH_NOT_EXISTS'),
    message: '商户号不存在',
    when: 'the fault refund_mch_not_exists',
  },
  RULE_LIMIT: {
    ...signed(403, 'RULE_LIMIT'),
    message: '业务规则限制',
    when: 'the fault rule_limit',
  },
  TRADE_ERROR: {
    ...signed(403, 'TRADE_ERROR'),
    message: '交易错误',
    when: 'the fault trade_error',
  },
  ACCOUNT_ERROR: {
    ...signed(403, 'ACCOUNT_ERROR'),
    message: '账号异常',
    when: 'the fault account_error',
  },
  BANK_ERROR: {
    ...signed(500, 'BANK_ERROR'),
    message: '银行系统异常',
    when: 'the fault bank_error',
  },
  RATELIMIT_EXCEEDED: {
    ...signed(429, 'RATELIMIT_EXCEEDED'),
    message: '频率超限',
    when: 'the fault ratelimit_exceeded',
  },
  NOT_ENOUGH: {
    ...signed(403, 'NOT_ENOUGH'),
    message: '基本账户余额不足，请充值后重新发起',
    when: 'the fault not_enough',
  },
  USER_ACCOUNT_ABNORMAL: {
    ...signed(403, 'USER_ACCOUNT_ABNORMAL'),
    message: '退款请求失败，用户账户异常',
    when: 'the fault account_abnormal',
  },
  FREQUENCY_LIMITED: {
    ...signed(429, 'FREQUENCY_LIMITED'),
    message: '频率超限',
    when: 'the fault frequency_limited',
  },
  SYSTEM_ERROR: {
    ...signed(500, 'SYSTEM_ERROR'),
    message: '系统错误',
    when: 'the fault system_error',
  },
  SERVICE_UNAVAILABLE: {
    status: 503,
    code: 'SERVICE_UNAVAILABLE',
    message: '服务不可用',
    isSigned: false,
    when: 'the fault service_unavailable',
  },
} as const satisfies Record<string, ErrorDescription>

export type V3Error = keyof typeof ERRORS
