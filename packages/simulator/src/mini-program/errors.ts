import { newRid } from '../ids.ts'
import type { Platform } from '../platform.ts'

interface ErrorDescription {
  readonly errcode: number
  /** WeChat's own words; a request id follows them. */
  readonly errmsg: string
  /** When the simulator answers so. */
  readonly when: string
}

/**
 * What the mini-program API refuses, in WeChat's words.
 * https://developers.weixin.qq.com/miniprogram/dev/OpenApiDoc/
 */
export const ERRORS = {
  BUSY: { errcode: -1, errmsg: 'system error', when: 'the fault busy' },
  BAD_CREDENTIAL: {
    errcode: 40001,
    errmsg: 'invalid credential, access_token is invalid or not latest',
    when: 'the access_token is unknown or was replaced; the fault token_invalid',
  },
  GRANT_TYPE: { errcode: 40002, errmsg: 'invalid grant_type', when: 'grant_type is another' },
  OPENID: { errcode: 40003, errmsg: 'invalid openid', when: 'no user of this appid has it' },
  APPID: { errcode: 40013, errmsg: 'invalid appid', when: 'the appid is unknown' },
  TOKEN_SHAPE: {
    errcode: 40014,
    errmsg: 'invalid access_token',
    when: 'the access_token has not the shape of one',
  },
  CODE: {
    errcode: 40029,
    errmsg: 'invalid code',
    when: 'the js_code is unknown or older than five minutes',
  },
  TEMPLATE: { errcode: 40037, errmsg: 'invalid template_id', when: 'template_id is not one' },
  SECRET: { errcode: 40125, errmsg: 'invalid appsecret', when: 'the secret is another' },
  SCENE: { errcode: 40129, errmsg: 'invalid scene', when: 'scene is not one of 1 to 4' },
  CODE_USED: { errcode: 40163, errmsg: 'code been used', when: 'the js_code was used before' },
  IP_REFUSED: {
    errcode: 40164,
    errmsg: 'invalid ip',
    when: 'the fault ip_refused; the message names the address of the caller',
  },
  RISK: { errcode: 40226, errmsg: 'code blocked', when: 'the fault risk' },
  TOKEN_MISSING: {
    errcode: 41001,
    errmsg: 'access_token missing',
    when: 'there is no access_token',
  },
  APPID_MISSING: { errcode: 41002, errmsg: 'appid missing', when: 'there is no appid' },
  SECRET_MISSING: { errcode: 41004, errmsg: 'appsecret missing', when: 'there is no secret' },
  CODE_MISSING: { errcode: 41008, errmsg: 'missing code', when: 'there is no js_code' },
  PAGE: { errcode: 41030, errmsg: 'invalid page', when: 'page begins with / or is too long' },
  TOKEN_EXPIRED: {
    errcode: 42001,
    errmsg: 'access_token expired',
    when: 'the access_token is older than two hours; the fault token_expired',
  },
  GET_ONLY: { errcode: 43001, errmsg: 'require GET method', when: 'the method is not GET' },
  POST_ONLY: { errcode: 43002, errmsg: 'require POST method', when: 'the method is not POST' },
  NOT_ACCEPTED: {
    errcode: 43101,
    errmsg: 'user refuse to accept the msg',
    when: 'the user accepted no message of this template, or all of them were sent',
  },
  EMPTY: { errcode: 44002, errmsg: 'empty post data', when: 'the body is empty' },
  DAILY_QUOTA: {
    errcode: 45009,
    errmsg: 'reach max api daily quota limit',
    when: 'the 21st forced refresh of a day; the fault quota',
  },
  TOO_OFTEN: {
    errcode: 45011,
    errmsg: 'api minute-quota reach limit, must slower, retry next minute',
    when: 'a forced refresh less than 30 seconds after another; the fault too_often',
  },
  NOT_JSON: {
    errcode: 47001,
    errmsg: 'data format error',
    when: 'the body is not JSON or has more than 64 KB, or a field has another type',
  },
  DATA_UNFIT: {
    errcode: 47003,
    errmsg: 'argument invalid',
    when: 'a value of data does not fit the type that its key names',
  },
  TOKEN_FORBIDDEN: {
    errcode: 50004,
    errmsg: 'not allow to use token api',
    when: 'the fault forbidden',
  },
  BARRED: { errcode: 50007, errmsg: 'account frozen', when: 'the fault barred' },
  NOT_HERE_LATELY: {
    errcode: 61010,
    errmsg: 'code is expired',
    when: 'the user did not log in during the last two hours',
  },
  SESSION_SIGNATURE: {
    errcode: 87009,
    errmsg: 'invalid signature',
    when: 'the signature was not made with the newest session_key of the user',
  },
  PAYMENT_NOT_FOUND: {
    errcode: 10060001,
    errmsg: '支付单不存在',
    when: 'nobody paid such an order, or less than five seconds ago',
  },
  SHIPPED_WHOLE: {
    errcode: 10060002,
    errmsg: '支付单已完成发货，无法继续发货',
    when: 'a further part after the one that was said to be the last',
  },
  SHIPPED_BEFORE: {
    errcode: 10060003,
    errmsg: '支付单已经重新发货过，不可再次重新发货',
    when: 'the report was corrected before',
  },
  NOT_SHIPPABLE: {
    errcode: 10060004,
    errmsg: '支付单处于不可发货的状态',
    when: 'all of the order was given back',
  },
  SHIPPING_FAILED: { errcode: 10060012, errmsg: '系统错误', when: 'the fault shipping_failed' },
  SHIPPING_FIELD: {
    errcode: 10060014,
    errmsg: '参数错误',
    when: 'a field of the report is missing or out of its range',
  },
  SHIPPING_BUSY: { errcode: 10060019, errmsg: '系统繁忙', when: 'the fault shipping_busy' },
  SHIPPED_ALIKE: {
    errcode: 10060023,
    errmsg: '发货信息未更新',
    when: 'the same was reported before',
  },
  ONE_ITEM: {
    errcode: 268485228,
    errmsg: '统一发货模式下，物流信息列表长度必须为1',
    when: 'shipping_list has not exactly one entry in delivery_mode 1',
  },
} as const satisfies Record<string, ErrorDescription>

export type MiniProgramError = keyof typeof ERRORS

/** A call that WeChat would refuse. */
export class WeixinRefusal extends Error {
  override readonly name = 'WeixinRefusal'
  readonly code: MiniProgramError
  readonly hint: string

  constructor(code: MiniProgramError, hint: string, message: string = ERRORS[code].errmsg) {
    super(message)
    this.code = code
    this.hint = hint
  }
}

/** With the address that the caller has to put on the list. */
export function ipRefusal(ip: string, hint: string): WeixinRefusal {
  const address = ip.replace(/^::ffff:/, '')
  return new WeixinRefusal(
    'IP_REFUSED',
    hint,
    `${ERRORS.IP_REFUSED.errmsg} ${address}, not in whitelist`,
  )
}

/** Every message of an error ends with a request id. */
export function refusalAnswer({ random }: Platform, { code, message }: WeixinRefusal) {
  return { errcode: ERRORS[code].errcode, errmsg: `${message}, rid: ${newRid(random)}` }
}
