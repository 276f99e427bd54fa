import type { API } from '@dashang/shared/contracts/api'
import type { COMMON_ERRORS } from '@dashang/shared/contracts/route'
import type { ErrorCode } from '@dashang/shared/errors'

type Api = typeof API

/** `OFFLINE` is ours: the request did not reach the server, or its answer did not reach us. */
export type ApiErrorCode = ErrorCode | 'OFFLINE'

/** What any route may answer, of the contract or of the way there. */
type AnywhereCode = (typeof COMMON_ERRORS)[number] | 'UNAUTHENTICATED' | 'NOT_READY' | 'OFFLINE'

/** What these routes may refuse with: a table over it is closed by the contract itself. */
export type RefusalOf<Route extends keyof Api> = Api[Route]['errors'][number] | AnywhereCode

/** Every refusal that a person may come to read. */
export type KnownCode = RefusalOf<keyof Api>

export class ApiError extends Error {
  override readonly name = 'ApiError'
  readonly code: ApiErrorCode

  constructor(code: ApiErrorCode) {
    super(code)
    this.code = code
  }
}

/** What a page says of a failure: its code, or that something unforeseen broke. */
export const codeOf = (error: unknown): ApiErrorCode =>
  error instanceof ApiError ? error.code : 'INTERNAL'
