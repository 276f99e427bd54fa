import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { headerText } from '../pay-v2/routes.ts'
import { recordCall, type Platform } from '../platform.ts'
import { Refusal, type V3Error } from './errors.ts'
import { answer, refuse, type Answer, type CallRequest } from './gateway.ts'
import type { V3RefundFault } from './faults.ts'
import { OPERATIONS } from './operations.ts'
import { isObject } from './rules.ts'
import type { Signing } from './signing.ts'

type ServedOperation = (typeof OPERATIONS)[number]

// The refund has all faults that the other calls have.
type Fault = V3RefundFault

const FAULTY_SIGNING: Partial<Record<Fault, Signing>> = {
  unsigned: 'unsigned',
  garbage: 'unsigned',
  wrong_signature: 'wrongly signed',
}

/** Faults that leave the request undone, in WeChat's words. */
const REFUSING: Partial<Record<Fault, V3Error>> = {
  system_error: 'SYSTEM_ERROR',
  frequency_limited: 'FREQUENCY_LIMITED',
  service_unavailable: 'SERVICE_UNAVAILABLE',
  no_auth: 'NO_AUTH',
  not_enough: 'NOT_ENOUGH',
  account_abnormal: 'USER_ACCOUNT_ABNORMAL',
}

/** The same, without a word of WeChat's. */
const INSTEAD: Partial<Record<Fault, (reply: FastifyReply) => FastifyReply>> = {
  timeout_before: (reply) => reply.hijack(),
  http_500: (reply) => reply.code(500).type('text/html').send('<html>500</html>'),
}

/** Faults of the answer to a request that was done. */
const AFTERWARDS: Partial<Record<Fault, (reply: FastifyReply, done: Answer) => FastifyReply>> = {
  timeout_after: (reply) => reply.hijack(),
  cut: breakOff,
  garbage: (reply) => reply.code(200).type('application/json').send('{"<<not json'),
}

export function payV3Routes(app: FastifyInstance, platform: Platform): void {
  for (const operation of OPERATIONS) {
    app.all(operation.path, (request, reply) => handle(platform, operation, request, reply))
  }
}

function handle(
  platform: Platform,
  operation: ServedOperation,
  incoming: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  const { api, method } = operation
  const request = callRequestOf(incoming)
  if (request.method !== method) {
    return send(reply, refuse(platform, request, new Refusal('WRONG_METHOD', `it is a ${method}`)))
  }
  const fault = platform.faults.take(api)
  const about = { api, outTradeNo: outTradeNoOf(request) }
  const instead = fault === null ? undefined : INSTEAD[fault]
  if (instead !== undefined) {
    recordCall(platform, { ...about, result: String(fault), hint: null })
    return instead(reply)
  }
  const signing = (fault === null ? undefined : FAULTY_SIGNING[fault]) ?? 'signed'
  const done = answer(platform, faultyOperation(operation, fault), { ...request, signing })
  recordCall(platform, { ...about, result: fault ?? done.result, hint: done.hint })
  const afterwards = fault === null ? undefined : AFTERWARDS[fault]
  return afterwards === undefined ? send(reply, done) : afterwards(reply, done)
}

function faultyOperation(operation: ServedOperation, fault: Fault | null): ServedOperation {
  const hint = `the fault ${String(fault)} asked for it`
  if (fault === 'limited_after') {
    return {
      ...operation,
      run(platform, call) {
        operation.run(platform, call)
        throw new Refusal('FREQUENCY_LIMITED', hint)
      },
    }
  }
  const error = fault === null ? undefined : REFUSING[fault]
  if (error === undefined) return operation
  const run = () => {
    throw new Refusal(error, hint)
  }
  return { ...operation, run }
}

function callRequestOf({ method, raw, headers, body, params, query }: FastifyRequest): CallRequest {
  return {
    method,
    target: raw.url ?? '',
    headers,
    body: body instanceof Buffer ? body : Buffer.alloc(0),
    authorization: headers.authorization,
    params: isObject(params) ? params : {},
    query: isObject(query) ? query : {},
  }
}

function send(reply: FastifyReply, { status, headers, body, hint }: Answer): FastifyReply {
  if (hint !== null) reply.header('Sim-Hint', headerText(hint))
  reply.code(status).headers(headers)
  return body === '' ? reply.send() : reply.type('application/json; charset=utf-8').send(body)
}

/** All of the headers and half of the body, then nothing. */
function breakOff(reply: FastifyReply, { status, headers, body }: Answer): FastifyReply {
  const { raw } = reply.hijack()
  raw.writeHead(status, { ...headers, 'Content-Length': Buffer.byteLength(body) + 1 })
  raw.write(body.slice(0, body.length / 2), () => raw.socket?.end())
  return reply
}

function outTradeNoOf({ params, body }: CallRequest): string | null {
  const { out_trade_no: fromPath } = params
  if (typeof fromPath === 'string') return fromPath
  const [, fromBody] = /"out_trade_no"\s*:\s*"([^"]*)"/.exec(Buffer.from(body).toString()) ?? []
  return fromBody ?? null
}
