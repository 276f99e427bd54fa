import { fastifyRateLimit } from '@fastify/rate-limit'
import { AppError } from '@dashang/shared/errors'
import type { FastifyInstance } from 'fastify'
import fp from 'fastify-plugin'

/** The limit of one route, as Fastify's plugin takes it. */
export const perMinute = (max: number) => ({ max, timeWindow: '1 minute' })

/** Each user, or each address where nobody is logged in, has so many requests a minute. */
export const limits = fp<{ requestsPerMinute: number }>(async (app: FastifyInstance, options) => {
  await app.register(fastifyRateLimit, {
    ...perMinute(options.requestsPerMinute),
    keyGenerator: ({ userId, ip }) => userId || ip,
    errorResponseBuilder: (_, { max }) => new AppError('RATE_LIMITED', `more than ${max} a minute`),
  })
})
