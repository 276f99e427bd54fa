import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import type { FastifyInstance } from 'fastify'
import type { Static } from 'typebox'
import { settleAtCashier } from '../cashier/pay.ts'
import { requestPayment } from '../cashier/request-payment.ts'
import { FAULTS, isFaultRule } from '../faults.ts'
import { issueCode } from '../mini-program/code2session.ts'
import { resetPlatform, type Platform } from '../platform.ts'
import { settleRefund } from '../refunds/settle.ts'
import {
  ClockBody,
  CodeBody,
  FaultBody,
  OrderParams,
  PayBody,
  PaymentRequestBody,
  RefundParams,
  SettleBody,
  StateQuery,
} from './schemas.ts'
import { orderView, refundView, stateView } from './view.ts'

/** What a script may do: JSON in and out, under `/_sim`. */
export function controlRoutes(instance: FastifyInstance, platform: Platform): void {
  const app = instance.withTypeProvider<TypeBoxTypeProvider>()

  app.get('/_sim/state', { schema: { querystring: StateQuery } }, ({ query: { newest } }) =>
    stateView(platform, newest === undefined ? {} : { newest: Number(newest) }),
  )
  app.post('/_sim/reset', () => {
    resetPlatform(platform)
    return stateView(platform)
  })
  app.post('/_sim/clock', { schema: { body: ClockBody } }, async (request) => {
    await platform.clock.advance(stepMs(platform, request.body))
    return { now: platform.clock.now(), nextEventAt: platform.clock.nextAt() }
  })
  app.post('/_sim/codes', { schema: { body: CodeBody } }, (request) =>
    issueCode(platform, request.body.user),
  )
  faultRoutes(instance, platform)
  paymentRoutes(instance, platform)
  refundRoutes(instance, platform)
}

function stepMs({ clock }: Platform, step: Static<typeof ClockBody>): number {
  if ('advanceSeconds' in step) return step.advanceSeconds * 1000
  const now = clock.now()
  return Math.max((clock.nextAt() ?? now).getTime() - now.getTime(), 0)
}

function faultRoutes(instance: FastifyInstance, platform: Platform): void {
  const app = instance.withTypeProvider<TypeBoxTypeProvider>()

  app.get('/_sim/faults', () => ({ rules: platform.faults.list(), known: FAULTS }))
  app.delete('/_sim/faults', () => {
    platform.faults.clear()
    return { rules: platform.faults.list() }
  })
  app.post('/_sim/faults', { schema: { body: FaultBody } }, (request, reply) => {
    const rule = request.body
    if (!isFaultRule(rule)) {
      return reply.code(400).send({ error: 'unknown fault; GET /_sim/faults lists them' })
    }
    platform.faults.add(rule)
    return { rules: platform.faults.list() }
  })
}

function paymentRoutes(instance: FastifyInstance, platform: Platform): void {
  const app = instance.withTypeProvider<TypeBoxTypeProvider>()

  app.post('/_sim/request-payment', { schema: { body: PaymentRequestBody } }, (request) => {
    const result = requestPayment(platform, request.body)
    if (result.kind === 'fail') return { errMsg: result.errMsg, hint: result.hint }
    const { outTradeNo } = result.order
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
