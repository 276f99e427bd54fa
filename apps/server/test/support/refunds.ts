import type { ADMIN_API } from '@dashang/shared/contracts/admin'
import type { AnswerOf } from '@dashang/shared/contracts/route'
import { expect } from 'vitest'
import { eventually } from './event-stream.ts'
import { newOrderId, type World } from './world.ts'

type RefundView = AnswerOf<(typeof ADMIN_API)['POST /api/admin/orders/:orderId/refunds']>
type RefundList = AnswerOf<(typeof ADMIN_API)['GET /api/admin/orders/:orderId/refunds']>

/** An order that is paid, as the server knows. */
export async function payOrder(world: World, amountFen = 500): Promise<string> {
  const alice = await world.signIn('alice')
  const orderId = newOrderId()
  await alice.call('POST /api/prepay', { body: { orderId, amountFen } })
  world.simulator.pay(orderId)
  await eventually(async () => {
    const { state } = await world.db.order.findUniqueOrThrow({ where: { id: orderId } })
    expect(state).toBe('paid')
  })
  return orderId
}

interface Wish {
  readonly refundId?: string
  readonly amountFen?: number
  readonly reason?: string
}

/** What the operator asks for, and the answer. */
export async function askRefund(world: World, orderId: string, wish: Wish = {}) {
  const body = { refundId: newOrderId(), amountFen: 200, reason: '演出取消', ...wish }
  const reply = await world.asOperator('POST', `/api/admin/orders/${orderId}/refunds`, body)
  return { status: reply.status, body: reply.body as unknown as RefundView & { code?: string } }
}

export async function listRefunds(world: World, orderId: string): Promise<RefundList> {
  const { status, body } = await world.asOperator('GET', `/api/admin/orders/${orderId}/refunds`)
  expect(status).toBe(200)
  return body as unknown as RefundList
}

/** Steps the clock of both sides, and does the work that falls due. */
export async function pass(world: World, seconds: number): Promise<void> {
  await world.simulator.clock.advance(seconds * 1000)
  await world.runDueJobs()
}

/** The state of each refund of an order, the oldest first. */
export async function statesOf(world: World, orderId: string): Promise<string[]> {
  return (await listRefunds(world, orderId)).refunds.map(({ state }) => state)
}

export const casesOf = (world: World, orderId: string) =>
  world.db.case.findMany({ where: { orderId }, orderBy: { createdAt: 'asc' } })

/** What the ledger has moved of an order, by kind. */
export async function postingsOf(world: World, orderId: string): Promise<string[]> {
  const movements = await world.db.ledgerTransaction.findMany({
    where: { orderId },
    include: { entries: { where: { account: 'wechat_clearing' } } },
    orderBy: { createdAt: 'asc' },
  })
  return movements.map(({ kind, entries }) => `${kind} ${entries[0]?.amountFen ?? 0}`)
}

export async function expectRightBooks(world: World): Promise<void> {
  const { body } = await world.asOperator('GET', '/api/admin/ledger/check')
  expect(body).toMatchObject({ isRight: true, findings: [] })
}
