import type { FastifyReply } from 'fastify'
import type { TransportFault } from './fault-table.ts'
import { recordCall, type Call, type Platform } from './platform.ts'

/** What a call is answered, before any fault of the way. */
export interface CallAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | Buffer
}

/** The work of a call: its answer, and what the record says of it. */
export interface DoneCall extends Omit<Call, 'at' | 'api'> {
  readonly answer: CallAnswer
}

interface Struck {
  readonly fault: string
  readonly seconds?: number
}

export interface ServedCall {
  readonly api: string
  readonly struck: Struck | null
  readonly work: () => DoneCall
}

const SLOW_SECONDS = 2
const DROPS = 20

/** Faults that leave the request undone. */
const INSTEAD: Partial<Record<string, (reply: FastifyReply) => FastifyReply>> = {
  timeout_before: (reply) => reply.hijack(),
  cut_before: cutOff,
  http_500: (reply) => reply.code(500).type('text/html').send('<html>500</html>'),
  http_502: (reply) => reply.code(502).type('text/html').send('<html>502 Bad Gateway</html>'),
  http_503: (reply) => reply.code(503).send(),
} satisfies Partial<Record<TransportFault, (reply: FastifyReply) => FastifyReply>>

/** Faults of the answer to a request that was done. */
const AFTERWARDS: Partial<
  Record<string, (reply: FastifyReply, answer: CallAnswer, struck: Struck) => FastifyReply>
> = {
  timeout_after: (reply) => reply.hijack(),
  garbage: (reply, answer) => sendAnswer(reply, { ...answer, body: '<<neither one nor the other' }),
  cut: (reply, answer) => cutInTheMiddle(reply, answer),
  slow: (reply, answer, { seconds = SLOW_SECONDS }) => drip(reply, answer, seconds),
} satisfies Partial<
  Record<TransportFault, (reply: FastifyReply, answer: CallAnswer, struck: Struck) => FastifyReply>
>

/** Does the work of a call and answers, with what a fault makes of it; the same for every API. */
export function serveCall(platform: Platform, reply: FastifyReply, call: ServedCall): FastifyReply {
  const { api, struck, work } = call
  const instead = answerInstead(platform, reply, call)
  if (instead !== null) return instead
  const { answer, ...done } = work()
  recordCall(platform, { api, ...done, result: struck?.fault ?? done.result })
  const afterwards = struck === null ? undefined : AFTERWARDS[struck.fault]
  if (struck === null || afterwards === undefined) return sendAnswer(reply, answer)
  return afterwards(reply, answer, struck)
}

/** The answer of a fault that leaves the request undone; `null` when there is work to do. */
export function answerInstead(
  platform: Platform,
  reply: FastifyReply,
  { api, struck }: Pick<ServedCall, 'api' | 'struck'>,
): FastifyReply | null {
  const instead = struck === null ? undefined : INSTEAD[struck.fault]
  if (struck === null || instead === undefined) return null
  recordCall(platform, { api, outTradeNo: null, result: struck.fault, hint: null })
  return instead(reply)
}

// A header holds only Latin letters, so the rest is percent-encoded; decodeURIComponent reads it.
export function hintHeader(hint: string | null): Readonly<Record<string, string>> {
  if (hint === null) return {}
  const text = hint
    .slice(0, 2000)
    .toWellFormed()
    .replace(/[^ -$&-~]/gu, (character) => encodeURIComponent(character))
  return { 'sim-hint': text }
}

/** The connection goes away without an answer. */
function cutOff(reply: FastifyReply): FastifyReply {
  reply.hijack().raw.destroy()
  return reply
}

function sendAnswer(reply: FastifyReply, { status, headers, body }: CallAnswer): FastifyReply {
  return reply
    .code(status)
    .headers(headers)
    .send(body.length === 0 ? undefined : body)
}

const bytesOf = ({ body }: CallAnswer) => (typeof body === 'string' ? Buffer.from(body) : body)

/** Announces all of the answer, sends the half and goes away. */
function cutInTheMiddle(reply: FastifyReply, answer: CallAnswer): FastifyReply {
  const bytes = bytesOf(answer)
  const { raw } = reply.hijack()
  raw.writeHead(answer.status, { ...answer.headers, 'content-length': bytes.length })
  // The end is lost, what was written before is not.
  raw.write(bytes.subarray(0, bytes.length / 2), () => raw.socket?.end())
  return reply
}

function drip(reply: FastifyReply, answer: CallAnswer, seconds: number): FastifyReply {
  const bytes = bytesOf(answer)
  const { raw } = reply.hijack()
  raw.writeHead(answer.status, { ...answer.headers, 'content-length': bytes.length })
  raw.flushHeaders()
  const size = Math.max(Math.ceil(bytes.length / DROPS), 1)
  let at = 0
  const timer = setInterval(
    () => {
      raw.write(bytes.subarray(at, at + size))
      at += size
      if (at < bytes.length && !raw.destroyed) return
      clearInterval(timer)
      raw.end()
    },
    (seconds * 1000) / DROPS,
  )
  return reply
}
