import type { FastifyInstance } from 'fastify'
import { addRoute } from '../../http/route.ts'
import type { Refunds } from './refunds.ts'

export async function refundRoutes(app: FastifyInstance, { refunds }: { refunds: Refunds }) {
  addRoute(app, 'POST /api/admin/orders/:orderId/refunds', ({ params, body }, { operator, log }) =>
    refunds.request({ ...params, ...body, operator }, log),
  )
  addRoute(app, 'GET /api/admin/orders/:orderId/refunds', ({ params }) =>
    refunds.list(params.orderId),
  )
  addRoute(app, 'POST /api/admin/refunds/:refundId/repeat', ({ params, body }, { operator, log }) =>
    refunds.repeat({ ...params, ...body, operator }, log),
  )
}
