import type { FastifyInstance } from 'fastify'
import type { IncomingHttpHeaders } from 'node:http'
import { perMinute } from '../../http/limits.ts'
import type { Metrics } from '../../metrics/metrics.ts'
import type { PaymentChannel } from '../../wechat/payment-channel.ts'
import { dialectOf } from './dialects.ts'
import type { Notifications } from './receive.ts'

const MAX_BODY_BYTES = 65_536
// WeChat sends from few addresses, so this only stops a flood.
const NOTIFICATIONS_PER_MINUTE = 6000

interface Options {
  readonly notifications: Notifications
  readonly metrics: Metrics
  readonly channels: readonly PaymentChannel[]
}

/** Where WeChat tells of money, two addresses for each channel. */
export async function notificationRoutes(app: FastifyInstance, options: Options): Promise<void> {
  const { notifications, metrics, channels } = options
  // The signature covers the bytes, so the bytes are what the handler gets.
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_, body, done) => {
    done(null, body)
  })
  for (const channel of channels) {
    const { notifyPath, refundNotifyPath } = channel
    addInbox(app, { channel, path: notifyPath, receive: notifications.receive, metrics })
    const receive = notifications.receiveRefund
    addInbox(app, { channel, path: refundNotifyPath, receive, metrics })
  }
}

interface Inbox {
  readonly channel: PaymentChannel
  readonly path: string
  readonly receive: Notifications['receive']
  readonly metrics: Metrics
}

type Body = Buffer<ArrayBuffer> | null

function addInbox(app: FastifyInstance, { channel, path, receive, metrics }: Inbox): void {
  app.post<{ Body: Body }>(
    path,
    {
      bodyLimit: MAX_BODY_BYTES,
      schema: { hide: true },
      config: {
        sendError(reply, error) {
          const isRefusal = reply.statusCode < 500 && error.code !== 'NOTIFICATION_PROBE'
          if (isRefusal) metrics.notificationRefused(error.code)
          const { body } = reply.request as { body?: Body }
          return dialectOf(channel.name, body ?? null).refuse(reply, error)
        },
        rateLimit: perMinute(NOTIFICATIONS_PER_MINUTE),
      },
    },
    async (request, reply) => {
      const body = request.body ?? Buffer.alloc(0)
      const headers = keptHeaders(request.headers)
      await receive({ channel, body, headers, sender: request.ip }, request.log)
      return dialectOf(channel.name, body).acknowledge(reply)
    },
  )
}

/** How to read it, and what it was signed with; never a cookie or an authorization. */
function keptHeaders(headers: IncomingHttpHeaders): Record<string, string> {
  const isKept = (name: string) => /^(content-type|user-agent|wechatpay-[a-z-]+)$/.test(name)
  const kept = Object.entries(headers).filter(([name]) => isKept(name))
  return Object.fromEntries(kept.map(([name, value]) => [name, String(value)]))
}
