import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { clientCertificateOf } from '../certificates/client-certificate.ts'
import type { RefundFault } from '../faults.ts'
import { recordCall, type Platform } from '../platform.ts'
import { closeOrder } from './close-order.ts'
import { Refusal, type V2Error } from './errors.ts'
import {
  CLOSE_ORDER_FIELDS,
  ORDER_QUERY_FIELDS,
  REFUND_FIELDS,
  REFUND_QUERY_FIELDS,
  UNIFIED_ORDER_FIELDS,
} from './fields.ts'
import { answer, type Answer, type CallRequest, type Operation, type Signing } from './gateway.ts'
import { orderQuery } from './order-query.ts'
import { refundQuery } from './refund-query.ts'
import { refund } from './refund.ts'
import { unifiedOrder } from './unified-order.ts'

interface ServedOperation extends Operation {
  readonly path: string
}

const OPERATIONS = {
  unifiedorder: {
    path: '/pay/unifiedorder',
    fields: UNIFIED_ORDER_FIELDS,
    needsCertificate: false,
    run: unifiedOrder,
  },
  orderquery: {
    path: '/pay/orderquery',
    fields: ORDER_QUERY_FIELDS,
    needsCertificate: false,
    run: orderQuery,
  },
  closeorder: {
    path: '/pay/closeorder',
    fields: CLOSE_ORDER_FIELDS,
    needsCertificate: false,
    run: closeOrder,
  },
  refund: {
    path: '/secapi/pay/refund',
    fields: REFUND_FIELDS,
    needsCertificate: true,
    run: refund,
  },
  refundquery: {
    path: '/pay/refundquery',
    fields: REFUND_QUERY_FIELDS,
    needsCertificate: false,
    run: refundQuery,
  },
} as const satisfies Record<string, ServedOperation>

type Api = keyof typeof OPERATIONS

// The refund has all faults that the other calls have.
const FAULTY_SIGNING: Partial<Record<RefundFault, Signing>> = {
  unsigned: 'unsigned',
  wrong_signature: 'wrongly signed',
}

const FAULTY_ERRORS: Partial<Record<RefundFault, V2Error>> = {
  system_error: 'SYSTEMERROR',
  frequency_limited: 'FREQUENCY_LIMITED',
  not_enough: 'NOTENOUGH',
  need_retry: 'BIZERR_NEED_RETRY',
  account_abnormal: 'USER_ACCOUNT_ABNORMAL',
}

/** Faults that leave the request undone. */
const INSTEAD: Partial<Record<RefundFault, (reply: FastifyReply) => FastifyReply>> = {
  timeout_before: (reply) => reply.hijack(),
  http_500: (reply) => reply.code(500).type('text/html').send('<html>500</html>'),
}

/** Faults of the answer to a request that was done. */
const AFTERWARDS: Partial<Record<RefundFault, (reply: FastifyReply) => FastifyReply>> = {
  timeout_after: (reply) => reply.hijack(),
  garbage: (reply) => reply.type('text/plain').send('<<not xml'),
}

/** The calls of api.mch.weixin.qq.com, API v2. */
export function payV2Routes(app: FastifyInstance, platform: Platform): void {
  for (const api of Object.keys(OPERATIONS) as Api[]) {
    app.all(OPERATIONS[api].path, (request, reply) => handle(platform, api, request, reply))
  }
}

function handle(platform: Platform, api: Api, request: FastifyRequest, reply: FastifyReply) {
  const fault = platform.faults.take(api)
  const instead = fault === null ? undefined : INSTEAD[fault]
  if (instead !== undefined) {
    recordCall(platform, { api, outTradeNo: null, result: String(fault), hint: null })
    return instead(reply)
  }
  const done = answer(platform, faultyOperation(api, fault), {
    ...callRequestOf(request),
    signing: (fault === null ? undefined : FAULTY_SIGNING[fault]) ?? 'signed',
  })
  const { outTradeNo, result, hint, signature = null } = done
  recordCall(platform, { api, outTradeNo, result: fault ?? result, hint, signature })
  const afterwards = fault === null ? undefined : AFTERWARDS[fault]
  return afterwards === undefined ? sendXml(reply, done) : afterwards(reply)
}

export function callRequestOf({ method, body, socket }: FastifyRequest): CallRequest {
  return {
    method,
    body: body instanceof Buffer ? body : Buffer.alloc(0),
    certificate: clientCertificateOf(socket),
  }
}

function faultyOperation(api: Api, fault: RefundFault | null): Operation {
  const operation = OPERATIONS[api]
  const error = fault === null ? undefined : FAULTY_ERRORS[fault]
  if (error === undefined) return operation
  const run = () => {
    throw new Refusal(error, `the fault ${String(fault)} asked for it`)
  }
  return { ...operation, run }
}

/** WeChat answers XML as `text/plain` with HTTP 200, whatever it says. */
export function sendXml(
  reply: FastifyReply,
  { xml, hint }: Pick<Answer, 'xml' | 'hint'>,
): FastifyReply {
  if (hint !== null) reply.header('Sim-Hint', headerText(hint))
  return reply.code(200).type('text/plain').send(xml)
}

// A header holds only Latin letters, so the rest is percent-encoded; decodeURIComponent reads it.
export function headerText(hint: string): string {
  return hint
    .slice(0, 2000)
    .toWellFormed()
    .replace(/[^ -$&-~]/gu, (character) => encodeURIComponent(character))
}
