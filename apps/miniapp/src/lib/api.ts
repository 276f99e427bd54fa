import type { API, ApiAnswer, ApiInput, ApiRoute } from '@dashang/shared/contracts/api'
import type { ErrorBody } from '@dashang/shared/contracts/common'
import { ApiError, type ApiErrorCode } from '../flow/api-error'
import { getLoginCode } from './login-code'
import { request, type Answer } from './request'
import { clearStored, readStored, writeStored } from './storage'

interface Parts {
  readonly params?: Readonly<Record<string, string>>
  readonly query?: Readonly<Record<string, string | undefined>>
  readonly body?: unknown
}

/**
 * Calls a route of the contract as the logged-in user. Logs in when there is no session, and once
 * more when the server no longer takes the one there is. Throws `ApiError`.
 */
export async function call<Route extends ApiRoute>(
  route: Route,
  input: ApiInput<Route>,
): Promise<ApiAnswer<Route>> {
  const token = await getToken()
  const first = await send(route, input as Parts, token)
  if (first.status !== 401) return read(first)
  forget(token)
  return read(await send(route, input as Parts, await getToken()))
}

/** The routes that everybody may call. */
type PublicRoute = {
  [Route in ApiRoute]: (typeof API)[Route]['access'] extends 'public' ? Route : never
}[ApiRoute]

/** Calls a route that needs no login, so a page of it need not wait for one. Throws `ApiError`. */
export async function callPublic<Route extends PublicRoute>(
  route: Route,
  input: ApiInput<Route>,
): Promise<ApiAnswer<Route>> {
  return read(await send(route, input as Parts))
}

let loggingIn: Promise<string> | null = null

/** Requests that start together share one login: a code is good for one exchange. */
function getToken(): Promise<string> {
  const session = readStored('session')
  if (session !== null) return Promise.resolve(session.token)
  loggingIn ??= logIn().finally(() => {
    loggingIn = null
  })
  return loggingIn
}

/** Another request may have logged in anew meanwhile; that session is good. */
function forget(token: string): void {
  if (readStored('session')?.token === token) clearStored('session')
}

async function logIn(): Promise<string> {
  const code = await getLoginCode().catch(() => {
    throw new ApiError('OFFLINE')
  })
  const session = await callPublic('POST /api/login', { body: { code } })
  writeStored('session', session)
  return session.token
}

async function send(route: ApiRoute, parts: Parts, token?: string): Promise<Answer> {
  const [method = '', pattern = ''] = route.split(' ')
  const path = pattern.replace(/:(\w+)/g, (_, name: string) =>
    encodeURIComponent(parts.params?.[name] ?? ''),
  )
  const options = { ...(token !== undefined && { token }), body: parts.body }
  try {
    return await request(method as 'GET' | 'POST', path + queryText(parts.query), options)
  } catch {
    throw new ApiError('OFFLINE')
  }
}

function queryText(query: Parts['query'] = {}): string {
  const given = Object.keys(query).filter((name) => query[name] !== undefined)
  if (given.length === 0) return ''
  return `?${given.map((name) => `${name}=${encodeURIComponent(query[name] ?? '')}`).join('&')}`
}

function read<Route extends ApiRoute>({ status, body }: Answer): ApiAnswer<Route> {
  if (status === 200) return body as ApiAnswer<Route>
  // A proxy between us and the server may answer something else than the server would.
  const { code } = (typeof body === 'object' ? (body ?? {}) : {}) as Partial<ErrorBody>
  throw new ApiError((code ?? 'INTERNAL') as ApiErrorCode)
}
