import { writeXml } from '@dashang/shared/signing/xml'
import type { ErrorBody } from '@dashang/shared/contracts/common'
import type { FastifyInstance, FastifyReply } from 'fastify'
import type { IncomingHttpHeaders } from 'node:http'
import { perMinute } from '../../http/limits.ts'
import type { Metrics } from '../../metrics/metrics.ts'
import type { Notifications } from './receive.ts'

const MAX_BODY_BYTES = 65_536
// WeChat sends from few addresses, so this only stops a flood.
const NOTIFICATIONS_PER_MINUTE = 6000

const ACKNOWLEDGED = writeXml({ return_code: 'SUCCESS', return_msg: 'OK' })

interface Options {
  readonly notifications: Notifications
  readonly metrics: Metrics
  readonly paymentPath: string
  readonly refundPath: string
}

/** Where WeChat tells of money. It reads XML in both directions, whatever the outcome. */
export async function notificationRoutes(app: FastifyInstance, options: Options): Promise<void> {
  const { notifications, metrics, paymentPath, refundPath } = options
  // The signature covers the bytes, so the bytes are what the handler gets.
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_, body, done) => {
    done(null, body)
  })
  addInbox(app, { path: paymentPath, receive: notifications.receive, metrics })
  addInbox(app, { path: refundPath, receive: notifications.receiveRefund, metrics })
}

interface Inbox {
  readonly path: string
  readonly receive: Notifications['receive']
  readonly metrics: Metrics
}

function addInbox(app: FastifyInstance, { path, receive, metrics }: Inbox): void {
  app.post<{ Body: Buffer<ArrayBuffer> | null }>(
    path,
    {
      bodyLimit: MAX_BODY_BYTES,
      schema: { hide: true },
      config: {
        sendError(reply, error) {
          if (reply.statusCode < 500) metrics.notificationRefused(error.code)
          return sendError(reply, error)
        },
        rateLimit: perMinute(NOTIFICATIONS_PER_MINUTE),
      },
    },
    async (request, reply) => {
      const body = request.body ?? Buffer.alloc(0)
      const headers = keptHeaders(request.headers)
      await receive({ body, headers, sender: request.ip }, request.log)
      return reply.type('text/xml').send(ACKNOWLEDGED)
    },
  )
}

/** How to read it, and what it was signed with; never a cookie or an authorization. */
function keptHeaders(headers: IncomingHttpHeaders): Record<string, string> {
  const isKept = (name: string) => /^(content-type|user-agent|wechatpay-[a-z-]+)$/.test(name)
  const kept = Object.entries(headers).filter(([name]) => isKept(name))
  return Object.fromEntries(kept.map(([name, value]) => [name, String(value)]))
}

function sendError(reply: FastifyReply, { code, detail }: ErrorBody): FastifyReply {
  const body = writeXml({ return_code: 'FAIL', return_msg: `${code}: ${detail}` })
  return reply.type('text/xml').send(body)
}
