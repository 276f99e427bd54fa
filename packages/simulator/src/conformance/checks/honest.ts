import type { CheckTable } from '../check.ts'
import { Failed, Skipped } from '../outcome.ts'
import { compose, deliver, describe, pay } from '../deliver.ts'
import { becomesPaid, expectGenuine, isPaid } from '../observe.ts'
import { placeOrder } from '../place.ts'
import { relaid } from '../relay.ts'

const COPIES = 8

/** Genuine notifications, in all the ways in which WeChat sends them. */
export const HONEST_CHECKS = {
  good_notification: {
    title: 'a genuine notification is acknowledged and pays the order',
    why: 'What is not acknowledged is sent fifteen times more; what is not booked was paid for nothing.',
    fix: 'Read the raw bytes, verify the signature, compare the order, store the payment, then answer: return_code SUCCESS (v2), 200 or 204 (v3).',
    async run(stage) {
      const order = await placeOrder(stage)
      return expectGenuine(stage, order, pay(stage, order))
    },
  },
  acknowledged_in_form: {
    title: 'the acknowledgement has the form that WeChat reads',
    why: 'A page, a redirect or the word SUCCESS alone counts as failure.',
    fix: '<xml><return_code><![CDATA[SUCCESS]]></return_code><return_msg><![CDATA[OK]]></return_msg></xml> with HTTP 200.',
    channel: 'v2',
    async run(stage) {
      const order = await placeOrder(stage)
      const reply = await deliver(stage, pay(stage, order))
      const isXml = /^\s*(<\?xml[^>]*\?>\s*)?<xml>/.test(reply.answer)
      if (reply.status === 200 && reply.isAccepted && isXml) return describe(reply)
      throw new Failed(describe(reply))
    },
  },
  v3_other_layout: {
    title: 'a genuine notification in another layout of JSON is acknowledged',
    why: 'WeChat promises neither spaces nor their absence; whoever verifies what a parser wrote anew refuses real payments on the day it changes.',
    fix: 'Keep the raw bytes of the body before any middleware parses them, and verify over those.',
    channel: 'v3',
    async run(stage) {
      const order = await placeOrder(stage)
      const notification = pay(stage, order)
      return expectGenuine(stage, order, notification, relaid(stage, notification))
    },
  },
  duplicate: {
    title: 'a second copy is acknowledged, and changes nothing',
    why: 'WeChat sends copies even after an acknowledgement.',
    fix: 'Book a transaction_id once, and answer success when it is already booked.',
    async run(stage) {
      const order = await placeOrder(stage)
      const notification = pay(stage, order)
      const message = compose(stage, notification)
      await deliver(stage, notification, message)
      const second = await deliver(stage, notification, message)
      if (!second.isAccepted) throw new Failed(`the second copy: ${describe(second)}`)
      if ((await becomesPaid(stage, order)) === false) throw new Failed('the order is not paid')
      return describe(second)
    },
  },
  parallel_duplicates: {
    title: `${COPIES} copies at once are all acknowledged`,
    why: 'Several machines of WeChat send at the same time; whoever reads before writing books twice.',
    fix: 'Change the state with a condition on the old one, or lock the row; a copy that lost the race is a success.',
    async run(stage) {
      const order = await placeOrder(stage)
      const notification = pay(stage, order)
      const message = compose(stage, notification)
      const replies = await Promise.all(
        Array.from({ length: COPIES }, () => deliver(stage, notification, message)),
      )
      const refused = replies.filter((reply) => !reply.isAccepted)
      const [first] = refused
      if (first !== undefined) {
        throw new Failed(`${refused.length} of ${COPIES} were not: ${describe(first)}`)
      }
      if ((await becomesPaid(stage, order)) === false) throw new Failed('the order is not paid')
      return 'they were'
    },
  },
  second_transaction: {
    title: 'a second payment of one order is acknowledged',
    why: 'It must not happen and does. Unacknowledged it is sent for a day, and its money is forgotten.',
    fix: 'Store the second transaction_id apart, give its money back, and acknowledge.',
    async run(stage) {
      const order = await placeOrder(stage)
      await expectGenuine(stage, order, pay(stage, order))
      const reply = await deliver(stage, pay(stage, order))
      if (!reply.isAccepted) throw new Failed(describe(reply))
      if ((await isPaid(stage, order)) === false) throw new Failed('the order is no longer paid')
      return describe(reply)
    },
  },
} as const satisfies CheckTable

/** What all others have seen. */
export const LAST_CHECKS = {
  answers_in_time: {
    title: 'every notification was answered within five seconds',
    why: 'A later answer counts as none, and the notification comes again.',
    fix: 'Store what came, answer, and do the slow work afterwards from a queue.',
    isLast: true,
    async run({ seen }) {
      if (seen.deliveries === 0) throw new Skipped('none was sent')
      if (seen.slowestMs < 5000)
        return `the slowest of ${seen.deliveries} took ${seen.slowestMs} ms`
      throw new Failed(`the slowest took ${seen.slowestMs} ms`)
    },
  },
} as const satisfies CheckTable
