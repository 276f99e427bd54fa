import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import type { FastifyInstance } from 'fastify'
import type { Static } from 'typebox'
import { settleAtCashier } from '../cashier/pay.ts'
import { requestPayment } from '../cashier/request-payment.ts'
import { retryNow } from '../notify/engine.ts'
import { resetPlatform, type Platform } from '../platform.ts'
import { settleRefund } from '../refunds/settle.ts'
import { billControlRoutes } from './bill-routes.ts'
import { takeEmptyBodies } from './empty-body.ts'
import { faultRoutes } from './fault-routes.ts'
import { keyRoutes } from './key-routes.ts'
import { miniProgramControlRoutes } from './mini-program-routes.ts'
import { problemsOf } from './problems.ts'
import {
  ClockBody,
  NotificationParams,
  OrderParams,
  PayBody,
  PaymentRequestBody,
  RefundParams,
  SettleBody,
  StateQuery,
} from './schemas.ts'
import { saveRoutes } from './save-routes.ts'
import { stateView } from './state-view.ts'
import { orderView, refundView } from './view.ts'

interface ControlOptions {
  readonly stateFile: string | null
}

/** What a script may do: JSON in and out, under `/_sim`. */
export function controlRoutes(
  instance: FastifyInstance,
  platform: Platform,
  { stateFile }: ControlOptions,
): void {
  const app = instance.withTypeProvider<TypeBoxTypeProvider>()
  takeEmptyBodies(instance)
  instance.setSchemaErrorFormatter(problemsOf)

  app.get('/_sim/state', { schema: { querystring: StateQuery } }, ({ query }) =>
    stateView(platform, {
      newest: query.newest === undefined ? Infinity : Number(query.newest),
      find: query.find?.trim() ?? '',
      stateFile,
    }),
  )
  app.get('/_sim/log', (_, reply) =>
    reply.type('application/jsonl').send(
      platform.log
        .lines()
        .map((line) => `${line}\n`)
        .join(''),
    ),
  )
  app.post('/_sim/reset', () => {
    resetPlatform(platform)
    return stateView(platform, { stateFile })
  })
  app.post('/_sim/clock', { schema: { body: ClockBody } }, async (request) => {
    await platform.clock.advance(stepMs(platform, request.body))
    return { now: platform.clock.now(), nextEventAt: platform.clock.nextAt() }
  })
  miniProgramControlRoutes(instance, platform)
  keyRoutes(instance, platform)
  faultRoutes(instance, platform)
  billControlRoutes(instance, platform)
  paymentRoutes(instance, platform)
  notificationRoutes(instance, platform)
  refundRoutes(instance, platform)
  saveRoutes(instance, platform, stateFile)
}

function stepMs({ clock }: Platform, step: Static<typeof ClockBody>): number {
  if ('advanceSeconds' in step) return step.advanceSeconds * 1000
  const now = clock.now()
  return Math.max((clock.nextAt() ?? now).getTime() - now.getTime(), 0)
}

function paymentRoutes(instance: FastifyInstance, platform: Platform): void {
  const app = instance.withTypeProvider<TypeBoxTypeProvider>()

  app.post('/_sim/request-payment', { schema: { body: PaymentRequestBody } }, (request) => {
    const result = requestPayment(platform, request.body)
    if (result.kind === 'fail') return { errMsg: result.errMsg, hint: result.hint }
    const { outTradeNo } = result.order
    if (result.kind === 'scripted') return { outTradeNo, errMsg: result.errMsg }
    return { outTradeNo, cashierPath: `/_sim/cashier/${encodeURIComponent(outTradeNo)}` }
  })
  app.get('/_sim/orders/:outTradeNo', { schema: { params: OrderParams } }, (request, reply) => {
    const order = platform.orders.get(request.params.outTradeNo)
    return order ? orderView(platform, order) : reply.code(404).send({ error: 'no such order' })
  })
  app.post(
    '/_sim/orders/:outTradeNo/pay',
    { schema: { params: OrderParams, body: PayBody } },
    (request, reply) => {
      const order = platform.orders.get(request.params.outTradeNo)
      if (order === undefined) return reply.code(404).send({ error: 'no such order' })
      const { errMsg } = settleAtCashier(platform, order, request.body.outcome)
      return { errMsg, order: orderView(platform, order) }
    },
  )
}

function notificationRoutes(instance: FastifyInstance, platform: Platform): void {
  const app = instance.withTypeProvider<TypeBoxTypeProvider>()

  app.post(
    '/_sim/notifications/:id/retry',
    { schema: { params: NotificationParams } },
    async (request, reply) => {
      const attempts = await retryNow(platform, request.params.id)
      return attempts ? { attempts } : reply.code(404).send({ error: 'no such notification' })
    },
  )
}

function refundRoutes(instance: FastifyInstance, platform: Platform): void {
  const app = instance.withTypeProvider<TypeBoxTypeProvider>()

  app.post(
    '/_sim/refunds/:outRefundNo/settle',
    { schema: { params: RefundParams, body: SettleBody } },
    (request, reply) => {
      const refund = platform.refunds.get(request.params.outRefundNo)
      if (refund === undefined) return reply.code(404).send({ error: 'no such refund' })
      const { isSettled } = settleRefund(platform, refund, request.body.outcome)
      if (!isSettled) return reply.code(409).send({ error: `the refund is ${refund.status}` })
      return refundView(refund)
    },
  )
}
