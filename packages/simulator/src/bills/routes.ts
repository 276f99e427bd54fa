import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { createGzip } from 'node:zlib'
import type { Fields } from '@dashang/shared/signing/v2'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { answerInstead, serveCall, type ServedCall } from '../call-faults.ts'
import type { V2DownloadFault } from '../fault-table.ts'
import type { Strike } from '../faults.ts'
import { Refusal } from '../pay-v2/errors.ts'
import {
  DOWNLOAD_BILL_FIELDS,
  DOWNLOAD_FUND_FLOW_FIELDS,
  type FieldRules,
} from '../pay-v2/fields.ts'
import { checkCertificate, checkRequest, readRequest } from '../pay-v2/gateway.ts'
import { callRequestOf } from '../pay-v2/routes.ts'
import { xmlAnswer } from '../pay-v2/xml-answer.ts'
import { recordCall, type Platform } from '../platform.ts'
import { downloadBill } from './download.ts'
import { billFailure, fundFlowFailure } from './failure.ts'
import { downloadFundFlow } from './fund-flow.ts'

interface Download {
  readonly fields: FieldRules
  readonly needsCertificate: boolean
  readonly text: (
    platform: Platform,
    fields: Fields,
    fault: V2DownloadFault | null,
  ) => Iterable<string>
  readonly failure: (refusal: Refusal) => string
}

const DOWNLOADS = {
  downloadbill: {
    fields: DOWNLOAD_BILL_FIELDS,
    needsCertificate: false,
    text: downloadBill,
    failure: billFailure,
  },
  downloadfundflow: {
    fields: DOWNLOAD_FUND_FLOW_FIELDS,
    needsCertificate: true,
    text: downloadFundFlow,
    failure: fundFlowFailure,
  },
} as const satisfies Record<string, Download>

type Api = keyof typeof DOWNLOADS
type Struck = Strike<Api> | null

/** A file when it goes well, unsigned XML when it does not. */
export function billRoutes(app: FastifyInstance, platform: Platform): void {
  for (const api of Object.keys(DOWNLOADS) as Api[]) {
    app.all(`/pay/${api}`, (request, reply) => handle(platform, api, request, reply))
  }
}

function handle(platform: Platform, api: Api, request: FastifyRequest, reply: FastifyReply) {
  const struck = platform.faults.strike(api)
  const instead = answerInstead(platform, reply, { api, struck })
  if (instead !== null) return instead
  try {
    return sendFile(platform, reply, { api, struck, file: fileFor(platform, api, request, struck) })
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    const { code: result, hint } = error
    const answer = xmlAnswer(DOWNLOADS[api].failure(error), hint)
    const work: ServedCall['work'] = () => ({ answer, outTradeNo: null, result, hint })
    return serveCall(platform, reply, { api, struck, work })
  }
}

interface File {
  readonly type: string
  readonly stream: Readable
}

function fileFor(platform: Platform, api: Api, request: FastifyRequest, struck: Struck): File {
  const { fields: rules, needsCertificate, text } = DOWNLOADS[api]
  const call = callRequestOf(request)
  const fields = readRequest(call)
  checkRequest(platform, rules, fields)
  if (needsCertificate) checkCertificate(fields, call.certificate)
  if (struck?.fault === 'system_error') {
    throw new Refusal('BILL_SYSTEM_ERROR', 'the fault asked for it')
  }
  const stream = Readable.from(text(platform, fields, struck?.fault ?? null))
  if (fields['tar_type'] !== 'GZIP') return { type: 'text/plain', stream }
  return { type: 'application/x-gzip', stream: stream.pipe(createGzip()) }
}

interface FileAnswer {
  readonly api: Api
  readonly struck: Struck
  readonly file: File
}

const WHOLE_FILE_FAULTS: readonly string[] = ['timeout_after', 'garbage', 'slow']

/** Piece by piece, since a day can be long; a fault of the way takes it whole. */
async function sendFile(
  platform: Platform,
  reply: FastifyReply,
  { api, struck, file }: FileAnswer,
) {
  const { type, stream } = file
  if (struck !== null && WHOLE_FILE_FAULTS.includes(struck.fault)) {
    const body = await buffer(stream)
    const answer = { status: 200, headers: { 'content-type': type }, body }
    const work: ServedCall['work'] = () => ({ answer, outTradeNo: null, result: 'OK', hint: null })
    return serveCall(platform, reply, { api, struck, work })
  }
  recordCall(platform, { api, outTradeNo: null, result: struck?.fault ?? 'OK', hint: null })
  return struck?.fault === 'cut' ? breakOff(reply, file) : reply.type(type).send(stream)
}

/** The end of the answer never comes: the connection goes away instead. */
function breakOff(reply: FastifyReply, { type, stream }: File): FastifyReply {
  const { raw } = reply.hijack()
  raw.writeHead(200, { 'content-type': type })
  stream.on('end', () => raw.socket?.end()).pipe(raw, { end: false })
  return reply
}
