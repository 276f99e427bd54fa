import type { IncomingMessage } from 'node:http'
import Fastify, {
  type FastifyInstance,
  type FastifyRequest,
  type FastifyServerOptions,
} from 'fastify'
import { billRoutes } from './bills/routes.ts'
import type { Certificates } from './certificates/make.ts'
import { eventRoutes } from './control/events.ts'
import { controlRoutes } from './control/routes.ts'
import { serves, type Service } from './hosts.ts'
import { miniProgramRoutes } from './mini-program/routes.ts'
import { pageRoutes } from './pages/routes.ts'
import { payV2Routes } from './pay-v2/routes.ts'
import { payV3Routes } from './pay-v3/routes.ts'
import type { Platform } from './platform.ts'
import { serveAsProxy } from './proxy.ts'
import { MAX_BODY_BYTES, readBody } from './request-body.ts'

const MAX_PARAM_CHARACTERS = 4096

const OPTIONS = {
  // A call that a fault left unanswered must not keep the process alive.
  forceCloseConnections: true,
  bodyLimit: MAX_BODY_BYTES,
  // A number that is too long is refused by its rule, not lost by the router.
  routerOptions: { maxParamLength: MAX_PARAM_CHARACTERS },
  rewriteUrl: ({ url = '' }) => decodable(url),
  ajv: { customOptions: { removeAdditional: false, coerceTypes: false } },
} as const satisfies FastifyServerOptions

/** WeChat, the proxy to its TLS side, and the rooms of our own for scripts and people. */
export async function createPlainServer(
  platform: Platform,
  { tls, stateFile }: { tls: FastifyInstance; stateFile: string | null },
): Promise<FastifyInstance> {
  const app = Fastify(OPTIONS)
  serveAsProxy(app, tls)
  await addWechat(app, platform)
  announceRequests(app, platform)
  controlRoutes(app, platform, { stateFile })
  eventRoutes(app, { changes: platform.changes })
  await pageRoutes(app)
  return app
}

/** WeChat alone, over TLS, where a client may show a certificate. */
export async function createTlsServer(
  platform: Platform,
  certificates: Certificates,
): Promise<FastifyInstance> {
  const app: FastifyInstance = Fastify({ ...OPTIONS, https: tlsOptions(certificates) })
  await addWechat(app, platform)
  return app
}

// Whoever changes something by a request need not think of those who watch.
function announceRequests(app: FastifyInstance, { changes }: Platform): void {
  app.addHook('onResponse', async ({ method }) => {
    if (method !== 'GET' && method !== 'HEAD') changes.announce()
  })
}

type Routes = (app: FastifyInstance, platform: Platform) => void

const ROUTES: Readonly<Record<Service, readonly Routes[]>> = {
  pay: [payV2Routes, payV3Routes, billRoutes],
  miniProgram: [miniProgramRoutes],
}

async function addWechat(app: FastifyInstance, platform: Platform): Promise<void> {
  app.setNotFoundHandler((_, reply) => reply.code(404).send())
  // Before its body is read, which the web server may refuse in words of its own.
  app.addHook('onRequest', async ({ is404 }, reply) => {
    if (is404) return reply.code(404).send()
  })
  await app.register(async (wechat) => {
    // A type that is none would be refused by the web server, and not in WeChat's words.
    wechat.addHook('onRequest', async ({ mediaType, raw }) => {
      if (!mediaType) delete raw.headers['content-type']
    })
    wechat.removeAllContentTypeParsers()
    wechat.addContentTypeParser('*', (_: FastifyRequest, payload: IncomingMessage) =>
      readBody(payload),
    )
    await addService(wechat, platform, 'pay')
    await addService(wechat, platform, 'miniProgram')
  })
}

async function addService(app: FastifyInstance, platform: Platform, service: Service) {
  await app.register(async (room) => {
    room.addHook('onRequest', async ({ hostname }, reply) => {
      if (!serves(hostname, service)) reply.callNotFound()
    })
    for (const routes of ROUTES[service]) routes(room, platform)
  })
}

/** For the router alone, which would answer in words of its own; the call sees what was sent. */
function decodable(url: string): string {
  const [path = '', ...query] = url.split('?')
  try {
    decodeURIComponent(path)
    return url
  } catch {
    return [path.replaceAll('%', '%25'), ...query].join('?')
  }
}

// Who shows no certificate, or a wrong one, is refused by the call that needs it, in WeChat's words.
function tlsOptions({ serverKey, serverCert, caCert }: Certificates) {
  return {
    key: serverKey,
    cert: serverCert,
    ca: caCert,
    requestCert: true,
    rejectUnauthorized: false,
  }
}
