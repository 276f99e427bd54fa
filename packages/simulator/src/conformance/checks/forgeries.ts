import type { Notification } from '../../platform.ts'
import type { Channel, CheckTable } from '../check.ts'
import { deliver, describe, invent, pay } from '../deliver.ts'
import { FORGERIES, type Forgery } from '../forgery.ts'
import { V2_FORGERIES, V2_NOTICE_FORGERIES } from '../forgery-v2.ts'
import { V3_FORGERIES } from '../forgery-v3.ts'
import { expectGenuine, expectUnpaid } from '../observe.ts'
import { expectGenuineNotice, expectNotRefunded } from '../observe-refund.ts'
import { Failed, Skipped } from '../outcome.ts'
import { placeOrder } from '../place.ts'
import { inventNotice, placeRefund, settle } from '../refund.ts'
import type { Stage } from '../stage.ts'

const ATTACKER = 'The notify address is known to everybody. '

/** What WeChat did not send, and how it shows whether it was believed. */
interface Bait {
  readonly notification: Notification
  readonly expectNothing: () => Promise<string>
  /** The genuine one after it. */
  readonly expectGenuine: () => Promise<string>
}

async function ofPayment(stage: Stage): Promise<Bait> {
  const order = await placeOrder(stage)
  return {
    notification: invent(stage, order),
    expectNothing: () => expectUnpaid(stage, order, 'it'),
    expectGenuine: () => expectGenuine(stage, order, pay(stage, order)),
  }
}

async function ofRefund(stage: Stage): Promise<Bait> {
  const refund = await placeRefund(stage)
  return {
    notification: inventNotice(stage, refund),
    expectNothing: () => expectNotRefunded(stage, refund, 'it'),
    expectGenuine: () => expectGenuineNotice(stage, refund, settle(stage, refund, 'SUCCESS')),
  }
}

/** Sends what WeChat did not send, and then what it did. */
async function refuses(
  stage: Stage,
  { notification, expectNothing, expectGenuine: takeGenuine }: Bait,
  { make, mayCut }: Forgery,
): Promise<string> {
  const reply = await deliver(stage, notification, make(stage, notification))
  if (reply.isAccepted) throw new Failed(`it was acknowledged: ${describe(reply)}`)
  if (reply.status === null && mayCut !== true) throw new Failed(describe(reply))
  await expectNothing()
  await takeGenuine()
  return `${describe(reply)}; the genuine one after it was taken`
}

interface Kind {
  readonly bait: (stage: Stage) => Promise<Bait>
  readonly prefix: string
  readonly about: string
}

const PAYMENTS: Kind = { bait: ofPayment, prefix: '', about: '' }
const REFUNDS: Kind = { bait: ofRefund, prefix: 'refund_', about: 'refund notices: ' }

function toChecks(
  { bait, prefix, about }: Kind,
  forgeries: Readonly<Record<string, Forgery>>,
  channel?: Channel,
): CheckTable {
  const entries = Object.entries(forgeries).map(([id, forgery]) => {
    const { title, why, fix } = forgery
    const run = async (stage: Stage) => {
      const baited = await bait(stage)
      const { protocol } = baited.notification
      if (channel !== undefined && protocol !== channel) {
        throw new Skipped(`without a notify_url in its request it is told as of API ${protocol}`)
      }
      return refuses(stage, baited, forgery)
    }
    const name = `${channel === undefined ? '' : `${channel}_`}${prefix}${id}`
    const words = { title: about + title, why: ATTACKER + why, fix }
    return [name, { ...words, run, ...(channel && { channel }) }] as const
  })
  return Object.fromEntries(entries)
}

/** What is not from WeChat, or not as WeChat sent it, is refused. */
export const FORGERY_CHECKS: CheckTable = {
  ...toChecks(PAYMENTS, FORGERIES),
  ...toChecks(PAYMENTS, V2_FORGERIES, 'v2'),
  ...toChecks(PAYMENTS, V3_FORGERIES, 'v3'),
}

/** The same of what tells of a refund. */
export const NOTICE_FORGERY_CHECKS: CheckTable = {
  ...toChecks(REFUNDS, FORGERIES),
  ...toChecks(REFUNDS, V2_NOTICE_FORGERIES, 'v2'),
  ...toChecks(REFUNDS, V3_FORGERIES, 'v3'),
}
