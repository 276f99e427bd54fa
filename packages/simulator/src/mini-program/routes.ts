import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { hintHeader, serveCall, type DoneCall } from '../call-faults.ts'
import type { Platform } from '../platform.ts'
import { isTooLarge, TOO_LARGE_HINT } from '../request-body.ts'
import { checkAccessToken } from './access-token.ts'
import type { CallInput, MiniProgramCall } from './call.ts'
import { CALLS } from './calls.ts'
import { ipRefusal, refusalAnswer, WeixinRefusal, type MiniProgramError } from './errors.ts'

type Api = keyof typeof CALLS

const FAULTY_ERRORS: Readonly<Record<string, MiniProgramError>> = {
  busy: 'BUSY',
  too_often: 'TOO_OFTEN',
  quota: 'DAILY_QUOTA',
  risk: 'RISK',
  ip_refused: 'IP_REFUSED',
  barred: 'BARRED',
  forbidden: 'TOKEN_FORBIDDEN',
  shipping_failed: 'SHIPPING_FAILED',
  shipping_busy: 'SHIPPING_BUSY',
  token_invalid: 'BAD_CREDENTIAL',
  token_expired: 'TOKEN_EXPIRED',
}

/** The calls of api.weixin.qq.com. */
export function miniProgramRoutes(app: FastifyInstance, platform: Platform): void {
  for (const api of Object.keys(CALLS) as Api[]) {
    app.all(CALLS[api].path, (request, reply) => handle(platform, api, request, reply))
  }
}

function handle(platform: Platform, api: Api, request: FastifyRequest, reply: FastifyReply) {
  const input = { query: queryOf(request), json: jsonOf(request) }
  const struck = platform.faults.strike(api, { text: contentOf(input.json) })
  const fault = struck?.fault ?? null
  return serveCall(platform, reply, {
    api,
    struck,
    work: () => answerCall(platform, CALLS[api], { request, ...input, fault }),
  })
}

function answerCall(
  platform: Platform,
  call: MiniProgramCall,
  { request, ...input }: CallInput & { readonly request: FastifyRequest },
): DoneCall {
  try {
    checkRequest(platform, call, request)
    const faulty = FAULTY_ERRORS[input.fault ?? '']
    if (faulty !== undefined) throw faultyRefusal(faulty, request)
    if (call.method === 'POST' && input.json === undefined) {
      throw new WeixinRefusal('NOT_JSON', 'the body is not JSON in UTF-8')
    }
    const answer = call.run(platform, input)
    const isPlain = !call.needsToken
    return done(isPlain ? answer : { errcode: 0, errmsg: 'ok', ...answer }, 'OK', null)
  } catch (error) {
    if (!(error instanceof WeixinRefusal)) throw error
    const answer = refusalAnswer(platform, error)
    return done(answer, answer.errmsg, error.hint)
  }
}

function faultyRefusal(faulty: MiniProgramError, { ip }: FastifyRequest): WeixinRefusal {
  const hint = 'a fault asked for it'
  return faulty === 'IP_REFUSED' ? ipRefusal(ip, hint) : new WeixinRefusal(faulty, hint)
}

/** WeChat answers JSON as `text/plain` with HTTP 200, whatever it says. */
function done(answer: object, result: string, hint: string | null): DoneCall {
  const headers = { 'content-type': 'text/plain', ...hintHeader(hint) }
  return {
    answer: { status: 200, headers, body: JSON.stringify(answer) },
    outTradeNo: null,
    result,
    hint,
  }
}

function checkRequest(platform: Platform, call: MiniProgramCall, request: FastifyRequest): void {
  if (request.method !== call.method) {
    const code = call.method === 'GET' ? 'GET_ONLY' : 'POST_ONLY'
    throw new WeixinRefusal(code, `the method is ${request.method}`)
  }
  if (call.needsToken) checkAccessToken(platform, queryOf(request)['access_token'] ?? '')
  const { body } = request
  if (call.method === 'POST' && !(body instanceof Buffer && body.length > 0)) {
    throw new WeixinRefusal('EMPTY', 'the body is empty')
  }
  if (body instanceof Buffer && isTooLarge(body)) {
    throw new WeixinRefusal('NOT_JSON', TOO_LARGE_HINT)
  }
}

function queryOf({ url }: FastifyRequest): Readonly<Record<string, string>> {
  const start = url.indexOf('?')
  return start === -1 ? {} : Object.fromEntries(new URLSearchParams(url.slice(start)))
}

const utf8 = new TextDecoder('utf-8', { fatal: true })

/** `undefined` when it is none. */
function jsonOf({ body }: FastifyRequest): unknown {
  if (!(body instanceof Buffer)) return undefined
  try {
    return JSON.parse(utf8.decode(body))
  } catch {
    return undefined
  }
}

function contentOf(json: unknown): string {
  const isObject = typeof json === 'object' && json !== null && 'content' in json
  return isObject && typeof json.content === 'string' ? json.content : ''
}
