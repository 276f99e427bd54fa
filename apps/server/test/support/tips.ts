import type { ApiAnswer, ApiRoute } from '@dashang/shared/contracts/api'
import { expect, vi } from 'vitest'
import { newOrderId, type Client, type World } from './world.ts'

interface Tip {
  readonly amountFen?: number
  readonly creator?: string
  readonly message?: string
  readonly displayName?: string
  readonly isAnonymous?: boolean
}

/** A tip that is paid, as the server knows; answers its order id. */
export async function giveTip(world: World, client: Client, tip: Tip = {}): Promise<string> {
  const orderId = newOrderId()
  const body = { orderId, amountFen: 500, ...tip }
  expect(await client.call('POST /api/prepay', { body })).toMatchObject({ status: 200 })
  world.simulator.pay(orderId)
  await untilPaid(world, orderId)
  return orderId
}

/**
 * Tips as if they had been paid, numbered on from the last one and with their number as their message:
 * many of them take long to give.
 */
export async function addTips({ db }: World, creatorId: string, count: number): Promise<void> {
  const user = await db.user.findFirstOrThrow()
  const account = await db.merchantAccount.findFirstOrThrow()
  const { lastAlert } = await db.creator.findUniqueOrThrow({ where: { id: creatorId } })
  const at = new Date()
  const numbers = Array.from({ length: count }, (_, i) => Number(lastAlert) + i + 1)
  const orders = numbers.map((number) => ({
    id: newOrderId(),
    userId: user.id,
    creatorId,
    merchantAccountId: account.id,
    channel: 'v2' as const,
    amountFen: number,
    currency: 'CNY',
    state: 'paid' as const,
    message: String(number),
    messageState: 'shown' as const,
    description: '',
    clientIp: '',
    notifyUrl: '',
    createdAt: at,
    expiresAt: at,
    transactionId: newOrderId().slice(4),
    paidAt: at,
  }))
  const alerts = orders.map(({ id: orderId, amountFen: number }) => {
    return { creatorId, number, kind: 'tip' as const, orderId, createdAt: at }
  })
  await db.$transaction([
    db.order.createMany({ data: orders }),
    db.tipAlert.createMany({ data: alerts }),
    db.creator.update({ where: { id: creatorId }, data: { lastAlert: numbers.at(-1) ?? 0 } }),
  ])
}

export async function untilPaid({ db }: World, orderId: string): Promise<void> {
  await vi.waitFor(
    async () => {
      const { state } = await db.order.findUniqueOrThrow({ where: { id: orderId } })
      expect(state).toBe('paid')
    },
    { timeout: 10_000 },
  )
}

interface Reply<Answer> {
  readonly status: number
  readonly body: Answer & { readonly code?: string }
}

/** Whatever everybody may read of a creator. */
export function readerOf({ url }: World) {
  async function get<Route extends ApiRoute>(path: string): Promise<Reply<ApiAnswer<Route>>> {
    const response = await fetch(`${url}/api/creators/${path}`)
    return {
      status: response.status,
      body: (await response.json()) as Reply<ApiAnswer<Route>>['body'],
    }
  }
  return {
    page: (slug: string) => get<'GET /api/creators/:slug'>(slug),
    wall: (slug: string, cursor?: string | null) =>
      get<'GET /api/creators/:slug/supporters'>(
        `${slug}/supporters${typeof cursor === 'string' ? `?cursor=${cursor}` : ''}`,
      ),
    ranking: (slug: string, period?: string) =>
      get<'GET /api/creators/:slug/ranking'>(
        `${slug}/ranking${period === undefined ? '' : `?period=${period}`}`,
      ),
  }
}
