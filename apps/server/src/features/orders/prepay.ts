import type { Payment } from '@dashang/shared/contracts/payment'
import { AppError, type ErrorCode } from '@dashang/shared/errors'
import type { FastifyBaseLogger } from 'fastify'
import type { OrderEvent } from '../../domain/order.ts'
import { moveOrder } from '../../settlement/move-order.ts'
import type { PlaceResult, Unclear } from '../../wechat/payment-channel.ts'
import { confirmOrder } from './confirm.ts'
import { createOrder, type OrderRequest, type OrderWithUser } from './create-order.ts'
import type { OrderDependencies } from './dependencies.ts'
import { isExpired } from './view.ts'

/** What a person is told when WeChat's answer did not come, or was not one. */
const UNCLEAR: Readonly<Record<Unclear, ErrorCode>> = {
  timeout: 'WECHAT_TIMEOUT',
  unreachable: 'WECHAT_BUSY',
  busy: 'WECHAT_BUSY',
  malformed: 'WECHAT_UNTRUSTED',
  untrusted: 'WECHAT_UNTRUSTED',
}

/**
 * Write down, ask WeChat, write down the answer, sign for the client. Every step may be repeated
 * with the same order id: a lost answer costs nothing but the repeat.
 */
export async function prepay(
  dependencies: OrderDependencies,
  request: OrderRequest,
  log: FastifyBaseLogger,
): Promise<{ orderId: string; payment: Payment }> {
  const { channels, now } = dependencies
  const order = await createOrder(dependencies, request, log)
  refuseUnlessPayable(order, now())
  const prepayId = order.prepayId ?? (await place(dependencies, order, log))
  return { orderId: order.id, payment: channels.of(order.channel).paymentFor(prepayId, now()) }
}

function refuseUnlessPayable(order: OrderWithUser, now: Date): void {
  if (order.state === 'paid') throw new AppError('ORDER_PAID', 'asked to pay a paid order')
  if (order.state === 'closed') throw new AppError('ORDER_CLOSED', 'asked to pay a closed order')
  if (isExpired(order, now)) throw new AppError('ORDER_EXPIRED', 'asked to pay after its time')
}

async function place(
  dependencies: OrderDependencies,
  order: OrderWithUser,
  log: FastifyBaseLogger,
): Promise<string> {
  const channel = dependencies.channels.of(order.channel)
  const result = await channel.place({ ...order, orderId: order.id, openid: order.user.openid })
  log.info({ event: 'order_placed', orderId: order.id, result: result.kind })
  if (result.kind !== 'placed') return refuse(dependencies, order, result, log)

  const { prepayId } = result
  const { kind } = await move(dependencies, order, { type: 'prepay_issued', prepayId })
  if (kind === 'apply') return prepayId
  const { state } = await dependencies.db.order.findUniqueOrThrow({ where: { id: order.id } })
  const code = state === 'closed' ? 'ORDER_CLOSED' : 'ORDER_PAID'
  throw new AppError(code, 'settled while it was placed')
}

async function refuse(
  dependencies: OrderDependencies,
  order: OrderWithUser,
  result: Exclude<PlaceResult, { kind: 'placed' }>,
  log: FastifyBaseLogger,
): Promise<never> {
  switch (result.kind) {
    case 'already_paid':
      await confirmOrder(dependencies, order, log)
      throw new AppError('ORDER_PAID', 'WeChat says that it is paid')
    case 'already_closed':
      await move(dependencies, order, { type: 'closed' })
      throw new AppError('ORDER_CLOSED', 'WeChat says that it is closed')
    case 'refused':
      throw new AppError('WECHAT_REFUSED', result.reason)
    case 'unknown':
      throw new AppError(UNCLEAR[result.why], `placing the order: ${result.why}`)
  }
}

function move({ db, now }: OrderDependencies, order: OrderWithUser, event: OrderEvent) {
  return db.$transaction((tx) => moveOrder(tx, order, event, { cause: 'user', at: now() }))
}
