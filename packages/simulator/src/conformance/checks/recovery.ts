import type { CheckTable } from '../check.ts'
import { Failed, Skipped } from '../outcome.ts'
import { deliver, describe, pay } from '../deliver.ts'
import { becomesPaid, confirm, expectUnpaid, isPaid, waitFor } from '../observe.ts'
import { placeOrder } from '../place.ts'
import type { Stage, StagedOrder } from '../stage.ts'

const POLLING =
  'Query 5 s, 30 s, 1, 3, 5, 10 and 30 minutes after placing, then close; a close that is refused because it was paid is a payment.'

/** What a server finds out when nobody tells it. */
export const RECOVERY_CHECKS = {
  cancelled: {
    title: 'a payment that was cancelled leaves the order unpaid',
    why: 'The phone says ok or fail by itself; neither is a proof.',
    fix: 'When the cashier has closed, ask WeChat (orderquery), and believe only its answer.',
    async run(stage) {
      const order = await placeOrder(stage)
      stage.simulator.pay(order.order.outTradeNo, 'cancel')
      await confirm(stage, order)
      return expectUnpaid(stage, order, 'a cancelled payment')
    },
  },
  query_after_ok: {
    title: 'a payment without a notification is found when the phone says ok',
    why: 'Notifications get lost, and somebody waits in front of the screen.',
    fix: 'Offer a call for the moment after the cashier; ask WeChat (orderquery) in it, and book what it says.',
    isSlow: true,
    async run(stage) {
      if (stage.calls.confirm === null) throw new Skipped('no --confirm-url was given')
      const order = await payUnheard(stage)
      await confirm(stage, order)
      return foundOut(stage, order)
    },
  },
  lost_client: {
    title: 'a payment that nobody tells of is found all the same',
    why: 'The phone is out of battery and the notification is lost: paid, and nothing delivered.',
    fix: POLLING,
    isSlow: true,
    run: async (stage) => foundOut(stage, await payUnheard(stage)),
  },
  late_payment: {
    title: 'a payment of an order that was closed is acknowledged',
    why: 'A payment may slip in before the close. Unacknowledged it comes for a day, and its money is forgotten.',
    fix: 'Take the order as paid, or give the money back; acknowledge in both cases.',
    isSlow: true,
    async run(stage) {
      const order = await placeOrder(stage)
      if (!(await waitFor(stage, () => order.order.state === 'CLOSED'))) {
        const seconds = Math.round(stage.patienceMs / 1000)
        throw new Skipped(`the server closed nothing within ${seconds} s; --patience waits longer`)
      }
      // Paid before the close, as the phone and the server raced for it.
      order.order.state = 'NOTPAY'
      const reply = await deliver(stage, pay(stage, order))
      if (!reply.isAccepted) throw new Failed(describe(reply))
      const paid = await isPaid(stage, order)
      return `${describe(reply)}; the order is ${paid === false ? 'not ' : ''}paid`
    },
  },
} as const satisfies CheckTable

async function payUnheard(stage: Stage): Promise<StagedOrder> {
  if (stage.calls.order === null) {
    throw new Skipped('without --order-url nobody can see whether it was found')
  }
  const order = await placeOrder(stage)
  pay(stage, order)
  return order
}

async function foundOut(stage: Stage, order: StagedOrder): Promise<string> {
  const startedAt = performance.now()
  if (await becomesPaid(stage, order, stage.patienceMs)) {
    return `found after ${Math.round(performance.now() - startedAt)} ms`
  }
  const asked = stage.simulator.platform.calls.some(
    ({ api, outTradeNo }) => api.includes('query') && outTradeNo === order.order.outTradeNo,
  )
  const seconds = Math.round(stage.patienceMs / 1000)
  throw new Failed(
    asked
      ? `the server asked WeChat, and the order is still unpaid after ${seconds} s`
      : `the server did not ask WeChat within ${seconds} s`,
  )
}
