import { Type } from 'typebox'
import type { HttpAnswer } from '../http.ts'
import type { Unclear } from '../payment-channel.ts'
import { meaningOf, type Meaning } from './errors.ts'
import { parseJson, readAs } from './json.ts'
import type { KeyRing } from './key-ring.ts'
import type { V3Request, V3Send } from './send.ts'

/** Nobody signed it: it may stop something from being done, and says nothing about money. */
export interface V3Failure {
  readonly kind: 'failed'
  readonly code: string
  readonly meaning: Meaning | null
  /** For the log. */
  readonly reason: string
}

export type V3Answer =
  /** Signed by WeChat; `null` when there is nothing in it. */
  | { readonly kind: 'done'; readonly body: unknown }
  | V3Failure
  | { readonly kind: 'unknown'; readonly why: Unclear }

/** One call of API v3: signed on its way out, verified on its way in. */
export type V3Call = (request: V3Request) => Promise<V3Answer>

const ErrorBody = Type.Object({ code: Type.String(), message: Type.Optional(Type.String()) })

export function createV3Call(send: V3Send, ring: KeyRing, now: () => Date): V3Call {
  return async (request) => {
    const answer = await send(request)
    if (answer.kind === 'unknown') return answer
    if (answer.status >= 400) return failureOf(answer)
    const verdict = await ring.verify(answer, now())
    if (verdict.kind === 'refused') return { kind: 'unknown', why: 'untrusted' }
    return successOf(answer)
  }
}

/** 202 means: accepted, and ask again with the same. */
function successOf({ status, body }: HttpAnswer): V3Answer {
  if (status === 204 || (status === 200 && body.byteLength === 0)) {
    return { kind: 'done', body: null }
  }
  if (status !== 200) return { kind: 'unknown', why: status === 202 ? 'busy' : 'malformed' }
  const value = parseJson(body)
  return value === undefined ? { kind: 'unknown', why: 'malformed' } : { kind: 'done', body: value }
}

/** The body may be empty, or the page of a proxy; then there is the status alone. */
function failureOf({ status, body }: HttpAnswer): V3Answer {
  const { code = `HTTP_${status}`, message = '' } = readAs(ErrorBody, parseJson(body)) ?? {}
  const meaning = meaningOf(code)
  const isBusy = status === 429 || (status >= 500 && meaning === null) || meaning === 'busy'
  if (isBusy) return { kind: 'unknown', why: 'busy' }
  return { kind: 'failed', code, meaning, reason: `${code} ${message}`.trim() }
}
