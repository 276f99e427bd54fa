/** What can happen to any call, whatever it speaks. */
const TRANSPORT_FAULTS = {
  timeout_before: 'does nothing and never answers',
  timeout_after: 'does the work and never answers',
  cut_before: 'does nothing and cuts the connection',
  cut: 'does the work and cuts the connection in the middle of the answer',
  slow: 'does the work and answers drop by drop, for two seconds or `seconds`',
  http_500: 'does nothing and answers HTTP 500 with a page of HTML',
  http_502: 'does nothing and answers HTTP 502 with a page of HTML, as a proxy does',
  http_503: 'does nothing and answers HTTP 503 without a body',
  garbage: 'does the work and answers what nobody can read',
} as const

const V2_CALL_FAULTS = {
  ...TRANSPORT_FAULTS,
  unsigned: 'does the work and answers without a signature',
  wrong_signature: 'does the work and signs the answer with another key',
  system_error: 'does nothing and answers SYSTEMERROR',
  frequency_limited: 'does nothing and answers FREQUENCY_LIMITED',
} as const

const V2_ORDER_FAULTS = {
  ...V2_CALL_FAULTS,
  no_auth: 'does nothing and answers NOAUTH, the merchant may not do it',
  user_not_enough: 'does nothing and answers NOTENOUGH, the balance of the user is too low',
} as const

const V2_CLOSE_FAULTS = {
  ...V2_CALL_FAULTS,
  trade_state_error: 'does nothing and answers TRADE_STATE_ERROR',
  order_closed: 'does the work and answers ORDERCLOSED, as if it had been closed before',
} as const

const V2_REFUND_FAULTS = {
  ...V2_CALL_FAULTS,
  no_auth: 'does nothing and answers NOAUTH, the merchant may not do it',
  not_enough: 'does nothing and answers NOTENOUGH, the balance of the merchant is too low',
  need_retry: 'does nothing and answers BIZERR_NEED_RETRY',
  account_abnormal: 'does nothing and answers USER_ACCOUNT_ABNORMAL',
  business_error: 'does nothing and answers ERROR, which its text explains',
  too_many_invalid: 'does nothing and answers INVALID_REQ_TOO_MUCH, too many requests have failed',
} as const

const V2_DOWNLOAD_FAULTS = {
  ...TRANSPORT_FAULTS,
  system_error: 'answers that the system failed',
  no_auth: 'answers that the merchant may not do it: 20007, or NOAUTH',
  short: 'ends in the middle of the last row as if it were the end',
} as const

const V2_BILL_FAULTS = {
  ...V2_DOWNLOAD_FAULTS,
  system_timeout: 'answers 100, that the system took too long',
  compress_error: 'answers 20003, that the file could not be compressed',
} as const

const V3_CALL_FAULTS = {
  ...TRANSPORT_FAULTS,
  unsigned: 'does the work and answers without a signature',
  wrong_signature: 'does the work and signs the answer with another key',
  unknown_serial: 'does the work and signs with a key that nobody has',
  stale: 'does the work and answers, well signed six minutes ago',
  signtest: 'does the work and answers with a probe, WECHATPAY/SIGNTEST/, for a signature',
  system_error: 'does nothing and answers 500 SYSTEM_ERROR',
  service_unavailable: 'does nothing and answers 503 SERVICE_UNAVAILABLE',
  frequency_limited: 'does nothing and answers 429 FREQUENCY_LIMITED',
  ratelimit_exceeded: 'does nothing and answers 429 RATELIMIT_EXCEEDED, its other name',
  limited_after: 'does the work and answers 429 FREQUENCY_LIMITED',
  no_auth: 'does nothing and answers 403 NO_AUTH',
} as const

const V3_ORDER_FAULTS = {
  ...V3_CALL_FAULTS,
  mch_not_exists: 'does nothing and answers 400 MCH_NOT_EXISTS',
  rule_limit: 'does nothing and answers 403 RULE_LIMIT',
  trade_error: 'does nothing and answers 403 TRADE_ERROR, the user cannot pay this',
  account_error: 'does nothing and answers 403 ACCOUNT_ERROR',
  bank_error: 'does nothing and answers 500 BANK_ERROR',
} as const

const V3_REFUND_FAULTS = {
  ...V3_CALL_FAULTS,
  refund_mch_not_exists: 'does nothing and answers 404 MCH_NOT_EXISTS',
  not_enough: 'does nothing and answers 403 NOT_ENOUGH, the balance of the merchant is too low',
  account_abnormal: 'does nothing and answers 403 USER_ACCOUNT_ABNORMAL',
} as const

const V3_QUERY_FAULTS = {
  ...V3_CALL_FAULTS,
  order_not_exist: 'answers 404 ORDER_NOT_EXIST, as if the order had not arrived yet',
} as const

const V3_REFUND_QUERY_FAULTS = {
  ...V3_CALL_FAULTS,
  not_exists: 'answers 404 RESOURCE_NOT_EXISTS, as if the refund had not arrived yet',
} as const

