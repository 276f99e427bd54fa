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

/** https://pay.weixin.qq.com/doc/v3/merchant/4012791861 */
const TIMEOUT_MS = 5000
const MAX_ANSWER_BYTES = 65_536
const DROPS = 20

const AGENT_OPTIONS = { keepAlive: true, maxSockets: 256, scheduling: 'lifo' } as const
const AGENTS = {
  'http:': new HttpAgent(AGENT_OPTIONS),
  'https:': new HttpsAgent(AGENT_OPTIONS),
} as const

/** Makes one attempt. A redirect is an answer like any other: nobody follows it. */
export async function post(url: string, message: Message, way: Way): Promise<Reply> {
  try {
    return await exchange(new URL(url), message, way)
  } catch (error) {
    return { status: null, answer: String(error) }
  }
}

function exchange(url: URL, { headers, body }: Message, way: Way): Promise<Reply> {
  const { promise, resolve, reject } = Promise.withResolvers<Reply>()
  const isRedirected = way.kind === 'redirected'
  const bytes = Buffer.from(isRedirected ? '' : body)
  const isTls = url.protocol === 'https:'
  const call = (isTls ? requestHttps : requestHttp)(url, {
    method: isRedirected ? 'GET' : 'POST',
    agent: isTls ? AGENTS['https:'] : AGENTS['http:'],
    headers: { ...headers, ...(!isRedirected && { 'content-length': bytes.length }) },
    signal: AbortSignal.timeout(TIMEOUT_MS),
  })
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
  write(call, bytes, way)
  return promise
}

function write(call: ClientRequest, bytes: Buffer, way: Way): void {
  if (way.kind === 'cut') {
    call.write(bytes.subarray(0, bytes.length / 2), () =>
      call.destroy(new Error('cut off in the middle of the body')),
    )
  } else if (way.kind === 'slow') drip(call, bytes, way.seconds)
  else call.end(bytes)
}

function drip(call: ClientRequest, bytes: Buffer, seconds: number): void {
  const size = Math.max(Math.ceil(bytes.length / DROPS), 1)
  let at = 0
  const timer = setInterval(
    () => {
      if (!call.destroyed) call.write(bytes.subarray(at, at + size))
      at += size
      if (at < bytes.length && !call.destroyed) return
      clearInterval(timer)
      call.end()
    },
    (seconds * 1000) / DROPS,
  )
}
