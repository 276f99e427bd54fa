import { randomUUID } from 'node:crypto'
import { fastifyHelmet } from '@fastify/helmet'
import Fastify, { LogController, type FastifyBaseLogger, type FastifyInstance } from 'fastify'
import type { Config } from './config.ts'
import type { Database } from './db/database.ts'
import { caseRoutes } from './features/cases/routes.ts'
import { creatorSettingsRoutes } from './features/creator-settings/routes.ts'
import { creatorRoutes } from './features/creators/routes.ts'
import { healthRoutes } from './features/health/routes.ts'
import { ledgerRoutes } from './features/ledger/routes.ts'
import { loginRoutes } from './features/login/routes.ts'
import { messageRoutes } from './features/messages/routes.ts'
import { notificationRoutes } from './features/notifications/routes.ts'
import { orderRoutes } from './features/orders/routes.ts'
import { overlayRoutes } from './features/overlay/routes.ts'
import { refundRoutes } from './features/refunds/routes.ts'
import { docs } from './http/docs.ts'
import { errorHandling } from './http/error-handling.ts'
import { limits } from './http/limits.ts'
import { operatorAccess } from './http/operator.ts'
import { requestLog } from './http/request-log.ts'
import { session } from './http/session.ts'
import { stopQuickly } from './http/stop-quickly.ts'
import { validation } from './http/validation.ts'
import type { Services } from './services.ts'

const MAX_BODY_BYTES = 16_384

export interface AppDependencies {
  readonly config: Config
  readonly db: Database
  readonly services: Services
  readonly logger: FastifyBaseLogger
  readonly now: () => Date
}

/** The whole server, registered by name; nothing listens yet. */
export async function createApp(dependencies: AppDependencies): Promise<FastifyInstance> {
  const { config, db, services, logger, now } = dependencies
  const { sessions, login, orders, notifications, metrics, channels } = services
  const app = Fastify({
    loggerInstance: logger,
    logController: new LogController({ disableRequestLogging: true }),
    trustProxy: config.TRUSTED_PROXIES ?? false,
    bodyLimit: MAX_BODY_BYTES,
    genReqId: () => randomUUID(),
  })
  await app.register(stopQuickly)
  await app.register(requestLog)
  await app.register(errorHandling)
  await app.register(validation)
  await app.register(fastifyHelmet)
  await app.register(limits, { requestsPerMinute: config.REQUESTS_PER_MINUTE })
  await app.register(docs)

  app.addHook('onClose', services.close)
  await app.register(healthRoutes, { db, metrics })
  await app.register(publicRoutes, services)
  await app.register(loginRoutes, { login, perMinute: config.LOGINS_PER_MINUTE })
  await app.register(async (signedIn) => {
    await signedIn.register(session, { readUser: (token) => sessions.read(token, now()) })
    await signedIn.register(orderRoutes, {
      orders,
      prepaysPerMinute: config.PREPAYS_PER_MINUTE,
      confirmsPerMinute: config.CONFIRMS_PER_MINUTE,
    })
  })
  await app.register(async (admin) => {
    await admin.register(operatorAccess, { operators: config.operators })
    await admin.register(operatorRoutes, services)
  })
  await app.register(notificationRoutes, {
    notifications,
    metrics,
    channels: channels.configured,
  })
  return app
}

async function publicRoutes(app: FastifyInstance, services: Services): Promise<void> {
  const { creators, overlay } = services
  await app.register(creatorRoutes, { creators })
  await app.register(overlayRoutes, { overlay })
}

async function operatorRoutes(admin: FastifyInstance, services: Services): Promise<void> {
  const { administration, cases, ledger, messages, refunds } = services
  await admin.register(creatorSettingsRoutes, { administration })
  await admin.register(caseRoutes, { cases })
  await admin.register(ledgerRoutes, { ledger })
  await admin.register(messageRoutes, { messages })
  await admin.register(refundRoutes, { refunds })
}
