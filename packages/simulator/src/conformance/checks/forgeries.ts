import type { Channel, CheckTable } from '../check.ts'
import { Failed } from '../outcome.ts'
import { deliver, describe, invent, pay } from '../deliver.ts'
import { FORGERIES, type Forgery } from '../forgery.ts'
import { V2_FORGERIES } from '../forgery-v2.ts'
import { V3_FORGERIES } from '../forgery-v3.ts'
import { expectGenuine, expectUnpaid } from '../observe.ts'
import { placeOrder } from '../place.ts'
import type { Stage } from '../stage.ts'

const ATTACKER = 'The notify address is known to everybody. '

/** Sends what WeChat did not send, and then what it did. */
async function refuses(stage: Stage, { make, mayCut }: Forgery): Promise<string> {
  const order = await placeOrder(stage)
  const notification = invent(stage, order)
  const reply = await deliver(stage, notification, make(stage, notification))
  if (reply.isAccepted) throw new Failed(`it was acknowledged: ${describe(reply)}`)
  if (reply.status === null && mayCut !== true) throw new Failed(describe(reply))
  await expectUnpaid(stage, order, 'it')
  await expectGenuine(stage, order, pay(stage, order))
  return `${describe(reply)}; the genuine one after it was taken`
}

function toChecks(forgeries: Readonly<Record<string, Forgery>>, channel?: Channel): CheckTable {
  const entries = Object.entries(forgeries).map(([id, forgery]) => {
    const { title, why, fix } = forgery
    const run = (stage: Stage) => refuses(stage, forgery)
    const name = channel === undefined ? id : `${channel}_${id}`
    return [name, { title, why: ATTACKER + why, fix, run, ...(channel && { channel }) }] as const
  })
  return Object.fromEntries(entries)
}

/** What is not from WeChat, or not as WeChat sent it, is refused. */
export const FORGERY_CHECKS: CheckTable = {
  ...toChecks(FORGERIES),
  ...toChecks(V2_FORGERIES, 'v2'),
  ...toChecks(V3_FORGERIES, 'v3'),
}
