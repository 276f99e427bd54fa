import { hintHeader, type CallAnswer } from '../call-faults.ts'
import { knownOf, type Known, type NamedKey } from '../known.ts'
import type { Platform } from '../platform.ts'
import { isTooLarge, TOO_LARGE_HINT } from '../request-body.ts'
import type { SignatureFacts } from '../signatures/compare.ts'
import { checkAuthorization, type Family, type SignedRequest } from './authorization.ts'
import { ERRORS } from './errors.ts'
import { jsonBodyOf } from './json-body.ts'
import { languageOf } from './language.ts'
import { Refusal } from './refusal.ts'
import type { SigningKey } from './platform-key.ts'
import { signatureHeaders, type Signing } from './signing.ts'

/** What came, before anything of it is believed. */
export interface CallRequest extends SignedRequest {
  /** How the client reached us: `http://127.0.0.1:4000`. */
  readonly origin: string
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly params: Readonly<Record<string, unknown>>
  readonly query: Readonly<Record<string, unknown>>
}

/** A call of a known merchant, with what an operation reads of it. */
export interface Call {
  /** Who signed. */
  readonly mchid: string
  /** The one that the merchant is bound to; `null` where nobody said. */
  readonly appid: string | null
  readonly now: Date
  readonly origin: string
  /** The JSON object; nothing without a body. */
  readonly body: unknown
  readonly params: Readonly<Record<string, unknown>>
  readonly query: Readonly<Record<string, unknown>>
  /** The key of WeChat's that the request named, if it named one. */
  readonly namedKey: NamedKey | undefined
}

/** What a request of API v3 can be refused for by itself. */
export interface RequestRules {
  readonly method: 'GET' | 'POST'
  readonly path: string
  readonly family: Family
  /** Reads what it asks for, or refuses what a request alone can be refused for. */
  readonly read: (call: Call) => unknown
}

export interface Operation extends RequestRules {
  /** Reads it and does it; `null` for 204, which has no body. */
  readonly run: (platform: Platform, call: Call) => object | null
}

export interface Answer {
  readonly answer: CallAnswer
  readonly result: string
  readonly hint: string | null
  readonly signature?: SignatureFacts | null
}

const jsonHeaders = ({ headers }: Pick<CallRequest, 'headers'>) => ({
  'Content-Type': 'application/json; charset=utf-8',
  'Content-Language': languageOf(headers['accept-language']),
})

/** Takes a request through every check, in WeChat's order, and makes the answer. */
export function answer(
  platform: Platform,
  operation: Operation,
  request: CallRequest & { readonly signing: Signing },
): Answer {
  try {
    const call = checkCall(knownOf(platform), operation.family, request)
    const done = operation.run(platform, call)
    const body = done === null ? '' : JSON.stringify(done)
    const key = keyForAnswer(platform, request)
    const hint = hintOfKey(platform, call, key)
    const headers = {
      ...common(platform),
      ...(done !== null && jsonHeaders(request)),
      ...signatureHeaders(platform, body, { key, signing: request.signing }),
      ...hintHeader(hint),
    }
    return { answer: { status: done === null ? 204 : 200, headers, body }, result: 'OK', hint }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return refuse(platform, request, error)
  }
}

/** The answer to what is refused: signed once the merchant is known, unless the table says no. */
export function refuse(
  platform: Platform,
  request: Pick<CallRequest, 'headers'>,
  { error, words, detail, hint, signature }: Refusal,
): Answer {
  const { status, code, isSigned } = ERRORS[error]
  const message = languageOf(request.headers['accept-language']) === 'en' ? words.en : words.zh
  const body = code === null ? '' : JSON.stringify({ code, detail, message })
  const key = keyForAnswer(platform, request)
  const headers = {
    ...(error !== 'AUTHORIZATION_OF_ORDER' && common(platform)),
    ...(code !== null && jsonHeaders(request)),
    ...signatureHeaders(platform, body, { key, signing: isSigned ? 'signed' : 'unsigned' }),
    ...hintHeader(hint),
  }
  return { answer: { status, headers, body }, result: code ?? String(status), hint, signature }
}

export function checkMethod({ method }: RequestRules, request: CallRequest): void {
  if (request.method !== method) throw new Refusal('WRONG_METHOD', `it is a ${method}`)
}

export function checkCall(known: Known, family: Family, request: CallRequest): Call {
  if (isTooLarge(request.body)) throw new Refusal('BODY_TOO_LARGE', TOO_LARGE_HINT)
  if (family === 'other') checkClient(request)
  const { mchid } = checkAuthorization(known, family, request)
  if (family === 'order') checkClient(request)
  const { origin, params, query } = request
  return {
    mchid,
    appid: known.appid,
    now: known.now,
    origin,
    params,
    query,
    namedKey: namedKeyOf(known, request),
    body: jsonBodyOf(request),
  }
}

const ACCEPTED = /^\s*(\*\/\*|application\/json)\s*(;|$)/

function checkClient({ headers }: CallRequest): void {
  const accept = String(headers['accept'] ?? '')
  const isAccepting = accept.split(',').some((part) => ACCEPTED.test(part))
  if (headers['user-agent'] && isAccepting) return
  const hint = headers['user-agent'] ? `Accept is ${accept || 'missing'}` : 'User-Agent is missing'
  throw new Refusal('LACKS_ACCEPT_OR_USER_AGENT', hint)
}

function namedKeyOf({ keys }: Known, { headers }: CallRequest): NamedKey | undefined {
  const id = headers['wechatpay-serial']
  if (id === undefined) return undefined
  const key = keys.find(String(id))
  if (key !== undefined) return key
  const taken = keys.list().flatMap((valid) => keys.find(valid.id)?.id ?? [])
  const who = keys.mode === undefined ? 'WeChat' : `the mode ${keys.mode()}`
  const hint = `${String(id)} is not one that ${who} takes: ${taken.join(', ')}`
  throw new Refusal('WRONG_WECHATPAY_SERIAL', hint)
}

/** The public key only for who named it; else the newest certificate, whatever the merchant has. */
function keyForAnswer({ keys }: Platform, { headers }: Pick<CallRequest, 'headers'>): SigningKey {
  const named = keys.find(String(headers['wechatpay-serial'] ?? ''))
  return named?.kind === 'public_key' ? named : keys.newest('certificate')
}

/** A merchant that cannot check the answer learns why. */
function hintOfKey({ keys }: Platform, { namedKey }: Call, { id }: SigningKey): string | null {
  if (keys.mode() !== 'public_key' || namedKey !== undefined) return null
  return `signed by the platform certificate ${id}, since the request named no Wechatpay-Serial`
}

const common = ({ random }: Platform) => ({
  'Request-ID': random.bytes(16).toString('hex').toUpperCase(),
})
