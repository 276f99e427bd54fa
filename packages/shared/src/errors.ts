interface ErrorDescription {
  /** The HTTP status of the answer. */
  status: number
  /** For the person who tips: what happened and what to do next. */
  message: string
  /** For the developer: why this code is answered. */
  detail: string
}

/** Every code a client may see. A code is permanent: add, never rename or reuse. */
export const ERRORS = {
  INTERNAL: {
    status: 500,
    message: '服务暂时不可用，请稍后再试',
    detail: 'Unexpected failure; the request id leads to the log.',
  },
  NOT_READY: {
    status: 503,
    message: '服务正在启动，请稍后再试',
    detail: 'The server lives but cannot reach its database.',
  },
  DATABASE_BUSY: {
    status: 503,
    message: '服务繁忙，请稍后再试',
    detail: 'The database is unreachable or has no connection free; send the same request again.',
  },
  INVALID_REQUEST: {
    status: 400,
    message: '请求格式不正确',
    detail: 'The request does not fit the contract of this route.',
  },
  BODY_TOO_LARGE: {
    status: 413,
    message: '提交的内容过长',
    detail: 'The body is larger than this route takes.',
  },
  UNSUPPORTED_MEDIA_TYPE: {
    status: 415,
    message: '请求格式不正确',
    detail: 'This route takes another content type.',
  },
  ROUTE_NOT_FOUND: {
    status: 404,
    message: '请求的地址不存在',
    detail: 'No route has this method and path; /docs lists them.',
  },
  RATE_LIMITED: {
    status: 429,
    message: '操作过于频繁，请稍后再试',
    detail: 'Too many requests; Retry-After says how many seconds to wait.',
  },
  UNAUTHENTICATED: {
    status: 401,
    message: '登录已过期，请重新登录',
    detail: 'The session token is missing, expired or not ours; log in again.',
  },
  LOGIN_CODE_INVALID: {
    status: 400,
    message: '登录凭证已失效，请重试',
    detail: 'WeChat 40029: the code is unknown, older than 5 minutes, or of another appid.',
  },
  LOGIN_CODE_USED: {
    status: 409,
    message: '登录凭证已被使用，请重试',
    detail: 'WeChat 40163: each code of wx.login is good for one exchange.',
  },
  LOGIN_REFUSED: {
    status: 403,
    message: '该微信账号存在风险，暂时无法登录',
    detail: 'WeChat 40226: high-risk user; retrying does not help.',
  },
  LOGIN_TOO_OFTEN: {
    status: 429,
    message: '登录过于频繁，请一分钟后再试',
    detail: 'WeChat 45011: this user logs in too often; wait a minute.',
  },
  WECHAT_BUSY: {
    status: 503,
    message: '微信繁忙，请稍后再试',
    detail: 'WeChat is busy or answered with a platform error; the same request may be sent again.',
  },
  WECHAT_TIMEOUT: {
    status: 504,
    message: '微信响应超时，请重试',
    detail: 'WeChat did not answer in time, so the result is unknown; send the same request again.',
  },
  WECHAT_REFUSED: {
    status: 502,
    message: '暂时无法支付，请联系商家',
    detail: 'WeChat refused the request for a reason of configuration; the log names it.',
  },
  WECHAT_UNTRUSTED: {
    status: 502,
    message: '微信响应异常，请重试',
    detail: 'The answer was not signed by WeChat, so nothing of it was believed.',
  },
  AMOUNT_NOT_ALLOWED: {
    status: 422,
    message: '金额超出范围，请重新选择',
    detail: 'The amount is outside the limits that the operator configured.',
  },
  ORDER_NOT_FOUND: {
    status: 404,
    message: '没有找到这笔打赏',
    detail: 'There is no order of this id, or none of this user.',
  },
  ORDER_CONFLICT: {
    status: 409,
    message: '订单内容不一致，请重新选择金额',
    detail: 'This order id was used before with another content; take a new id.',
  },
  ORDER_PAID: {
    status: 409,
    message: '这笔打赏已经支付成功',
    detail: 'The order is paid; read it instead of paying again.',
  },
  ORDER_CLOSED: {
    status: 409,
    message: '订单已关闭，请重新选择金额',
    detail: 'The order is closed; take a new id.',
  },
  ORDER_EXPIRED: {
    status: 409,
    message: '订单已过期，请重新选择金额',
    detail: 'The time to pay this order is over; take a new id.',
  },
  ORDER_NOT_PAID: {
    status: 409,
    message: '这笔打赏尚未支付，无法退款',
    detail: 'Only a paid order can be refunded.',
  },
  REFUND_CONFLICT: {
    status: 409,
    message: '退款单号已用于另一笔退款，请换一个单号',
    detail: 'This refund id was used before with another content; take a new id.',
  },
  REFUND_TOO_MUCH: {
    status: 409,
    message: '退款金额超过可退金额',
    detail: 'The payment less the refunds that were asked for leaves less than this.',
  },
  REFUND_TOO_MANY: {
    status: 409,
    message: '这笔打赏的退款次数已达上限',
    detail: 'WeChat takes at most 50 refunds of one order.',
  },
  REFUND_REASON_TOO_LONG: {
    status: 422,
    message: '退款理由过长，最多 26 个汉字',
    detail: 'The reason has more than 80 bytes of UTF-8.',
  },
  REFUND_NOT_FOUND: {
    status: 404,
    message: '没有找到这笔退款',
    detail: 'There is no refund of this id.',
  },
  REFUND_NOT_REPEATABLE: {
    status: 409,
    message: '这笔退款不能重新发起',
    detail: 'Only what was paid twice is asked back anew, when each refund of it so far is closed.',
  },
  REFUND_NOT_CONFIGURED: {
    status: 503,
    message: '退款功能尚未配置，请联系管理员',
    detail: 'The channel of the order lacks its key, or API v2 the WECHAT_PAY_CLIENT_CERT.',
  },
  OPERATOR_UNKNOWN: {
    status: 401,
    message: '操作员身份无效',
    detail: 'The operator token is missing or not one of OPERATORS.',
  },
  OPERATOR_FORBIDDEN: {
    status: 403,
    message: '没有权限执行此操作',
    detail: 'The operator token lacks the scope that this route asks for.',
  },
  CASE_NOT_FOUND: {
    status: 404,
    message: '没有找到这个差错',
    detail: 'There is no case of this id.',
  },
  CASE_SETTLED: {
    status: 409,
    message: '该差错已由他人处理',
    detail: 'The case was settled before, by another operator or for another reason.',
  },
  CREATOR_NOT_FOUND: {
    status: 404,
    message: '没有找到这位创作者，请检查链接或二维码',
    detail: 'There is no creator of this slug.',
  },
  CREATOR_RETIRED: {
    status: 409,
    message: '这位创作者已不再接受打赏，感谢你的心意',
    detail: 'This creator takes no new tips; those of before still settle.',
  },
  CREATOR_CONFLICT: {
    status: 409,
    message: '该标识已被另一位创作者使用',
    detail: 'This slug was used before with another content; change that creator or take another.',
  },
  CREATOR_CONFIGURED: {
    status: 409,
    message: '默认创作者由服务器配置决定，请修改配置',
    detail: 'What is asked to change is said by the settings of the server, at each start.',
  },
  CREATOR_UNSOUND: {
    status: 422,
    message: '金额设置互相矛盾，请检查上下限和预设金额',
    detail: "The limits cross, leave the server's, or a preset is outside of them.",
  },
  MESSAGE_NOT_ALLOWED: {
    status: 422,
    message: '留言过长或含有不支持的字符，请修改后再试',
    detail: 'The message has more than 50 characters, or control characters.',
  },
  NAME_NOT_ALLOWED: {
    status: 422,
    message: '昵称过长或含有不支持的字符，请修改后再试',
    detail: 'The name has more than 20 characters, or control characters.',
  },
  MESSAGE_REFUSED: {
    status: 422,
    message: '留言或昵称未通过内容安全检查，请修改后再试',
    detail: 'WeChat takes message or name for risky (msgSecCheck); nothing was ordered.',
  },
  MESSAGE_NOT_FOUND: {
    status: 404,
    message: '这笔打赏没有留言',
    detail: 'Nothing was written with this tip, neither message nor name.',
  },
  OVERLAY_NOT_FOUND: {
    status: 404,
    message: '直播提醒地址无效，请向管理员索取新的地址',
    detail: 'There is no such creator, or the key is not the one of this creator.',
  },
  OVERLAY_FULL: {
    status: 503,
    message: '打开的直播提醒过多，请关闭一些再试',
    detail: 'This server keeps no more overlays open; Last-Event-ID makes a later try complete.',
  },
  NOTIFICATION_MALFORMED: {
    status: 400,
    message: '通知格式不正确',
    detail: 'The notification is not what WeChat sends.',
  },
  NOTIFICATION_UNAUTHENTIC: {
    status: 401,
    message: '通知签名不正确',
    detail: 'The notification was not made with the keys of WeChat and this merchant.',
  },
  NOTIFICATION_PROBE: {
    status: 401,
    message: '通知签名不正确',
    detail: 'WeChat tried whether signatures are checked here; they are, and nothing is wrong.',
  },
} as const satisfies Record<string, ErrorDescription>

export type ErrorCode = keyof typeof ERRORS

/** An expected failure. Clients get the code and its texts; `reason` and `cause` are for logs. */
export class AppError extends Error {
  override readonly name = 'AppError'
  readonly code: ErrorCode

  constructor(code: ErrorCode, reason: string, options?: ErrorOptions) {
    super(reason, options)
    this.code = code
  }
}