const V3_BILL_FAULTS = {
  ...V3_CALL_FAULTS,
  wrong_hash: 'answers, well signed, a hash that the file does not have',
} as const

const V3_DOWNLOAD_FAULTS = {
  ...TRANSPORT_FAULTS,
  system_error: 'answers 500 SYSTEM_ERROR',
  no_auth: 'answers 403 NO_AUTH',
  short: 'ends in the middle of the last row as if it were the end',
} as const

const MINI_PROGRAM_FAULTS = {
  ...TRANSPORT_FAULTS,
  busy: 'does nothing and answers -1, the platform is busy',
  too_often: 'does nothing and answers 45011, too often',
} as const

const LOGIN_FAULTS = {
  ...MINI_PROGRAM_FAULTS,
  risk: 'answers 40226, high-risk user',
} as const

const TOKEN_FAULTS = {
  ...MINI_PROGRAM_FAULTS,
  quota: 'does nothing and answers 45009, the quota of the day is used up',
  ip_refused: 'does nothing and answers 40164, the address is not on the list',
  barred: 'does nothing and answers 50007, the account is barred',
  forbidden: 'does nothing and answers 50004, the account may not have a token',
} as const

/** Calls that take an access_token. */
const TOKEN_CALL_FAULTS = {
  ...MINI_PROGRAM_FAULTS,
  quota: 'does nothing and answers 45009, the quota of the day is used up',
  token_invalid: 'does nothing and answers 40001, as if the token had been replaced',
  token_expired: 'does nothing and answers 42001, as if the token had run out',
} as const

const SHIPPING_FAULTS = {
  ...TOKEN_CALL_FAULTS,
  shipping_failed: 'does nothing and answers 10060012, the system failed',
  shipping_busy: 'does nothing and answers 10060019, the system is busy',
} as const

const TEXT_CHECK_FAULTS = {
  ...TOKEN_CALL_FAULTS,
  risky: 'finds the text risky; with `words`, only a text that has one of them',
  review: 'asks for a person to look; with `words`, only at a text that has one of them',
} as const

/** What happens on the way, whatever is told. */
const DELIVERY_FAULTS = {
  drop: 'the attempt gets lost on its way',
  delay: 'the attempt comes a minute or `seconds` later',
  duplicate: 'the attempt is made twice at once',
  parallel: 'the attempt is made five times or `copies` at once, over as many connections',
  reorder: 'the attempt waits until a later one has been made, at most a minute',
  replay: 'the first message this address was ever sent comes once more, before the attempt',
  truncate: 'the second half of the body is missing',
  garbage: 'the body is noise',
  empty: 'the body is empty',
  oversized: 'the body is blown up to a megabyte',
  slow: 'the body comes drop by drop, for two seconds or `seconds`',
  cut: 'the connection is cut in the middle of the body',
  redirected: 'a GET without a body, as after a redirect',
} as const

/** What only a notification of API v3 can suffer. */
const V3_SIGNATURE_FAULTS = {
  unknown_serial: 'v3: the serial of a key that nobody has',
  expired: 'v3: well signed six minutes ago',
  future: 'v3: well signed six minutes ahead',
  signtest: 'v3: a probe, WECHATPAY/SIGNTEST/, which a merchant must refuse',
} as const

const NOTIFICATION_FAULTS = {
  ...DELIVERY_FAULTS,
  tampered:
    'total_fee or `field` is changed after signing; v3: the ciphertext, or in it `field`, like amount.total',
  wrong_key: 'signed with another key',
  unsigned: 'without a signature',
  doctype: 'v2: XML with a DOCTYPE and an external entity',
  ...V3_SIGNATURE_FAULTS,
  wrong_amount: 'total_fee is one fen more, with a good signature',
  wrong_appid: 'another appid, with a good signature',
  wrong_mchid: 'another mch_id, with a good signature',
  wrong_currency: 'another fee_type, with a good signature',
  wrong_payer: 'another openid, with a good signature',
  unknown_order: 'an out_trade_no nobody placed, with a good signature',
  payment_failed: 'result_code FAIL instead of a payment, with a good signature',
} as const

const REFUND_NOTIFICATION_FAULTS = {
  ...DELIVERY_FAULTS,
  tampered: 'req_info, or the ciphertext of v3, is changed and cannot be read',
  wrong_key: 'encrypted with another key; v3: signed with another one',
  unsigned: 'v3: without a signature',
  doctype: 'v2: XML with a DOCTYPE and an external entity',
  ...V3_SIGNATURE_FAULTS,
  wrong_amount: 'refund_fee is one fen more, well encrypted',
  wrong_status: 'SUCCESS instead of another outcome, REFUNDCLOSE instead of SUCCESS',
  wrong_appid: 'another appid',
  wrong_mchid: 'another mch_id',
  unknown_order: 'an order nobody placed, well encrypted',
  unknown_refund: 'a refund nobody asked for, well encrypted',
} as const

