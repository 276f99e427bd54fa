import type { ErrorCode } from '@dashang/shared/errors'

/** `OFFLINE` is ours: the request did not reach the server, or its answer did not reach us. */
export type ApiErrorCode = ErrorCode | 'OFFLINE'

export class ApiError extends Error {
  override readonly name = 'ApiError'
  readonly code: ApiErrorCode

  /** `message` is for the person. */
  constructor(code: ApiErrorCode, message: string) {
    super(message)
    this.code = code
  }
}
