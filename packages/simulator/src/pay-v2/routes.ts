import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { clientCertificateOf } from '../certificates/client-certificate.ts'
import { serveCall } from '../call-faults.ts'
import type { V2CloseFault, V2OrderFault, V2RefundFault } from '../fault-table.ts'
import type { Platform } from '../platform.ts'
import { Refusal, type V2Error } from './errors.ts'
import {
  answer,
  given,
  readRequest,
  type CallRequest,
  type Operation,
  type Signing,
} from './gateway.ts'
import { OPERATIONS } from './operations.ts'
import { xmlAnswer } from './xml-answer.ts'

type Api = keyof typeof OPERATIONS
type Fault = V2OrderFault | V2CloseFault | V2RefundFault

const FAULTY_SIGNING: Partial<Record<Fault, Signing>> = {
  unsigned: 'unsigned',
  wrong_signature: 'wrongly signed',
}

const FAULTY_ERRORS: Partial<Record<Fault, V2Error>> = {
  system_error: 'SYSTEMERROR',
  frequency_limited: 'FREQUENCY_LIMITED',
  no_auth: 'NOAUTH',
  user_not_enough: 'USER_NOTENOUGH',
  trade_state_error: 'TRADE_STATE_ERROR',
  not_enough: 'NOTENOUGH',
  need_retry: 'BIZERR_NEED_RETRY',
  account_abnormal: 'USER_ACCOUNT_ABNORMAL',
  business_error: 'ERROR',
  too_many_invalid: 'INVALID_REQ_TOO_MUCH',
}

/** The calls of api.mch.weixin.qq.com, API v2. */
export function payV2Routes(app: FastifyInstance, platform: Platform): void {
  for (const api of Object.keys(OPERATIONS) as Api[]) {
    app.all(OPERATIONS[api].path, (request, reply) => handle(platform, api, request, reply))
  }
}

function handle(platform: Platform, api: Api, request: FastifyRequest, reply: FastifyReply) {
  const call = callRequestOf(request)
  const struck = platform.faults.strike(api, { order: () => orderOf(platform, call) })
  const fault = struck?.fault ?? null
  return serveCall(platform, reply, {
    api,
    struck,
    work: () => {
      const signing = (fault === null ? undefined : FAULTY_SIGNING[fault]) ?? 'signed'
      const { xml, ...facts } = answer(platform, faultyOperation(api, fault), { ...call, signing })
      return { answer: xmlAnswer(xml, facts.hint), ...facts }
    },
  })
}

export function callRequestOf({ method, body, socket }: FastifyRequest): CallRequest {
  return {
    method,
    body: body instanceof Buffer ? body : Buffer.alloc(0),
    certificate: clientCertificateOf(socket),
  }
}

/** Which order a request speaks of, whatever else is wrong with it. */
function orderOf({ transactions }: Platform, request: CallRequest): string | null {
  try {
    const { out_trade_no: outTradeNo, transaction_id: transactionId = '' } = given(
      readRequest(request),
    )
    return outTradeNo ?? transactions.get(transactionId)?.order.outTradeNo ?? null
  } catch (error) {
    if (error instanceof Refusal) return null
    throw error
  }
}

function faultyOperation(api: Api, fault: Fault | null): Operation {
  const operation = OPERATIONS[api]
  const hint = `the fault ${String(fault)} asked for it`
  if (fault === 'order_closed') return refusingAfter(operation, new Refusal('ORDERCLOSED', hint))
  const error = fault === null ? undefined : FAULTY_ERRORS[fault]
  if (error === undefined) return operation
  const run = () => {
    throw new Refusal(error, hint)
  }
  return { ...operation, run }
}

/** Does the work, and refuses it all the same. */
function refusingAfter(operation: Operation, refusal: Refusal): Operation {
  return {
    ...operation,
    run(platform, fields) {
      operation.run(platform, fields)
      throw refusal
    },
  }
}
