import type { ApiErrorCode } from '../flow/api-error'
import type { Words } from './zh'

/** A code that a later server may have reads as one that nobody foresaw. */
export function errorWords({ errors }: Words, code: ApiErrorCode): string {
  const known: Partial<Record<ApiErrorCode, string>> = errors
  return known[code] ?? errors.INTERNAL
}