const SETTLEMENT_FAULTS = {
  change: 'ends as CHANGE instead of SUCCESS',
  close: 'ends as REFUNDCLOSE instead of SUCCESS',
  hold: 'stays PROCESSING until somebody settles it',
} as const

/** What the next person at the cashier does, or what becomes of it. */
const CASHIER_FAULTS = {
  pay: 'pays, without a page',
  cancel: 'closes the cashier',
  fail: 'fails before anything is paid',
  vanish: 'goes away, and the client never reports',
  pay_and_report_fail: 'pays, and the client reports that it failed',
  pay_and_vanish: 'pays, and the client never reports',
} as const

const BILL_FAULTS = {
  omit_payment: 'lacks the first payment',
  extra_payment: 'has a payment that never was, after the first one',
  wrong_amount: 'the first payment is one fen more',
  omit_refund: 'lacks the first refund',
  extra_refund: 'has a refund that never was, after the first one',
  wrong_refund_amount: 'the first refund is one fen more',
  wrong_fee: 'the fee of the first row is one fen more',
  wrong_summary: 'the sum of the payments is one fen more than its rows',
  legacy_columns: 'has the columns of before 2018',
  no_bom_lf: 'has no byte order mark, and line feeds alone',
} as const

/** What can go wrong where. The README's table and `/_sim/faults` are this one. */
export const FAULTS = {
  jscode2session: LOGIN_FAULTS,
  token: TOKEN_FAULTS,
  stable_token: TOKEN_FAULTS,
  checksession: TOKEN_CALL_FAULTS,
  msg_sec_check: TEXT_CHECK_FAULTS,
  subscribe_send: TOKEN_CALL_FAULTS,
  upload_shipping_info: SHIPPING_FAULTS,
  get_order: TOKEN_CALL_FAULTS,
  is_trade_managed: TOKEN_CALL_FAULTS,
  is_trade_confirmed: TOKEN_CALL_FAULTS,
  unifiedorder: V2_ORDER_FAULTS,
  orderquery: V2_CALL_FAULTS,
  closeorder: V2_CLOSE_FAULTS,
  refund: V2_REFUND_FAULTS,
  refundquery: V2_CALL_FAULTS,
  downloadbill: V2_BILL_FAULTS,
  downloadfundflow: V2_DOWNLOAD_FAULTS,
  v3_jsapi: V3_ORDER_FAULTS,
  v3_query: V3_QUERY_FAULTS,
  v3_close: V3_CALL_FAULTS,
  v3_refund: V3_REFUND_FAULTS,
  v3_refund_query: V3_REFUND_QUERY_FAULTS,
  v3_abnormal_refund: V3_REFUND_FAULTS,
  v3_bill: V3_BILL_FAULTS,
  v3_bill_file: V3_DOWNLOAD_FAULTS,
  v3_certificates: V3_CALL_FAULTS,
  cashier: CASHIER_FAULTS,
  notification: NOTIFICATION_FAULTS,
  refund_settlement: SETTLEMENT_FAULTS,
  refund_notification: REFUND_NOTIFICATION_FAULTS,
  bill: BILL_FAULTS,
} as const

export type FaultTarget = keyof typeof FAULTS
export type FaultName<Target extends FaultTarget> = keyof (typeof FAULTS)[Target]
export type TransportFault = keyof typeof TRANSPORT_FAULTS
export type V2CallFault = keyof typeof V2_CALL_FAULTS
export type V2OrderFault = keyof typeof V2_ORDER_FAULTS
export type V2CloseFault = keyof typeof V2_CLOSE_FAULTS
export type V2RefundFault = keyof typeof V2_REFUND_FAULTS
export type V2DownloadFault = keyof typeof V2_BILL_FAULTS
export type V3CallFault = keyof typeof V3_CALL_FAULTS
export type V3OrderFault = keyof typeof V3_ORDER_FAULTS
export type V3RefundFault = keyof typeof V3_REFUND_FAULTS
export type V3QueryFault = keyof typeof V3_QUERY_FAULTS
export type V3RefundQueryFault = keyof typeof V3_REFUND_QUERY_FAULTS
export type V3BillFault = keyof typeof V3_BILL_FAULTS
export type V3DownloadFault = keyof typeof V3_DOWNLOAD_FAULTS
export type LoginFault = keyof typeof LOGIN_FAULTS
export type TokenFault = keyof typeof TOKEN_FAULTS
export type TextCheckFault = keyof typeof TEXT_CHECK_FAULTS
export type DeliveryFault = keyof typeof DELIVERY_FAULTS
export type NotificationFault = keyof typeof NOTIFICATION_FAULTS
export type RefundNotificationFault = keyof typeof REFUND_NOTIFICATION_FAULTS
export type SettlementFault = keyof typeof SETTLEMENT_FAULTS
export type BillFault = keyof typeof BILL_FAULTS

/** Whether such a thing can go wrong there. */
export function isKnownFault({ on, fault }: { on: string; fault: string }): boolean {
  const faults = Object.entries(FAULTS).find(([target]) => target === on)?.[1] ?? {}
  return Object.hasOwn(faults, fault)
}
