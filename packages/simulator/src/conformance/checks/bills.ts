import type { FaultRule } from '../../fault-rule.ts'
import { compareBooks, expectDifference, freshDay, payOn, withFaults } from '../bill.ts'
import type { Check, CheckTable } from '../check.ts'
import { Failed } from '../outcome.ts'
import type { Stage } from '../stage.ts'

/** The same thing goes wrong whichever API the server asks. */
const UNAVAILABLE: readonly FaultRule[] = [
  { on: 'downloadbill', fault: 'system_error' },
  { on: 'v3_bill', fault: 'system_error' },
]
const CUT: readonly FaultRule[] = [
  { on: 'downloadbill', fault: 'short' },
  { on: 'v3_bill_file', fault: 'short' },
  // The row that is cut off is one that the books do not have.
  { on: 'bill', fault: 'extra_payment' },
]

const GOOD_DAYS = {
  bill_agrees: {
    title: 'a day on which all is right is compared with the bill, and agrees',
    why: 'A comparison that never agrees is soon read by nobody; one that never asks finds nothing.',
    fix: 'Download the bill (downloadbill, tradebill) of the day; take a payment by time_end (success_time), not by your clock, and yuan as decimal text.',
    isLast: true,
    async run(stage) {
      const day = freshDay(stage)
      await payOn(stage, day)
      const { agrees, answer, hasAsked } = await compareBooks(stage, day)
      if (!hasAsked) throw new Failed(`the server asked WeChat for no bill, and answered ${answer}`)
      if (agrees) return answer
      throw new Failed(
        `the books of ${day.name} are said not to agree: ${answer}` +
          ' (they have to be empty before this run; words of your own are told with --bill-agrees-when)',
      )
    },
  },
  bill_empty: {
    title: 'a day without trade is no error',
    why: 'WeChat answers it with one («No Bill Exist»); a job that fails each quiet day is switched off.',
    fix: 'Take error_code 20002 (NO_STATEMENT_EXIST) as a bill without rows, and compare.',
    isLast: true,
    async run(stage) {
      const { answer, isError, hasAsked } = await compareBooks(stage, freshDay(stage))
      if (isError) throw new Failed(answer)
      if (hasAsked) return answer
      throw new Failed(`the server asked WeChat for no bill, and answered ${answer}`)
    },
  },
} as const satisfies CheckTable

interface BadDay extends Pick<Check, 'title' | 'why' | 'fix' | 'channel'> {
  readonly rules: readonly FaultRule[]
  /** Whether the books have a payment that day. */
  readonly isPaid: boolean
}

const BAD_DAYS = {
  bill_only_there: {
    title: 'a payment that only the bill knows is found',
    why: 'Somebody paid and has nothing for it; notification and query both failed.',
    fix: 'Compare in both directions; deliver or refund what only the bill has.',
    rules: [{ on: 'bill', fault: 'extra_payment' }],
    isPaid: true,
  },
  bill_only_here: {
    title: 'a payment that the bill lacks is found',
    why: 'You delivered what nobody paid for: a forged message was believed, or an order booked by hand.',
    fix: 'Compare in both directions; look at each order that only the books have.',
    rules: [{ on: 'bill', fault: 'omit_payment' }],
    isPaid: true,
  },
  bill_other_amount: {
    title: 'a payment of another amount in the bill is found',
    why: 'One fen in each of a million payments is money, and the sign of a mistake that will grow.',
    fix: 'Compare 订单金额 with the amount of the order in fen, payment by payment.',
    rules: [{ on: 'bill', fault: 'wrong_amount' }],
    isPaid: true,
  },
  bill_cut: {
    title: 'a bill that ends in the middle is not believed',
    why: 'A connection that breaks looks like the end of the file; half a day then agrees.',
    fix: 'Believe nothing before the last line, and compare its count and sums with the rows.',
    rules: CUT,
    isPaid: true,
  },
  v3_bill_wrong_hash: {
    title: 'a bill with another hash than the one announced is not believed',
    why: 'The file is not signed; the hash in the signed answer is all that vouches for it.',
    fix: 'Compute SHA1 over the unpacked file, and compare it with hash_value before anything is used.',
    channel: 'v3',
    rules: [{ on: 'v3_bill', fault: 'wrong_hash' }],
    isPaid: true,
  },
  bill_unavailable: {
    title: 'a bill that WeChat cannot give now is not taken for an empty one',
    why: 'A day that was never compared counts as compared, for ever.',
    fix: 'Only «No Bill Exist» is an empty day; after everything else ask again later, and say so.',
    rules: UNAVAILABLE,
    isPaid: false,
  },
} as const satisfies Readonly<Record<string, BadDay>>

async function disagrees(stage: Stage, { rules, isPaid }: BadDay): Promise<string> {
  const day = freshDay(stage)
  if (isPaid) await payOn(stage, day)
  return withFaults(stage, rules, () => expectDifference(stage, day))
}

/** Books against bills. They run last: what is wrong with a bill is wrong with all of them. */
export const BILL_CHECKS: CheckTable = {
  ...GOOD_DAYS,
  ...Object.fromEntries(
    Object.entries<BadDay>(BAD_DAYS).map(([id, { rules, isPaid, ...words }]) => {
      const run = (stage: Stage) => disagrees(stage, { ...words, rules, isPaid })
      return [id, { ...words, isLast: true, run }] as const
    }),
  ),
}
