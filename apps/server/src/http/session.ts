import { AppError } from '@dashang/shared/errors'
import type { FastifyInstance } from 'fastify'
import fp from 'fastify-plugin'

declare module 'fastify' {
  interface FastifyRequest {
    /** Who is logged in; set on every route behind `session`, empty elsewhere. */
    userId: string
  }
}

interface Options {
  readUser: (token: string) => Promise<string | null>
}

/** Closes a scope to everybody who does not bring a session token of ours. */
export const session = fp<Options>(async (app: FastifyInstance, { readUser }) => {
  app.decorateRequest('userId', '')
  app.addHook('onRequest', async (request) => {
    const [scheme, token] = (request.headers.authorization ?? '').split(' ')
    const userId = scheme === 'Bearer' && token ? await readUser(token) : null
    if (userId === null) throw new AppError('UNAUTHENTICATED', 'no valid session token')
    request.userId = userId
  })
})
