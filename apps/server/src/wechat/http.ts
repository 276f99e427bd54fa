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

export type DownloadResult =
  /** The bytes as they come; a connection that breaks off throws. */
  | { readonly kind: 'answered'; readonly bytes: AsyncIterable<Uint8Array> }
  | { readonly kind: 'unknown'; readonly why: Unclear }

/** Calls WeChat, each with a limit of time and size. */
export interface WeChatHttp {
  get(url: URL): Promise<HttpResult>
  post(url: URL, body: string): Promise<HttpResult>
  /** For an answer of any size, which only has to keep coming. */
  download(url: URL, body: string): Promise<DownloadResult>
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

  async function send(url: URL, options: { method: 'GET' | 'POST'; body?: string }) {
    try {
      const signal = AbortSignal.timeout(timeoutMs)
      const response = await request(url, { ...options, dispatcher: agent, signal })
      const body = await response.body.bytes()
      return response.statusCode === 200
        ? ({ kind: 'answered', body } as const)
        : ({ kind: 'unknown', why: 'busy' } as const)
    } catch (error) {
      return { kind: 'unknown', why: reasonOf(error) } as const
    }
  }

  return {
    get: (url) => send(url, { method: 'GET' }),
    post: (url, body) => send(url, { method: 'POST', body }),
    download: (url, body) => download(files, url, body),
    async close() {
      await Promise.all([agent.close(), files.close()])
    },
  }
}

async function download(dispatcher: Agent, url: URL, body: string): Promise<DownloadResult> {
  try {
    const response = await request(url, { method: 'POST', body, dispatcher })
    if (response.statusCode === 200) return { kind: 'answered', bytes: response.body }
    await response.body.dump()
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
