import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startLiar, type Liar } from './support/liar.ts'
import { newOrderId, startWorld, type Client, type World } from './support/world.ts'
import { CHANNELS, DIALECTS, tell as notify, tellingOf, type Telling } from './support/dialects.ts'

describe.each(CHANNELS)('by API %s:', (channel) => {
  const { queryAnswer } = DIALECTS[channel]
  // Whoever tells of a payment, every field of it is compared with the order, by one comparison.

  let liar: Liar
  let world: World
  let alice: Client

  beforeAll(async () => {
    liar = await startLiar()
    world = await startWorld({ WECHAT_PAY_CHANNEL: channel, WECHAT_PAY_BASE_URL: liar.url })
    alice = await world.signIn('alice')
  })
  afterAll(async () => {
    await world.close()
    await liar.close()
  })

  /** Each tells the server what `fields` say, properly signed. */
  const SOURCES = {
    notification: async (_, telling) => {
      expect((await notify(world, channel, telling)).ok).toBe(true)
    },
    query: async (orderId, telling) => {
      liar.tell(orderId, queryAnswer(world, telling, 'SUCCESS'))
      await alice.call('POST /api/orders/:orderId/confirm', { params: { orderId } })
    },
    follow_up: async (orderId, telling) => {
      liar.tell(orderId, queryAnswer(world, telling, 'SUCCESS'))
      await world.services.orders.followUp({ orderId, step: 0, tries: 0 }, world.app.log)
    },
  } as const satisfies Record<string, (orderId: string, telling: Telling) => Promise<void>>

  const id = fc.stringMatching(/^[a-z0-9]{8,28}$/)
  const CHANGES = {
    appid: fc.record({ appid: id }),
    mchid: fc.record({ mchid: id }),
    amountFen: fc.record({
      amountFen: fc.integer({ min: 1, max: 5_000_000 }).filter((fen) => fen !== 500),
    }),
    currency: fc.record({ currency: fc.constantFrom('USD', 'HKD', 'cny', 'CNYY') }),
    openid: fc.record({ openid: id }),
    orderId: fc.record({ orderId: fc.uuid().map((uuid) => uuid.replaceAll('-', '')) }),
  } as const satisfies Record<string, fc.Arbitrary<Partial<Telling>>>

  /** The row exists, and nothing is placed: the liar answers no `unifiedorder`. */
  async function makeOrder(): Promise<string> {
    const orderId = newOrderId()
    await alice.call('POST /api/prepay', { body: { orderId, amountFen: 500 } })
    return orderId
  }

  const stored = (orderId: string) => world.db.order.findUniqueOrThrow({ where: { id: orderId } })
  const casesOf = (orderIds: string[]) =>
    world.db.case.findMany({ where: { orderId: { in: orderIds } } })

  describe.each(Object.entries(SOURCES))('a payment told by %s', (source, tell) => {
    it('pays its order when every field is as ordered', async () => {
      const orderId = await makeOrder()
      await tell(orderId, tellingOf(orderId, alice.openid))
      expect(await stored(orderId)).toMatchObject({ state: 'paid' })
      expect(await casesOf([orderId])).toEqual([])
    })

    it.each(Object.entries(CHANGES))(
      'with another %s pays nothing and becomes a case that names it',
      async (field, change: fc.Arbitrary<Partial<Telling>>) => {
        await fc.assert(
          fc.asyncProperty(change, async (changed) => {
            const orderId = await makeOrder()
            const telling = { ...tellingOf(orderId, alice.openid), ...changed }
            await tell(orderId, telling)
            expect(await stored(orderId)).toMatchObject({ state: 'created', transactionId: null })
            expect(await world.db.ledgerTransaction.count({ where: { orderId } })).toBe(0)
            const cases = await casesOf([orderId, telling.orderId])
            expect(cases).toMatchObject([{ state: 'open', cause: source, fields: [field] }])
          }),
          { numRuns: 5 },
        )
      },
    )

    it('by the transaction of another order pays nothing and becomes a case that names it', async () => {
      const [paid, other] = [await makeOrder(), await makeOrder()]
      const telling = tellingOf(paid, alice.openid)
      await tell(paid, telling)
      await tell(other, { ...telling, orderId: other })
      expect(await stored(other)).toMatchObject({ state: 'created' })
      const expected = { kind: 'transaction_reused', cause: source, fields: ['transactionId'] }
      expect(await casesOf([paid, other])).toMatchObject([expected])
    })
  })

  describe('an answer that is signed for another merchant and tells of no payment', () => {
    it.each(['NOTPAY', 'CLOSED'])('(%s) is not believed', async (state) => {
      const orderId = await makeOrder()
      const { openid } = alice
      const telling = { ...tellingOf(orderId, openid), mchid: '1999999999' }
      liar.tell(orderId, queryAnswer(world, telling, state))
      const { body } = await alice.call('POST /api/orders/:orderId/confirm', {
        params: { orderId },
      })
      expect(body).toMatchObject({ payment: 'unknown', order: { state: 'created' } })
    })
  })
})
