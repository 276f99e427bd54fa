import { getCACertificates } from 'node:tls'
import { Agent, request } from 'undici'
import type { Unclear } from './payment-channel.ts'

/** WeChat's longest answers are some 10 KB. */
const MAX_ANSWER_BYTES = 65_536
/** A file may be long; what it may not do is stand still for longer than this. */
const MAX_IDLE_MS = 30_000

export type HttpResult =
  | { readonly kind: 'answered'; readonly body: Uint8Array }
  | { readonly kind: 'unknown'; readonly why: Unclear }

export interface HttpRequest {
  readonly method: 'GET' | 'POST'
  readonly url: URL
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

export interface HttpAnswer {
  readonly kind: 'answered'
  readonly status: number
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly body: Uint8Array
}

export type DownloadResult =
  /** The bytes as they come; a connection that breaks off throws. */
  | { readonly kind: 'answered'; readonly bytes: AsyncIterable<Uint8Array> }
  | { readonly kind: 'unknown'; readonly why: Unclear }

/** Calls WeChat, each with a limit of time and size. */
export interface WeChatHttp {
  /** The answer, of whatever status. */
  send(request: HttpRequest): Promise<HttpAnswer | Extract<HttpResult, { kind: 'unknown' }>>
  /** After any status but 200 these know nothing. */
  get(url: URL): Promise<HttpResult>
  post(url: URL, body: string): Promise<HttpResult>
  /** For an answer of any size, which only has to keep coming. */
  download(request: HttpRequest): Promise<DownloadResult>
  close(): Promise<void>
}

/** Who we are to WeChat, as PEM text. */
export interface ClientCertificate {
  readonly cert: string
  readonly key: string
  /** One more root to trust. */
  readonly ca: string | null
}

interface HttpOptions {
  readonly timeoutMs: number
  /** The longest silence within a long answer. */
  readonly idleMs?: number
  /** Shown to whoever asks for one. */
  readonly certificate?: ClientCertificate
}

export function createWeChatHttp(options: HttpOptions): WeChatHttp {
  const { timeoutMs, idleMs = MAX_IDLE_MS, certificate } = options
  const connect = { timeout: timeoutMs, ...(certificate && tlsOptions(certificate)) }
  const agent = new Agent({
    connect,
    headersTimeout: timeoutMs,
    bodyTimeout: timeoutMs,
    maxResponseSize: MAX_ANSWER_BYTES,
  })
  const files = new Agent({ connect, headersTimeout: idleMs, bodyTimeout: idleMs })

  const send: WeChatHttp['send'] = async ({ url, ...options }) => {
    try {
      const signal = AbortSignal.timeout(timeoutMs)
      const response = await request(url, { ...options, dispatcher: agent, signal })
      const { statusCode: status, headers } = response
      return { kind: 'answered', status, headers, body: await response.body.bytes() }
    } catch (error) {
      return { kind: 'unknown', why: reasonOf(error) }
    }
  }

  return {
    send,
    get: async (url) => onlyDone(await send({ method: 'GET', url })),
    post: async (url, body) => onlyDone(await send({ method: 'POST', url, body })),
    download: (request) => download(files, request),
    async close() {
      await Promise.all([agent.close(), files.close()])
    },
  }
}

const onlyDone = (answer: Awaited<ReturnType<WeChatHttp['send']>>): HttpResult =>
  answer.kind === 'answered' && answer.status !== 200 ? { kind: 'unknown', why: 'busy' } : answer

async function download(
  dispatcher: Agent,
  { url, ...options }: HttpRequest,
): Promise<DownloadResult> {
  try {
    const { statusCode, body } = await request(url, { ...options, dispatcher })
    if (statusCode === 200) return { kind: 'answered', bytes: body }
    await body.dump()
    return { kind: 'unknown', why: 'busy' }
  } catch (error) {
    return { kind: 'unknown', why: reasonOf(error) }
  }
}

/** A list of roots replaces the usual ones, so they are named with the one that is added. */
function tlsOptions({ cert, key, ca }: ClientCertificate) {
  return { cert, key, ...(ca !== null && { ca: [...getCACertificates('default'), ca] }) }
}

const REASONS: ReadonlyMap<string, Unclear> = new Map([
  ['TimeoutError', 'timeout'],
  ['HeadersTimeoutError', 'timeout'],
  ['BodyTimeoutError', 'timeout'],
  ['ResponseExceededMaxSizeError', 'malformed'],
])

function reasonOf(error: unknown): Unclear {
  return (error instanceof Error ? REASONS.get(error.name) : undefined) ?? 'unreachable'
}
