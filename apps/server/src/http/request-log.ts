import type { FastifyInstance } from 'fastify'
import fp from 'fastify-plugin'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Asked every few seconds by whatever watches the server, so not worth a line each time. */
    isWatched?: boolean
  }
}

/** One event for each request: the route's pattern rather than the URL, which may hold more. */
export const requestLog = fp(async (app: FastifyInstance) => {
  app.addHook('onRequest', (request, reply, done) => {
    reply.header('x-request-id', request.id)
    done()
  })
  app.addHook('onResponse', (request, reply, done) => {
    const level = request.routeOptions.config.isWatched ? 'debug' : 'info'
    request.log[level]({
      event: 'request_completed',
      method: request.method,
      route: request.routeOptions.url ?? null,
      status: reply.statusCode,
      ms: Math.round(reply.elapsedTime),
    })
    done()
  })
})
