import { Readable } from 'node:stream'
import { createGzip } from 'node:zlib'
import type { Fields } from '@dashang/shared/signing/v2'
import { writeXml } from '@dashang/shared/signing/xml'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { DownloadFault } from '../faults.ts'
import { ERRORS, Refusal, type V2Error } from '../pay-v2/errors.ts'
import { DOWNLOAD_BILL_FIELDS } from '../pay-v2/fields.ts'
import { checkRequest, readRequest, signatureOf } from '../pay-v2/gateway.ts'
import { callRequestOf, sendXml } from '../pay-v2/routes.ts'
import { recordCall, type Platform } from '../platform.ts'
import { downloadBill } from './download.ts'

const API = 'downloadbill'

const INSTEAD: Partial<Record<DownloadFault, (reply: FastifyReply) => FastifyReply>> = {
  timeout_before: (reply) => reply.hijack(),
  http_500: (reply) => reply.code(500).type('text/html').send('<html>500</html>'),
  garbage: (reply) => reply.type('text/plain').send('<<neither a bill nor xml'),
}

/** `POST /pay/downloadbill`: a file when it goes well, unsigned XML when it does not. */
export function billRoutes(app: FastifyInstance, platform: Platform): void {
  app.all(`/pay/${API}`, (request, reply) => handle(platform, request, reply))
}

function handle(platform: Platform, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const fault = platform.faults.take(API)
  const instead = fault === null ? undefined : INSTEAD[fault]
  if (fault !== null && instead !== undefined) {
    record(platform, fault)
    return instead(reply)
  }
  let fields: Fields = {}
  try {
    fields = readRequest(callRequestOf(request))
    checkRequest(platform, DOWNLOAD_BILL_FIELDS, fields)
    if (fault === 'system_error') throw new Refusal('BILL_SYSTEM_ERROR', 'the fault asked for it')
    const text = downloadBill(platform, fields, fault)
    record(platform, fault ?? 'OK')
    const file = fileOf(text, fields['tar_type'])
    return fault === 'cut' ? breakOff(reply, file) : reply.type(file.type).send(file.stream)
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    const { code: result, hint } = error
    const signature = signatureOf(platform, fields, error)
    recordCall(platform, { api: API, outTradeNo: null, result, hint, signature })
    return sendXml(reply, { xml: failure(error), hint: error.hint })
  }
}

interface File {
  readonly type: string
  readonly stream: Readable
}

function fileOf(text: Iterable<string>, tarType: string | undefined): File {
  const stream = Readable.from(text)
  if (tarType !== 'GZIP') return { type: 'text/plain', stream }
  return { type: 'application/x-gzip', stream: stream.pipe(createGzip()) }
}

/** The end of the answer never comes: the connection goes away instead. */
function breakOff(reply: FastifyReply, { type, stream }: File): FastifyReply {
  const { raw } = reply.hijack()
  raw.writeHead(200, { 'content-type': type })
  stream.on('end', () => raw.socket?.end()).pipe(raw, { end: false })
  return reply
}

/** The bill has words of its own for what every call refuses. */
const WORDS: Partial<Record<V2Error, string>> = {
  LACK_PARAMS: 'missing parameter',
  SIGNERROR: 'SIGN ERROR',
}

function failure({ code }: Refusal): string {
  const description: { level: string; message: string; errorCode?: string } = ERRORS[code]
  return writeXml({
    return_code: 'FAIL',
    return_msg:
      description.level === 'bill' ? description.message : (WORDS[code] ?? 'data format error'),
    error_code: description.errorCode ?? '20001',
  })
}

function record(platform: Platform, result: string): void {
  recordCall(platform, { api: API, outTradeNo: null, result, hint: null })
}
