import { ADMIN_API } from '@dashang/shared/contracts/admin'
import { API } from '@dashang/shared/contracts/api'
import { ErrorBody } from '@dashang/shared/contracts/common'
import {
  accessErrors,
  COMMON_ERRORS,
  type AnswerOf,
  type InputOf,
  type RouteDescription,
} from '@dashang/shared/contracts/route'
import { ERRORS, type ErrorCode } from '@dashang/shared/errors'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { Type, type TSchema } from 'typebox'
import { perMinute } from './limits.ts'

const ROUTES = { ...API, ...ADMIN_API } as const
type Routes = typeof ROUTES

type Handler<Route extends keyof Routes> = (
  input: InputOf<Routes[Route]>,
  request: FastifyRequest,
) => Promise<AnswerOf<Routes[Route]>>

/** Registers a route as the contract describes it; the handler gets what the schemas let through. */
export function addRoute<Route extends keyof Routes>(
  app: FastifyInstance,
  route: Route,
  handler: Handler<Route>,
  options: { perMinute?: number } = {},
): void {
  const description: RouteDescription = ROUTES[route]
  const [method = '', url = ''] = route.split(' ')
  app.route({
    method,
    url,
    config: {
      ...(options.perMinute !== undefined && { rateLimit: perMinute(options.perMinute) }),
      ...(typeof description.access === 'object' && { scope: description.access.scope }),
    },
    schema: {
      summary: description.summary,
      security: securityOf(description),
      ...(description.params && { params: description.params }),
      ...(description.query && { querystring: description.query }),
      ...(description.body && { body: description.body }),
      response: { 200: description.answer, ...errorResponses(description) },
    },
    // The schemas above have just made this true.
    handler: (request) => handler(request as unknown as InputOf<Routes[Route]>, request),
  })
}

function securityOf({ access }: RouteDescription): Record<string, string[]>[] {
  if (access === 'public') return []
  return [{ [access === 'user' ? 'session' : 'operator']: [] }]
}

/** One entry for each status, with the codes that it stands for. */
function errorResponses(description: RouteDescription): Record<number, TSchema> {
  const codes: ErrorCode[] = [...COMMON_ERRORS, ...accessErrors(description), ...description.errors]
  const byStatus = Object.groupBy(codes, (code) => ERRORS[code].status)
  return Object.fromEntries(
    Object.entries(byStatus).map(([status, group]) => [
      status,
      Type.Object(ErrorBody.properties, {
        description: group.map((code) => `\`${code}\`: ${ERRORS[code].detail}`).join('\n\n'),
      }),
    ]),
  )
}
