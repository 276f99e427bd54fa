import type { Channel } from '../src/conformance/check.ts'

type FoundBy = Partial<Record<Channel, readonly string[]>>

const both = (...ids: string[]): FoundBy => ({ v2: ids, v3: ids })

const DAMAGES = ['tampered', 'truncated', 'empty', 'gibberish', 'oversized']

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
  'refuses copies': both('duplicate', 'parallel_duplicates'),
  'fails when two come at once': both('parallel_duplicates'),
  'refuses a second payment': both('second_transaction'),
  'acknowledges before it reads': both(...DAMAGES),
  // Found only where nothing is verified either.
  'reads by pattern': {},
  'falls over entities': { v2: ['v2_entity_bomb'] },
  'fetches entities': { v2: ['external_entity'] },
  'checks no signature': {
    v2: ['v2_wrong_key', 'v2_unsigned', 'v2_empty_signature'],
    v3: ['v3_wrong_key', 'v3_unsigned', 'v3_signature_of_another'],
  },
  'checks a signature if there is one': {
    v2: ['v2_unsigned', 'v2_empty_signature'],
    v3: ['v3_unsigned'],
  },
  'tries every key that it has': { v3: ['v3_wrong_key', 'v3_unknown_serial'] },
  'takes another key for one that it does not know': { v3: ['v3_unknown_serial'] },
  'looks at no clock': { v3: ['v3_expired', 'v3_future'] },
  'looks at the past only': { v3: ['v3_future'] },
  'is kind to probes': { v3: ['v3_probe'] },
  'verifies what it has written anew': { v3: ['v3_other_layout'] },
  'acknowledges what it cannot open': { v3: ['v3_wrong_seal'] },
  'takes any content type': { v2: ['v2_json_instead'] },
  'takes any amount': both('wrong_amount'),
  'takes any appid': both('wrong_appid'),
  'takes any merchant': both('wrong_mchid'),
  'takes any currency': both('wrong_currency'),
  'takes any payer': both('wrong_payer'),
  'takes any result': both('payment_failed'),
  'drops what it does not know': both('unknown_order'),
  'believes the phone': both('cancelled'),
  'never asks WeChat': both('query_after_ok', 'lost_client'),
  'refuses late payments': both('late_payment'),
} as const satisfies Readonly<Record<string, FoundBy>>

export type Flaw = keyof typeof FLAWS

/** Each flaw that such a server can have, with the checks that find it. */
export const flawsOf = (channel: Channel) =>
  (Object.keys(FLAWS) as Flaw[]).flatMap((flaw) => {
    const found: FoundBy = FLAWS[flaw]
    const ids = found[channel]
    return ids === undefined ? [] : [[flaw, ids] as const]
  })
