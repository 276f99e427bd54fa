import type { ErrorBody } from '@dashang/shared/contracts/common'
import { AppError, ERRORS, type ErrorCode } from '@dashang/shared/errors'
import type { FastifyError, FastifyInstance } from 'fastify'
import fp from 'fastify-plugin'
import { isUnavailable } from '../db/unavailable.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** How errors of this route are written, where JSON is not understood. */
    sendError?: (reply: FastifyReply, body: ErrorBody) => FastifyReply
  }
}

/** The only place where an error becomes a response. */
export const errorHandling = fp(async (app: FastifyInstance) => {
  app.setErrorHandler<FastifyError | AppError>((error, request, reply) => {
    const code = codeOf(error)
    const { status, message, detail } = ERRORS[code]
    const failure = { event: 'request_failed', code, reason: error.message }
    if (status >= 500) request.log.error({ ...failure, err: error })
    else request.log.info(failure)

    const body = { code, message, detail: detailOf(error) ?? detail, requestId: request.id }
    const { sendError } = request.routeOptions.config
    reply.code(status)
    return sendError ? sendError(reply, body) : reply.send(body)
  })
  app.setNotFoundHandler(() => {
    throw new AppError('ROUTE_NOT_FOUND', 'no such route')
  })
})

const FASTIFY_CODES: ReadonlyMap<string, ErrorCode> = new Map([
  ['FST_ERR_CTP_BODY_TOO_LARGE', 'BODY_TOO_LARGE'],
  ['FST_ERR_CTP_INVALID_MEDIA_TYPE', 'UNSUPPORTED_MEDIA_TYPE'],
])

function codeOf(error: FastifyError | AppError): ErrorCode {
  if (error instanceof AppError) return error.code
  if (isUnavailable(error)) return 'DATABASE_BUSY'
  // Fastify's own refusals: schema, JSON, size, content type.
  const { code, statusCode = 500 } = error
  return FASTIFY_CODES.get(code) ?? (statusCode < 500 ? 'INVALID_REQUEST' : 'INTERNAL')
}

/** A schema's complaint names the field and quotes no value, so the developer may see it. */
function detailOf(error: FastifyError | AppError): string | null {
  return error instanceof AppError || !error.validation ? null : error.message
}
