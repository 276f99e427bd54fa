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

export async function untilPaid({ db }: World, orderId: string): Promise<void> {
  await vi.waitFor(async () => {
    const { state } = await db.order.findUniqueOrThrow({ where: { id: orderId } })
    expect(state).toBe('paid')
  })
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
