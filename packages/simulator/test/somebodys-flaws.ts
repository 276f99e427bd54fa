import type { Channel } from '../src/conformance/check.ts'

type FoundBy = Partial<Record<Channel, readonly string[]>>

const both = (...ids: string[]): FoundBy => ({ v2: ids, v3: ids })

const DAMAGES = ['tampered', 'truncated', 'empty', 'gibberish', 'oversized']
const NOTICE_DAMAGES = DAMAGES.map((id) => `refund_${id}`)

/** What the people who wrote a server may have overlooked, and the checks that find it. */
export const FLAWS = {
  'uses one number for all': both('order_placed', 'numbers_differ', 'good_notification'),
  'places yuan': both('amount_as_asked'),
  'signs wrongly for the cashier': both('second_signature'),
  'places a new order for a repeat': both('repeat_is_one_order'),
  'is paid when placed': both('unpaid_before_payment'),
  'acknowledges in words of its own': {
    v2: ['good_notification', 'acknowledged_in_form'],
    v3: ['good_notification'],
  },
  'answers late': both('answers_in_time', 'good_notification'),
  'refuses copies': both('duplicate', 'parallel_duplicates', 'refund_notice_twice'),
  'fails when two come at once': both('parallel_duplicates'),
  'refuses a second payment': both('second_transaction'),
  'acknowledges before it reads': both(...DAMAGES, ...NOTICE_DAMAGES),
  // Found only where nothing is verified either.
  'reads by pattern': {},
  'falls over entities': { v2: ['v2_entity_bomb', 'v2_refund_entity_bomb'] },
  'fetches entities': { v2: ['external_entity'] },
  'checks no signature': {
    v2: ['v2_wrong_key', 'v2_unsigned', 'v2_empty_signature'],
    v3: [
      'v3_wrong_key',
      'v3_unsigned',
      'v3_signature_of_another',
      'v3_refund_wrong_key',
      'v3_refund_unsigned',
      'v3_refund_signature_of_another',
    ],
  },
  'checks a signature if there is one': {
    v2: ['v2_unsigned', 'v2_empty_signature'],
    v3: ['v3_unsigned', 'v3_refund_unsigned'],
  },
  'tries every key that it has': {
    v3: ['v3_wrong_key', 'v3_unknown_serial', 'v3_refund_wrong_key'],
  },
  'takes another key for one that it does not know': {
    v3: ['v3_unknown_serial', 'v3_refund_unknown_serial'],
  },
  'looks at no clock': { v3: ['v3_expired', 'v3_future', 'v3_refund_expired'] },
  'looks at the past only': { v3: ['v3_future', 'v3_refund_future'] },
  'is kind to probes': { v3: ['v3_probe', 'v3_refund_probe'] },
  'verifies what it has written anew': { v3: ['v3_other_layout'] },
  'acknowledges what it cannot open': {
    v2: ['v2_refund_wrong_key', 'refund_tampered'],
    v3: ['v3_wrong_seal', 'v3_refund_wrong_seal'],
  },
  'never asks for certificates': { v3: ['v3_new_certificate'] },
  'keeps the newest certificate alone': { v3: ['v3_certificate_before'] },
  'knows the public key alone': {
    v3: ['v3_migration', 'v3_new_certificate', 'v3_certificate_before'],
  },
  'believes whom it cannot look up': { v3: ['v3_revoked_certificate', 'v3_unknown_serial'] },
  'takes any content type': { v2: ['v2_json_instead', 'v2_refund_json_instead'] },
  'takes any amount': both('wrong_amount', 'refund_wrong_amount'),
  'takes any appid': both('wrong_appid'),
  'takes any merchant': both('wrong_mchid', 'refund_wrong_mchid'),
  'takes any currency': both('wrong_currency'),
  'takes any payer': both('wrong_payer'),
  'takes any result': both('payment_failed', 'refund_abnormal', 'refund_closed'),
  'drops what it does not know': both('unknown_order', 'refund_unknown'),
  'believes the phone': both('cancelled'),
  'never asks WeChat': both('query_after_ok', 'lost_client'),
  'refuses late payments': both('late_payment'),
  'takes a fen for itself': both('refund_placed'),
  'refunds all whatever was asked for': both('refund_of_part'),
  'calls a refund done when it asked for it': both('refund_processing'),
  'makes a new refund of a repeat': both('refund_repeated'),
  'refunds more than was paid': both('refund_too_much'),
  'never asks about refunds': both('refund_unheard'),
  'knows no refund notices': both('refund_notice'),
  // No fault: it refunds once.
  'says no to a repeated refund': {},
  // No fault: WeChat's console may know the address, or nobody is told.
  'names no address for refund notices': {},
  'books by its own clock': both('bill_agrees'),
  'never looks at a bill': both('bill_agrees', 'bill_empty', 'bill_only_there', 'bill_unavailable'),
  'looks for its own orders only': both('bill_only_there'),
  'looks for the payments of the bill only': both('bill_only_here'),
  'compares no amounts': both('bill_other_amount'),
  'believes every bill': { v2: ['bill_cut'], v3: ['bill_cut', 'v3_bill_wrong_hash'] },
  'compares no hash': { v3: ['v3_bill_wrong_hash'] },
  'takes a bill that is late for an empty one': both('bill_unavailable'),
  'falls over a day without trade': both('bill_empty'),
} as const satisfies Readonly<Record<string, FoundBy>>

export type Flaw = keyof typeof FLAWS

/** Each flaw that such a server can have, with the checks that find it. */
export const flawsOf = (channel: Channel) =>
  (Object.keys(FLAWS) as Flaw[]).flatMap((flaw) => {
    const found: FoundBy = FLAWS[flaw]
    const ids = found[channel]
    return ids === undefined ? [] : [[flaw, ids] as const]
  })
