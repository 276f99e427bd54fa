import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { newOrderId, startWorld, type Client, type World } from '../support/world.ts'

const AT_ONCE = 25
const MINUTE_MS = 60_000

/** Lets people tip, so many at once, while the keys change; answers the orders. */
async function tip(world: World, count: number, between: (placed: number) => Promise<void>) {
  const client = await world.signIn('alice')
  const orderIds: string[] = []
  for (let placed = 0; placed < count; placed += AT_ONCE) {
    const batch = Array.from({ length: AT_ONCE }, newOrderId)
    // The keys change in the middle of it, not before and after.
    const [statuses] = await Promise.all([
      Promise.all(batch.map((orderId) => placeAndPay(world, client, orderId))),
      between(placed),
    ])
    expect(statuses).toEqual(Array(AT_ONCE).fill(200))
    orderIds.push(...batch)
  }
  return orderIds
}

async function placeAndPay(world: World, client: Client, orderId: string): Promise<number> {
  const { status } = await client.call('POST /api/prepay', { body: { orderId, amountFen: 500 } })
  if (status === 200) world.simulator.pay(orderId)
  return status
}

/** Each is paid by its notification, and none of these was refused. */
async function expectAllPaid(world: World, orderIds: readonly string[]): Promise<void> {
  await vi.waitFor(
    async () => {
      const paid = await world.db.orderEvent.count({
        where: { toState: 'paid', cause: 'notification' },
      })
      expect(paid).toBe(orderIds.length)
    },
    { timeout: 60_000, interval: 50 },
  )
  expect(await world.db.refusedNotification.count()).toBe(0)
  const { notifications, calls } = world.simulator.platform
  // A slow machine may answer one too late, and then it comes again; none is ever refused.
  const answers = notifications.flatMap(({ attempts }) => attempts.map(({ status }) => status))
  expect(answers.filter((status) => status !== 204 && status !== null)).toEqual([])
  expect(calls.filter(({ result }) => result !== 'OK')).toEqual([])
}

const signersOf = (world: World) =>
  new Set(
    world.simulator.platform.notifications.flatMap(({ attempts }) =>
      attempts.map(({ request }) => request.headers['Wechatpay-Serial']),
    ),
  )

describe('while a thousand people tip', () => {
  let world: World
  beforeAll(async () => {
    world = await startWorld({
      WECHAT_PAY_CHANNEL: 'v3',
      WECHAT_PAY_PUBLIC_KEYS: '',
      WECHAT_TIMEOUT_MS: '10000',
    })
    world.simulator.keys.setMode('certificate')
  })
  afterAll(() => world.close())

  it(
    'the certificate changes twice, and nothing is lost or refused',
    { timeout: 300_000 },
    async () => {
      const { keys, clock } = world.simulator
      const steps: Readonly<Record<number, () => Promise<unknown>>> = {
        300: async () => {
          await clock.advance(MINUTE_MS)
          await keys.rotate('certificate')
          keys.setShares({ overlapPercent: 50 })
        },
        600: async () => {
          const [, before] = keys.list().filter(({ kind }) => kind === 'certificate')
          keys.setShares({ overlapPercent: 0 })
          expect(keys.revoke(before?.id ?? '')).toEqual({ isRevoked: true })
        },
        700: async () => {
          await clock.advance(MINUTE_MS)
          await keys.rotate('certificate')
        },
      }
      const orderIds = await tip(world, 1000, async (placed) => {
        await steps[placed]?.()
      })
      await expectAllPaid(world, orderIds)
      expect(signersOf(world).size).toBe(3)
    },
  )
})

describe('while a merchant moves from certificates to the public key', () => {
  let world: World
  beforeAll(async () => {
    // What the console says before the move: the certificate of now, and the public key to come.
    const first = await startWorld()
    const { platformCertificate } = first.simulator.v3()
    world = await startWorld(
      {
        WECHAT_PAY_CHANNEL: 'v3',
        WECHAT_PAY_PLATFORM_CERTIFICATES: JSON.stringify([platformCertificate]),
        WECHAT_TIMEOUT_MS: '10000',
      },
      first,
    )
    world.simulator.keys.setMode('migration')
    world.simulator.keys.setShares({ publicKeyPercent: 0 })
    close = async () => {
      await world.close()
      await first.close()
    }
  })
  let close: () => Promise<void>
  afterAll(() => close())

  it(
    'notifications are believed by whichever of both they are signed',
    { timeout: 120_000 },
    async () => {
      const { keys, clock } = world.simulator
      const percents: Readonly<Record<number, number>> = { 25: 1, 50: 20, 75: 50, 100: 100 }
      const orderIds = await tip(world, 125, async (placed) => {
        keys.setShares({ publicKeyPercent: percents[placed] ?? 0 })
        if (placed !== 50) return
        await clock.advance(MINUTE_MS)
        await keys.rotate('certificate')
      })
      await expectAllPaid(world, orderIds)
      expect(signersOf(world).size).toBeGreaterThan(1)
    },
  )
})
