import type { FastifyInstance } from 'fastify'
import { addRoute } from '../../http/route.ts'
import type { Orders } from './orders.ts'

interface Options {
  readonly orders: Orders
  /** Both make this server ask WeChat, which counts our questions. */
  readonly prepaysPerMinute: number
  readonly confirmsPerMinute: number
}

/** HTTP in, HTTP out: every rule lives behind `orders`. */
export async function orderRoutes(app: FastifyInstance, options: Options): Promise<void> {
  const { orders, prepaysPerMinute, confirmsPerMinute } = options
  addRoute(
    app,
    'POST /api/prepay',
    ({ body }, { userId, ip, log }) => orders.prepay({ ...body, userId, clientIp: ip }, log),
    { perMinute: prepaysPerMinute },
  )
  addRoute(app, 'GET /api/orders', ({ query }, { userId }) => orders.list(userId, query.cursor))
  addRoute(app, 'GET /api/orders/:orderId', ({ params }, { userId }) =>
    orders.find({ ...params, userId }),
  )
  addRoute(
    app,
    'POST /api/orders/:orderId/confirm',
    ({ params }, { userId, log }) => orders.confirm({ ...params, userId }, log),
    { perMinute: confirmsPerMinute },
  )
}
