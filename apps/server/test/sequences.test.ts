import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { newOrderId, startWorld, type Client, type World } from './support/world.ts'
import { CHANNELS, DIALECTS } from './support/dialects.ts'

describe.each(CHANNELS)('by API %s:', (channel) => {
  const { api } = DIALECTS[channel]
  // Whatever happens to one order, in whatever order: we say «paid» only when WeChat was paid, and at
  // the end, when WeChat can be asked, we say the same as WeChat.

  let world: World
  let alice: Client

  beforeAll(async () => {
    world = await startWorld({ WECHAT_PAY_CHANNEL: channel, WECHAT_TIMEOUT_MS: '500' })
  })
  afterAll(() => world.close())

  type Step = (orderId: string) => Promise<unknown>

  const prepay: Step = (orderId) =>
    alice.call('POST /api/prepay', { body: { orderId, amountFen: 500 } })
  const confirm = (orderId: string) =>
    alice.call('POST /api/orders/:orderId/confirm', { params: { orderId } })

  const STEPS: Readonly<Record<string, Step>> = {
    prepay,
    'prepay twice at once': (orderId) => Promise.all([prepay(orderId), prepay(orderId)]),
    confirm,
    'confirm while WeChat is busy': async (orderId) => {
      world.simulator.faults.add({ on: api.query, fault: 'system_error', times: 1 })
      await confirm(orderId)
    },
    'prepay, the answer gets lost': async (orderId) => {
      world.simulator.faults.add({ on: api.place, fault: 'timeout_after', times: 1 })
      await prepay(orderId)
    },
    pay: async (orderId) => {
      if (world.simulator.order(orderId)) world.simulator.pay(orderId)
    },
    'pay, the notification is forged, then repeated': async (orderId) => {
      world.simulator.faults.add({ on: 'notification', fault: 'tampered', times: 1 })
      if (world.simulator.order(orderId)) world.simulator.pay(orderId)
    },
    'pay, the notification comes twice': async (orderId) => {
      world.simulator.faults.add({ on: 'notification', fault: 'duplicate', times: 1 })
      if (world.simulator.order(orderId)) world.simulator.pay(orderId)
    },
    'pay, the first notification lies about the amount': async (orderId) => {
      world.simulator.faults.add({ on: 'notification', fault: 'wrong_amount', times: 1 })
      if (world.simulator.order(orderId)) world.simulator.pay(orderId)
    },
    cancel: async (orderId) => {
      if (world.simulator.order(orderId)) world.simulator.pay(orderId, 'cancel')
    },
    'let time pass': () => world.simulator.clock.advance(20_000),
    'let ten minutes pass, and the questions that fall due': async () => {
      await world.simulator.clock.advance(600_000)
      await world.runDueJobs()
    },
  }

  /** A slow machine may let a question time out, which is an answer of its own: unknown. */
  async function askUntilAnswered(orderId: string): Promise<void> {
    const { body } = await confirm(orderId)
    if (body.payment === 'unknown') await askUntilAnswered(orderId)
  }

  const paidHere = async (orderId: string) =>
    (await world.db.order.findUnique({ where: { id: orderId } }))?.state === 'paid'
  const paidThere = (orderId: string) => world.simulator.order(orderId)?.state === 'SUCCESS'

  it('keeps our books equal to those of WeChat through any sequence', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom(...Object.keys(STEPS)), { minLength: 1, maxLength: 8 }),
        async (names) => {
          const orderId = newOrderId()
          alice = await world.signIn('alice')
          world.simulator.faults.clear()
          for (const name of names) {
            await STEPS[name]?.(orderId)
            if (await paidHere(orderId)) expect(paidThere(orderId)).toBe(true)
          }
          world.simulator.faults.clear()
          if (world.simulator.order(orderId)) await askUntilAnswered(orderId)
          expect(await paidHere(orderId)).toBe(paidThere(orderId))

          const states = await world.db.orderEvent.findMany({
            where: { orderId },
            orderBy: { id: 'asc' },
          })
          states.slice(1).forEach((event, i) => {
            expect(event.fromState).toBe(states[i]?.toState)
          })
        },
      ),
      { numRuns: 40 },
    )
    // What was refused or lost is told again, and each notification is accepted in the end.
    await vi.waitFor(
      async () => {
        await world.simulator.clock.advance(60 * 60_000)
        const notifications = world.simulator.platform.notifications
        expect(
          notifications.filter(({ attempts }) => attempts.at(-1)?.isAccepted !== true),
        ).toEqual([])
      },
      { timeout: 20_000 },
    )
  }, 90_000)
})
