import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { serveCall, type DoneCall } from '../call-faults.ts'
import type {
  V3BillFault,
  V3OrderFault,
  V3QueryFault,
  V3RefundFault,
  V3RefundQueryFault,
} from '../fault-table.ts'
import type { Platform } from '../platform.ts'
import { BILL_FILE, sendBillFile } from './bill-file.ts'
import type { V3Error } from './errors.ts'
import { Refusal } from './refusal.ts'
import { answer, refuse, type CallRequest } from './gateway.ts'
import { OPERATIONS, type ServedOperation } from './operations.ts'
import { isObject } from './rules.ts'
import type { Signing } from './signing.ts'

type Fault = V3OrderFault | V3RefundFault | V3QueryFault | V3RefundQueryFault | V3BillFault

const FAULTY_SIGNING: Partial<Record<Fault, Signing>> = {
  unsigned: 'unsigned',
  wrong_signature: 'wrongly signed',
  unknown_serial: 'unknown serial',
  stale: 'expired',
  signtest: 'probe',
}

/** Faults that leave the request undone, in WeChat's words. */
const REFUSING: Partial<Record<Fault, V3Error>> = {
  system_error: 'SYSTEM_ERROR',
  frequency_limited: 'FREQUENCY_LIMITED',
  service_unavailable: 'SERVICE_UNAVAILABLE',
  no_auth: 'NO_AUTH',
  order_not_exist: 'ORDER_NOT_EXIST',
  not_exists: 'RESOURCE_NOT_EXISTS',
  ratelimit_exceeded: 'RATELIMIT_EXCEEDED',
  mch_not_exists: 'MCH_NOT_EXISTS',
  refund_mch_not_exists: 'REFUND_MCH_NOT_EXISTS',
  rule_limit: 'RULE_LIMIT',
  trade_error: 'TRADE_ERROR',
  account_error: 'ACCOUNT_ERROR',
  bank_error: 'BANK_ERROR',
  not_enough: 'NOT_ENOUGH',
  account_abnormal: 'USER_ACCOUNT_ABNORMAL',
}

/** Faults of what was done. */
const AFTER: Partial<Record<Fault, (done: object | null, hint: string) => object | null>> = {
  limited_after: (_, hint) => {
    throw new Refusal('FREQUENCY_LIMITED', hint)
  },
  wrong_hash: (done) => ({ ...done, hash_value: '0'.repeat(40) }),
}

/** The calls of api.mch.weixin.qq.com, API v3; another method has no more than a status. */
export function payV3Routes(app: FastifyInstance, platform: Platform): void {
  for (const operation of OPERATIONS) {
    app.all(operation.path, (request, reply) => handle(platform, operation, request, reply))
  }
  app.all(BILL_FILE.path, (request, reply) => sendBillFile(platform, callRequestOf(request), reply))
}

function handle(
  platform: Platform,
  operation: ServedOperation,
  incoming: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  const { api, method } = operation
  const request = callRequestOf(incoming)
  const outTradeNo = outTradeNoOf(platform, request)
  if (request.method !== method) {
    const work = (): DoneCall => ({ outTradeNo, ...wrongMethod(platform, request, method) })
    return serveCall(platform, reply, { api, struck: null, work })
  }
  const struck = platform.faults.strike(api, { order: () => outTradeNo })
  const fault = struck?.fault ?? null
  const work = (): DoneCall => {
    const signing = (fault === null ? undefined : FAULTY_SIGNING[fault]) ?? 'signed'
    const done = answer(platform, faultyOperation(operation, fault), { ...request, signing })
    return { outTradeNo, ...done }
  }
  return serveCall(platform, reply, { api, struck, work })
}

export const wrongMethod = (platform: Platform, request: CallRequest, method: string) =>
  refuse(platform, request, new Refusal('WRONG_METHOD', `it is a ${method}`))

function faultyOperation(operation: ServedOperation, fault: Fault | null): ServedOperation {
  if (fault === null) return operation
  const hint = `the fault ${fault} asked for it`
  const error = REFUSING[fault]
  if (error !== undefined) {
    const run = () => {
      throw new Refusal(error, hint)
    }
    return { ...operation, run }
  }
  const after = AFTER[fault]
  if (after === undefined) return operation
  const run: ServedOperation['run'] = (platform, call) => after(operation.run(platform, call), hint)
  return { ...operation, run }
}

export function callRequestOf(request: FastifyRequest): CallRequest {
  const { method, originalUrl, headers, body, params, query, protocol, host } = request
  return {
    origin: `${protocol}://${host}`,
    method,
    target: originalUrl,
    headers,
    body: body instanceof Buffer ? body : Buffer.alloc(0),
    authorization: headers.authorization,
    params: isObject(params) ? params : {},
    query: isObject(query) ? query : {},
  }
}

/** Which order a request speaks of, whatever else is wrong with it. */
function outTradeNoOf(platform: Platform, { params, body }: CallRequest): string | null {
  const { out_trade_no: fromPath, transaction_id: transactionId, out_refund_no: refundNo } = params
  if (typeof fromPath === 'string') return fromPath
  const { transactions, refunds } = platform
  const transaction =
    transactions.get(String(transactionId)) ?? refunds.get(String(refundNo))?.transaction
  if (transaction !== undefined) return transaction.order.outTradeNo
  const inBody = (name: string) =>
    new RegExp(`"${name}"\\s*:\\s*"([^"]*)"`).exec(Buffer.from(body).toString())?.[1] ?? ''
  const refunded = transactions.get(inBody('transaction_id'))?.order.outTradeNo
  return refunded ?? (inBody('out_trade_no') || null)
}
