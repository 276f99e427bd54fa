import { createHash, timingSafeEqual } from 'node:crypto'
import type { OperatorScope } from '@dashang/shared/contracts/route'
import { AppError } from '@dashang/shared/errors'
import type { FastifyInstance } from 'fastify'
import fp from 'fastify-plugin'

export interface Operator {
  readonly name: string
  readonly token: string
  readonly scopes: readonly OperatorScope[]
}

declare module 'fastify' {
  interface FastifyRequest {
    /** The name of who asks; set on every route behind `operatorAccess`, empty elsewhere. */
    operator: string
  }
  interface FastifyContextConfig {
    /** What an operator's token must be good for. */
    scope?: OperatorScope
  }
}

/** Closes a scope to everybody who does not bring the token of an operator with the right scope. */
export const operatorAccess = fp<{ operators: readonly Operator[] }>(
  async (app: FastifyInstance, { operators }) => {
    app.decorateRequest('operator', '')
    app.addHook('onRequest', async (request) => {
      const [scheme, token = ''] = (request.headers.authorization ?? '').split(' ')
      const operator = operators.find((each) => scheme === 'Bearer' && isSame(each.token, token))
      if (operator === undefined) throw new AppError('OPERATOR_UNKNOWN', 'no operator of ours')
      const { scope } = request.routeOptions.config
      if (scope === undefined || !operator.scopes.includes(scope)) {
        throw new AppError('OPERATOR_FORBIDDEN', `${operator.name} lacks ${scope ?? 'any scope'}`)
      }
      request.operator = operator.name
    })
  },
)

/** Digests have one length and nothing to tell by it. */
function isSame(expected: string, given: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(expected), digest(given))
}
