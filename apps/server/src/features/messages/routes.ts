import type { FastifyInstance } from 'fastify'
import { addRoute } from '../../http/route.ts'
import type { Messages } from './messages.ts'

export async function messageRoutes(app: FastifyInstance, { messages }: { messages: Messages }) {
  addRoute(app, 'GET /api/admin/messages', ({ query }) => messages.list(query))
  addRoute(
    app,
    'POST /api/admin/messages/:orderId/hide',
    async ({ params, body }, { operator, log }) => {
      const hidden = await messages.hide({ ...params, ...body, operator })
      log.info({ event: 'message_hidden', orderId: params.orderId, operator })
      return hidden
    },
  )
  addRoute(
    app,
    'POST /api/admin/messages/:orderId/show',
    async ({ params, body }, { operator, log }) => {
      const shown = await messages.show({ ...params, ...body, operator })
      log.info({ event: 'message_shown', orderId: params.orderId, operator })
      return shown
    },
  )
}
