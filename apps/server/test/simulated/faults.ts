import { isFaultRule, type FaultRule } from '@dashang/simulator'
import fc from 'fast-check'
import type { ChannelName } from '../../src/wechat/channel-names.ts'

const CALLS = {
  v2: ['unifiedorder', 'orderquery', 'closeorder', 'refund', 'refundquery'],
  v3: ['v3_jsapi', 'v3_query', 'v3_close', 'v3_refund', 'v3_refund_query', 'v3_certificates'],
} as const satisfies Record<ChannelName, readonly string[]>

/** Each where it can happen; some only to calls of one version, or to one call. */
const CALL_FAULTS = [
  'timeout_before',
  'timeout_after',
  'cut_before',
  'cut',
  'slow',
  'http_500',
  'http_502',
  'http_503',
  'garbage',
  'unsigned',
  'wrong_signature',
  'unknown_serial',
  'stale',
  'signtest',
  'system_error',
  'service_unavailable',
  'frequency_limited',
  'limited_after',
  'no_auth',
  'order_not_exist',
  'not_exists',
  'not_enough',
  'need_retry',
  'account_abnormal',
]

const DELIVERY_FAULTS = [
  'drop',
  'delay',
  'duplicate',
  'parallel',
  'reorder',
  'replay',
  'truncate',
  'garbage',
  'empty',
  'oversized',
  'slow',
  'cut',
  'redirected',
  'tampered',
  'wrong_key',
  'unsigned',
  'doctype',
  'unknown_serial',
  'expired',
  'future',
  'signtest',
  'wrong_amount',
  'wrong_appid',
  'wrong_mchid',
  'unknown_order',
]
const PAYMENT_LIES = ['wrong_currency', 'wrong_payer', 'payment_failed']
const REFUND_LIES = ['wrong_status', 'unknown_refund']

/** How long «slow» takes of the real time, of which a call has 150 ms. */
const SLOW_SECONDS = 0.1

/** What may go wrong in a world of these versions. */
export function faultOf(channels: readonly ChannelName[]): fc.Arbitrary<FaultRule> {
  const calls = channels.flatMap((channel) => CALLS[channel])
  return fc.oneof(
    ruleOn(calls, CALL_FAULTS),
    ruleOn(['notification'], [...DELIVERY_FAULTS, ...PAYMENT_LIES]),
    ruleOn(['refund_notification'], [...DELIVERY_FAULTS, ...REFUND_LIES]),
    ruleOn(['refund_settlement'], ['change', 'close', 'hold']),
  )
}

function ruleOn(targets: readonly string[], faults: readonly string[]): fc.Arbitrary<FaultRule> {
  const known = targets.flatMap((on) => faults.map((fault) => ({ on, fault }))).filter(isFaultRule)
  return fc
    .record({ rule: fc.constantFrom(...known), times: fc.integer({ min: 1, max: 3 }) })
    .map(({ rule, times }) => {
      return { ...rule, times, ...(rule.fault === 'slow' && { seconds: SLOW_SECONDS }) }
    })
}
