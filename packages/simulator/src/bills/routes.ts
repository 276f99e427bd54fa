import { writeXml } from '@dashang/shared/signing/xml'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { answerInstead, serveCall, type ServedCall } from '../call-faults.ts'
import type { V2DownloadFault } from '../fault-table.ts'
import type { Strike } from '../faults.ts'
import { knownOf } from '../known.ts'
import { Refusal, signatureOf, type V2Error } from '../pay-v2/errors.ts'
import { checkCertificate, checkRequest, readRequest } from '../pay-v2/gateway.ts'
import { callRequestOf } from '../pay-v2/routes.ts'
import { xmlAnswer } from '../pay-v2/xml-answer.ts'
import type { Platform } from '../platform.ts'
import { DOWNLOADS } from './downloads.ts'
import { fileOf, sendFile, type File } from './send-file.ts'

const FAULTY_ERRORS: Partial<Record<V2DownloadFault, V2Error>> = {
  system_error: 'BILL_SYSTEM_ERROR',
  no_auth: 'BILL_NO_AUTH',
  system_timeout: 'BILL_SYSTEM_TIMEOUT',
  compress_error: 'BILL_COMPRESS_ERROR',
}

type Api = keyof typeof DOWNLOADS
type Struck = Strike<Api> | null

/** A file when it goes well, unsigned XML when it does not. */
export function billRoutes(app: FastifyInstance, platform: Platform): void {
  for (const api of Object.keys(DOWNLOADS) as Api[]) {
    app.all(DOWNLOADS[api].path, (request, reply) => handle(platform, api, request, reply))
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
    const answer = xmlAnswer(writeXml(DOWNLOADS[api].failure(error)), hint)
    const facts = { outTradeNo: null, result, hint, signature: signatureOf(error) }
    const work: ServedCall['work'] = () => ({ answer, ...facts })
    return serveCall(platform, reply, { api, struck, work })
  }
}

function fileFor(platform: Platform, api: Api, request: FastifyRequest, struck: Struck): File {
  const { fields: rules, needsCertificate, text } = DOWNLOADS[api]
  const call = callRequestOf(request)
  const fields = readRequest(call)
  checkRequest(knownOf(platform), rules, fields)
  if (needsCertificate) checkCertificate(fields, call.certificate)
  const faulty = struck === null ? undefined : FAULTY_ERRORS[struck.fault]
  if (faulty !== undefined) throw new Refusal(faulty, 'the fault asked for it')
  const lines = text(platform, fields, struck?.fault ?? null)
  return fileOf(lines, fields['tar_type'] === 'GZIP' ? 'gzip' : 'plain')
}
