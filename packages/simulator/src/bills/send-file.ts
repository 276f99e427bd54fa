import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { createGzip } from 'node:zlib'
import type { FastifyReply } from 'fastify'
import { serveCall, type ServedCall } from '../call-faults.ts'
import { recordCall, type Platform } from '../platform.ts'

/** A bill on its way out. */
export interface File {
  readonly type: string
  readonly stream: Readable
}

export function fileOf(text: Iterable<string>, form: 'plain' | 'gzip'): File {
  const stream = Readable.from(text)
  if (form === 'plain') return { type: 'text/plain', stream }
  return { type: 'application/x-gzip', stream: stream.pipe(createGzip()) }
}

interface FileAnswer {
  readonly api: string
  readonly struck: ServedCall['struck']
  readonly file: File
}

const WHOLE_FILE_FAULTS: readonly string[] = ['timeout_after', 'garbage', 'slow']

/** Piece by piece, since a day can be long; a fault of the way takes it whole. */
export async function sendFile(
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
