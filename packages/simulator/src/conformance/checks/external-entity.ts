import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { CheckTable } from '../check.ts'
import { Failed } from '../outcome.ts'
import { withBody } from '../forgery.ts'
import { compose, deliver, describe, invent, pay } from '../deliver.ts'
import { expectGenuine, expectUnpaid } from '../observe.ts'
import { placeOrder } from '../place.ts'
import type { Stage } from '../stage.ts'

export const EXTERNAL_ENTITY_CHECKS = {
  external_entity: {
    title: 'an external entity is neither fetched nor acknowledged',
    why: 'WeChat warns of this one by name: an XML parser that fetches addresses reads your files and your network to strangers.',
    fix: 'Switch external entities, parameter entities and document types off in the parser.',
    channel: 'v2',
    run: (stage) => withBait((bait, isTaken) => tempt(stage, bait, isTaken)),
  },
} as const satisfies CheckTable

async function tempt(stage: Stage, bait: string, isTaken: () => boolean): Promise<string> {
  const order = await placeOrder(stage)
  const notification = invent(stage, order)
  const doctype =
    `<!DOCTYPE xml [<!ENTITY x SYSTEM "${bait}/general">` +
    `<!ENTITY % y SYSTEM "${bait}/parameter"> %y;]>`
  const message = withBody(
    compose(stage, notification),
    (body) => doctype + body.replace('<xml>', '<xml><attach>&x;</attach>'),
  )
  const reply = await deliver(stage, notification, message)
  if (isTaken()) throw new Failed('the server fetched the address that the entity names')
  if (reply.isAccepted) throw new Failed(`it was acknowledged: ${describe(reply)}`)
  await expectUnpaid(stage, order, 'it')
  await expectGenuine(stage, order, pay(stage, order))
  return describe(reply)
}

/** An address on this machine that nobody has a reason to open. */
async function withBait<Result>(
  use: (bait: string, isTaken: () => boolean) => Promise<Result>,
): Promise<Result> {
  let visits = 0
  const server = createServer((_, response) => {
    visits += 1
    response.end('bait')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  try {
    return await use(`http://127.0.0.1:${port}`, () => visits > 0)
  } finally {
    server.closeAllConnections()
    server.close()
  }
}
