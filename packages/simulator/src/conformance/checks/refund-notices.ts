import type { RefundNotificationFault } from '../../fault-table.ts'
import type { RefundOutcome } from '../../order.ts'
import type { Check, CheckTable } from '../check.ts'
import { compose, composeNotice, deliver, describe } from '../deliver.ts'
import {
  expectGenuineNotice,
  expectNotRefunded,
  isRefunded,
  requireState,
} from '../observe-refund.ts'
import { Failed } from '../outcome.ts'
import { inventNotice, placeRefund, refundsOf, settle } from '../refund.ts'
import type { Stage } from '../stage.ts'

/** What WeChat tells of refunds, and what an attacker would like it to have told. */
const GENUINE = {
  refund_notice: {
    title: 'a genuine refund notice is acknowledged, and the refund is known',
    why: 'What is not acknowledged is sent fifteen times more; what is not booked is asked for by the payer.',
    fix: 'Decrypt req_info with the MD5 of your API key (v2) or verify and open the resource (v3), store what came of it, answer.',
    async run(stage: Stage) {
      const refund = await placeRefund(stage)
      return expectGenuineNotice(stage, refund, settle(stage, refund, 'SUCCESS'))
    },
  },
  refund_notice_twice: {
    title: 'a second copy of a refund notice is acknowledged, and changes nothing',
    why: 'WeChat sends copies even after an acknowledgement.',
    fix: 'Book a refund_id once, and answer success when it is already booked.',
    async run(stage: Stage) {
      const refund = await placeRefund(stage)
      const notification = settle(stage, refund, 'SUCCESS')
      const message = compose(stage, notification)
      await expectGenuineNotice(stage, refund, notification)
      const second = await deliver(stage, notification, message)
      if (!second.isAccepted) throw new Failed(`the second copy: ${describe(second)}`)
      if ((await isRefunded(stage, refund)) === false) throw new Failed('it is refunded no more')
      const { length } = refundsOf(refund.order)
      if (length > 1) throw new Failed(`${length} refunds were asked for`)
      return describe(second)
    },
  },
} as const satisfies CheckTable

interface OtherEnd extends Pick<Check, 'title' | 'why' | 'fix'> {
  readonly outcome: RefundOutcome
}

/** Authentic, and no refund. */
const OTHER_ENDS = {
  refund_abnormal: {
    title: 'a refund that could not be credited (CHANGE, ABNORMAL) is not called refunded',
    why: 'The card is closed and the money waits at WeChat until you act; whoever books it as refunded never will.',
    fix: 'Read refund_status; after CHANGE or ABNORMAL a person has to send it another way.',
    outcome: 'CHANGE',
  },
  refund_closed: {
    title: 'a refund that failed for good (REFUNDCLOSE, CLOSED) is not called refunded',
    why: 'The payer has nothing, and only a new out_refund_no will change it.',
    fix: 'Read refund_status; book the amount as free to be refunded again.',
    outcome: 'REFUNDCLOSE',
  },
} as const satisfies Readonly<Record<string, OtherEnd>>

async function tellsEnd(stage: Stage, { outcome }: OtherEnd): Promise<string> {
  const refund = await placeRefund(stage)
  const reply = await deliver(stage, settle(stage, refund, outcome))
  if (!reply.isAccepted) throw new Failed(`it was not acknowledged: ${describe(reply)}`)
  const seen = await expectNotRefunded(stage, refund, `a notice of ${outcome}`)
  return `${describe(reply)}; ${seen}`
}

interface Lie extends Pick<Check, 'title' | 'why' | 'fix'> {
  readonly fault: RefundNotificationFault
  /** It speaks of the refund that was asked for, so that shows whether it was believed. */
  readonly isAboutRefund: boolean
}

/** Made with the right keys, and not what was asked for. */
const LIES = {
  refund_wrong_amount: {
    title: 'a notice of another amount refunds nothing',
    why: 'A refund of one fen must not settle one of a hundred yuan.',
    fix: 'Compare refund_fee (amount.refund) and total_fee (amount.total) with what you asked for; raise an alarm.',
    fault: 'wrong_amount',
    isAboutRefund: true,
  },
  refund_wrong_mchid: {
    title: 'a refund notice of another merchant refunds nothing',
    why: 'The money came from elsewhere.',
    fix: 'Compare mch_id (mchid) with yours.',
    fault: 'wrong_mchid',
    isAboutRefund: true,
  },
  refund_unknown: {
    title: 'a notice of a refund that you never asked for is answered',
    why: 'Somebody refunded in the console. An error, or no answer, brings it back fifteen times and hides it.',
    fix: 'Store it for a person to look at, and answer.',
    fault: 'unknown_refund',
    isAboutRefund: false,
  },
} as const satisfies Readonly<Record<string, Lie>>

async function disbelieves(stage: Stage, { fault, isAboutRefund }: Lie): Promise<string> {
  if (isAboutRefund) requireState(stage)
  const refund = await placeRefund(stage)
  const notification = inventNotice(stage, refund)
  const reply = await deliver(stage, notification, composeNotice(stage, notification, fault))
  if (reply.status === null) throw new Failed(describe(reply))
  await expectNotRefunded(stage, refund, 'it')
  await expectGenuineNotice(stage, refund, settle(stage, refund, 'SUCCESS'))
  return `${describe(reply)}; the genuine one after it was taken`
}

const toChecks = <Row extends Pick<Check, 'title' | 'why' | 'fix'>>(
  rows: Readonly<Record<string, Row>>,
  run: (stage: Stage, row: Row) => Promise<string>,
): CheckTable =>
  Object.fromEntries(
    Object.entries(rows).map(([id, row]) => {
      const { title, why, fix } = row
      return [id, { title, why, fix, run: (stage: Stage) => run(stage, row) }]
    }),
  )

export const REFUND_NOTICE_CHECKS: CheckTable = {
  ...GENUINE,
  ...toChecks(OTHER_ENDS, tellsEnd),
  ...toChecks(LIES, disbelieves),
}
