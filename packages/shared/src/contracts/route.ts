import type { Static, TSchema } from 'typebox'
import type { ErrorCode } from '../errors.ts'

/** What an operator's token may be good for. */
export const OPERATOR_SCOPES = ['refunds', 'cases', 'ledger', 'creators', 'messages'] as const
export type OperatorScope = (typeof OPERATOR_SCOPES)[number]

/** What one route takes and gives. The server registers from it, the client calls by it. */
export interface RouteDescription {
  readonly summary: string
  readonly access: 'public' | 'user' | { readonly scope: OperatorScope }
  readonly params?: TSchema
  readonly query?: TSchema
  readonly body?: TSchema
  readonly answer: TSchema
  /** What this route may refuse with, beyond what every route may (`COMMON_ERRORS`). */
  readonly errors: readonly ErrorCode[]
}

/** Routes by `METHOD /path`, the same text that a client names to call one. */
export type RouteTable = Readonly<Record<`${'GET' | 'POST'} /${string}`, RouteDescription>>

/** Any route may answer these; `accessErrors` adds to them. */
export const COMMON_ERRORS = [
  'INVALID_REQUEST',
  'RATE_LIMITED',
  'DATABASE_BUSY',
  'INTERNAL',
] as const satisfies readonly ErrorCode[]

/** What a route may answer because of who asks. */
export function accessErrors({ access }: RouteDescription): readonly ErrorCode[] {
  if (access === 'public') return []
  return access === 'user' ? ['UNAUTHENTICATED'] : ['OPERATOR_UNKNOWN', 'OPERATOR_FORBIDDEN']
}

type Part<R, Name extends string> =
  R extends Readonly<Record<Name, infer S extends TSchema>>
    ? Readonly<Record<Name, Static<S>>>
    : unknown

/** The checked parts of a request: `params`, `query` and `body`, those that the route has. */
export type InputOf<R extends RouteDescription> = Part<R, 'params'> &
  Part<R, 'query'> &
  Part<R, 'body'>

export type AnswerOf<R extends RouteDescription> = Static<R['answer']>
