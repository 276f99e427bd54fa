import { Agent as HttpAgent, request as requestHttp, type ClientRequest } from 'node:http'
import { Agent as HttpsAgent, request as requestHttps } from 'node:https'
import type { Message } from '../platform.ts'

/** How a message leaves: at once, drop by drop, broken off, or as the GET that a redirect makes. */
export type Way =
  | { readonly kind: 'whole' | 'cut' | 'redirected' }
  | { readonly kind: 'slow'; readonly seconds: number }

export interface Reply {
  /** `null` when there was no answer. */
  readonly status: number | null
  /** What was answered, or why nothing was. */
  readonly answer: string
}

/** How long WeChat waits for an answer: https://pay.weixin.qq.com/doc/v3/merchant/4012791861 */
const ANSWER_WITHIN_MS = 5000
const MAX_ANSWER_BYTES = 65_536
const DROPS = 20

const AGENT_OPTIONS = { keepAlive: true, maxSockets: 256, scheduling: 'lifo' } as const
const AGENTS = {
  'http:': new HttpAgent(AGENT_OPTIONS),
  'https:': new HttpsAgent(AGENT_OPTIONS),
} as const

/** Makes one attempt. A redirect is an answer like any other: nobody follows it. */
export async function post(
  url: string,
  message: Message,
  way: Way,
  answerWithinMs = ANSWER_WITHIN_MS,
): Promise<Reply> {
  try {
    const call = begin(new URL(url), message, way)
    const reply = replyTo(call)
    write(call, bodyOf(message, way), way, () => {
      limit(call, answerWithinMs)
    })
    return await reply
  } catch (error) {
    return { status: null, answer: String(error) }
  }
}

const isRedirected = ({ kind }: Way) => kind === 'redirected'

const bodyOf = ({ body }: Message, way: Way) => Buffer.from(isRedirected(way) ? '' : body)

function begin(url: URL, message: Message, way: Way): ClientRequest {
  const isTls = url.protocol === 'https:'
  const length = { 'content-length': bodyOf(message, way).length }
  return (isTls ? requestHttps : requestHttp)(url, {
    method: isRedirected(way) ? 'GET' : 'POST',
    agent: isTls ? AGENTS['https:'] : AGENTS['http:'],
    headers: { ...message.headers, ...(!isRedirected(way) && length) },
  })
}

function replyTo(call: ClientRequest): Promise<Reply> {
  const { promise, resolve, reject } = Promise.withResolvers<Reply>()
  call.on('error', reject)
  call.on('response', (response) => {
    const chunks: Buffer[] = []
    let size = 0
    response.on('data', (chunk: Buffer) => {
      chunks.push(chunk)
      size += chunk.length
      if (size > MAX_ANSWER_BYTES) response.destroy(new Error('the answer has no end'))
    })
    response.on('error', reject)
    response.on('end', () => {
      resolve({ status: response.statusCode ?? null, answer: Buffer.concat(chunks).toString() })
    })
  })
  return promise
}

function limit(call: ClientRequest, ms: number): void {
  const timer = setTimeout(() => {
    call.destroy(new Error(`no answer within ${ms / 1000} seconds`))
  }, ms).unref()
  call.once('close', () => {
    clearTimeout(timer)
  })
}

/** `waits` is called when the other side can answer; who gets the body slowly is not hurried before. */
function write(call: ClientRequest, bytes: Buffer, way: Way, waits: () => void): void {
  if (way.kind === 'slow') {
    drip(call, bytes, way.seconds, waits)
    return
  }
  waits()
  if (way.kind === 'cut') {
    call.write(bytes.subarray(0, bytes.length / 2), () =>
      call.destroy(new Error('cut off in the middle of the body')),
    )
  } else call.end(bytes)
}

function drip(call: ClientRequest, bytes: Buffer, seconds: number, whenOut: () => void): void {
  const size = Math.max(Math.ceil(bytes.length / DROPS), 1)
  let at = 0
  const timer = setInterval(
    () => {
      if (!call.destroyed) call.write(bytes.subarray(at, at + size))
      at += size
      if (at < bytes.length && !call.destroyed) return
      clearInterval(timer)
      call.end()
      whenOut()
    },
    (seconds * 1000) / DROPS,
  )
}
