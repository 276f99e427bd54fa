import { setTimeout as pause } from 'node:timers/promises'
import type { CheckTable } from '../check.ts'
import { SETTLING_MS } from '../observe.ts'
import { becomesRefunded, expectNotRefunded, requireState } from '../observe-refund.ts'
import { Failed, Skipped } from '../outcome.ts'
import {
  askAgain,
  askForMore,
  namesAmount,
  placePaid,
  placeRefund,
  placeRefundOfPart,
  refundCallsOf,
  refundsOf,
  type StagedRefund,
} from '../refund.ts'
import type { Stage } from '../stage.ts'
import { usesAny } from '../template.ts'

const MINUTE_MS = 60_000
const REFUND_APIS = ['refund', 'v3_refund']

/** Money on its way back, as far as the server asks for it. */
export const REFUND_CHECKS = {
  refund_placed: {
    title: 'a refund is asked for at WeChat, and of all that was paid',
    why: 'A refund that is only booked here is money that nobody gets.',
    fix: 'Call secapi/pay/refund with your certificate (v2) or refund/domestic/refunds (v3), total the amount of the order.',
    async run(stage) {
      const { order, refund } = await placeRefund(stage)
      const { totalFee } = order.order
      if (refund.refundFee === totalFee) return `${refund.outRefundNo}, ${refund.refundFee} fen`
      throw new Failed(`${refund.refundFee} fen of ${totalFee} were asked for`)
    },
  },
  refund_of_part: {
    title: 'a refund of a part is asked for as this part',
    why: 'Whoever gives the whole back for a part gives the rest away.',
    fix: 'Send the amount that was asked for as refund_fee (amount.refund), in fen, and the order’s as the total.',
    async run(stage) {
      if (!namesAmount(refundCallsOf(stage))) {
        throw new Skipped('the request for a refund names no {amount}')
      }
      const { values, refund } = await placeRefundOfPart(stage, await placePaid(stage))
      const asked = values.names['amount'] ?? ''
      if (String(refund.refundFee) === asked) return `${asked} fen`
      throw new Failed(`asked for ${asked} fen, ${refund.refundFee} fen went to WeChat`)
    },
  },
  refund_processing: {
    title: 'a refund that WeChat has only accepted is not called refunded',
    why: 'SUCCESS of the call (status PROCESSING) means «accepted»; the bank may still refuse it.',
    fix: 'Keep it as under way until a notice or a query says SUCCESS.',
    async run(stage) {
      requireState(stage)
      const refund = await placeRefund(stage)
      return expectNotRefunded(stage, refund, 'WeChat accepted it')
    },
  },
  refund_repeated: {
    title: 'asking twice for one refund refunds once',
    why: 'A lost answer makes somebody ask again; a second out_refund_no is a second payment out of your pocket.',
    fix: 'Let the caller name the refund, keep its out_refund_no, and send the same number with the same amount again.',
    async run(stage) {
      if (!usesAny(refundCallsOf(stage).call, ['refundId'])) {
        throw new Skipped('the request for a refund has no {refundId} to repeat')
      }
      const first = await placeRefundOfPart(stage, await placePaid(stage))
      anHourAgo(first)
      await askAgain(stage, first)
      await expectNotRefunded(stage, first, 'asking twice')
      const numbers = refundsOf(first.order).map(({ outRefundNo }) => outRefundNo)
      if (numbers.length === 1) return `both are ${numbers.join()}`
      throw new Failed(`${numbers.join(' and ')} were asked for`)
    },
  },
  refund_too_much: {
    title: 'what went back whole is not given back again',
    why: 'WeChat stops this as long as it is one order at one merchant; what goes over another way is gone, and refusals are limited to six a second.',
    fix: 'Reserve each refund in the row of its order, with a condition on what is left, before WeChat is asked.',
    async run(stage) {
      const first = await placeRefund(stage)
      anHourAgo(first)
      const before = new Set(stage.simulator.platform.calls)
      await askForMore(stage, first)
      await pause(SETTLING_MS)
      const asked = callsAbout(stage, first).filter((call) => !before.has(call))
      if (asked.length === 0) return 'nothing more went to WeChat'
      throw new Failed('the server asked WeChat for a refund of more than was paid')
    },
  },
  refund_unheard: {
    title: 'a refund whose notice never comes is found all the same',
    why: 'Notices get lost; a refund that stays «under way» for ever is asked for again.',
    fix: 'Query refunds that are under way (refundquery), every minute at first and slower after five.',
    isSlow: true,
    async run(stage) {
      requireState(stage)
      const refund = await placeRefund(stage)
      stage.simulator.settleRefund(refund.refund.outRefundNo, 'SUCCESS')
      const startedAt = performance.now()
      if (await becomesRefunded(stage, refund)) {
        return `found after ${Math.round(performance.now() - startedAt)} ms`
      }
      throw new Failed(`it was not found within ${Math.round(stage.patienceMs / 1000)} s`)
    },
  },
} as const satisfies CheckTable

// WeChat takes two refunds of a payment only a minute apart, which would hide the second.
function anHourAgo({ refund }: StagedRefund): void {
  Object.assign(refund, { createdAt: new Date(refund.createdAt.getTime() - 60 * MINUTE_MS) })
}

const callsAbout = ({ simulator }: Stage, { order }: StagedRefund) =>
  simulator.platform.calls.filter(
    ({ api, outTradeNo }) => REFUND_APIS.includes(api) && outTradeNo === order.order.outTradeNo,
  )
