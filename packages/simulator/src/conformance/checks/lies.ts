import type { NotificationFault } from '../../fault-table.ts'
import type { Check, CheckTable } from '../check.ts'
import { Failed, Skipped } from '../outcome.ts'
import { composePayment, deliver, describe, invent, pay } from '../deliver.ts'
import { expectGenuine, expectUnpaid } from '../observe.ts'
import { placeOrder } from '../place.ts'
import type { Stage } from '../stage.ts'

interface Lie extends Pick<Check, 'title' | 'why' | 'fix'> {
  readonly fault: NotificationFault
  /** It speaks of the order that was placed, so the order shows whether it was believed. */
  readonly isAboutOrder: boolean
}

/** Well signed, and not what was ordered. */
const LIES = {
  wrong_amount: {
    title: 'a signed payment of another amount pays nothing',
    why: 'Somebody pays one fen for an order of a hundred yuan, for instance by a prepay_id of another order.',
    fix: 'Compare total_fee (amount.total) with the order, as whole fen, before it counts as paid; raise an alarm.',
    fault: 'wrong_amount',
    isAboutOrder: true,
  },
  wrong_appid: {
    title: 'a signed payment of another mini-program pays nothing',
    why: 'A merchant with two mini-programs has one key for both.',
    fix: 'Compare appid with the one that placed the order.',
    fault: 'wrong_appid',
    isAboutOrder: true,
  },
  wrong_mchid: {
    title: 'a signed payment to another merchant pays nothing',
    why: 'The money went elsewhere.',
    fix: 'Compare mch_id (mchid) with yours.',
    fault: 'wrong_mchid',
    isAboutOrder: true,
  },
  wrong_currency: {
    title: 'a signed payment in another currency pays nothing',
    why: 'A hundred of something else is not a hundred fen.',
    fix: 'Compare fee_type (amount.currency) with CNY.',
    fault: 'wrong_currency',
    isAboutOrder: true,
  },
  wrong_payer: {
    title: 'a signed payment of another person pays nothing',
    why: 'An order of JSAPI is for one openid; what another one paid was paid for something else.',
    fix: 'Compare openid (payer.openid) with the one that the order was placed for.',
    fault: 'wrong_payer',
    isAboutOrder: true,
  },
  payment_failed: {
    title: 'a signed message of a failed payment pays nothing',
    why: 'return_code says that the message arrived, result_code (trade_state) that somebody paid.',
    fix: 'Read both; only result_code SUCCESS (trade_state SUCCESS) is a payment.',
    fault: 'payment_failed',
    isAboutOrder: true,
  },
  unknown_order: {
    title: 'a signed payment of an unknown order is answered',
    why: 'An error on the way, or no answer, brings it back fifteen times and hides a real loss.',
    fix: 'Store it for a person to look at, and answer.',
    fault: 'unknown_order',
    isAboutOrder: false,
  },
} as const satisfies Readonly<Record<string, Lie>>

async function disbelieves(stage: Stage, { fault, isAboutOrder }: Lie): Promise<string> {
  if (isAboutOrder && stage.calls.order === null) {
    throw new Skipped('without --order-url nobody can see whether it was believed')
  }
  const order = await placeOrder(stage)
  const notification = invent(stage, order)
  const reply = await deliver(stage, notification, composePayment(stage, notification, fault))
  if (reply.status === null) throw new Failed(describe(reply))
  await expectUnpaid(stage, order, 'it')
  await expectGenuine(stage, order, pay(stage, order))
  return `${describe(reply)}; the genuine one after it was taken`
}

/** What WeChat signed is authentic, and still has to fit. */
export const LIE_CHECKS: CheckTable = Object.fromEntries(
  Object.entries(LIES).map(([id, lie]) => {
    const { title, why, fix } = lie
    return [id, { title, why, fix, run: (stage: Stage) => disbelieves(stage, lie) }]
  }),
)
