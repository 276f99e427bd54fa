/** What can go wrong with a call of API v3. */
export const V3_CALL_FAULTS = {
  timeout_before: 'does nothing and never answers',
  timeout_after: 'does the work and never answers',
  cut: 'does the work and breaks the connection in the middle of the answer',
  http_500: 'does nothing and answers HTTP 500 with a page of HTML',
  garbage: 'does the work and answers what is not JSON, without a signature',
  unsigned: 'does the work and answers without a signature',
  wrong_signature: 'does the work and signs the answer with another key',
  system_error: 'does nothing and answers 500 SYSTEM_ERROR',
  frequency_limited: 'does nothing and answers 429 FREQUENCY_LIMITED',
  service_unavailable: 'does nothing and answers 503 SERVICE_UNAVAILABLE',
  no_auth: 'does nothing and answers 403 NO_AUTH',
} as const

export const V3_REFUND_FAULTS = {
  ...V3_CALL_FAULTS,
  not_enough: 'does nothing and answers 403 NOT_ENOUGH, the balance of the merchant is too low',
  account_abnormal: 'does nothing and answers 403 USER_ACCOUNT_ABNORMAL',
  limited_after: 'does the work and answers 429 FREQUENCY_LIMITED',
} as const

export type V3CallFault = keyof typeof V3_CALL_FAULTS
export type V3RefundFault = keyof typeof V3_REFUND_FAULTS
