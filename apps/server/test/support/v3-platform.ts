import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import { text } from 'node:stream/consumers'
import { signedHeaders, type Signer } from './v3-keys.ts'

export interface SeenRequest {
  readonly method: string
  readonly target: string
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

export type V3Reply = (response: ServerResponse, request: SeenRequest) => void

/** A host that answers every request of API v3 in the way that a test has set. */
export interface V3Platform {
  readonly url: string
  /** What was asked, in order. */
  readonly requests: SeenRequest[]
  reply: V3Reply
  close(): Promise<void>
}

export async function startV3Platform(): Promise<V3Platform> {
  const requests: SeenRequest[] = []
  const http = createServer((message, response) => {
    void text(message).then((body) => {
      const { method = '', url: target = '', headers } = message
      const request = { method, target, headers, body }
      requests.push(request)
      platform.reply(response, request)
    })
  }).listen(0, '127.0.0.1')
  await once(http, 'listening')
  const { port } = http.address() as { port: number }
  const platform: V3Platform = {
    url: `http://127.0.0.1:${port}`,
    requests,
    reply: (response) => response.writeHead(404).end(),
    async close() {
      http.closeAllConnections()
      http.close()
      await once(http, 'close')
    },
  }
  return platform
}

/** An answer as WeChat gives it. */
export const saySigned =
  (
    signer: Pick<Signer, 'id' | 'privateKey'>,
    body: object | null,
    { status = 200, at = new Date() } = {},
  ): V3Reply =>
  (response) => {
    const text = body === null ? '' : JSON.stringify(body)
    response.writeHead(status, signedHeaders(text, signer, at)).end(text)
  }

/** A refusal, which nobody signs. */
export const refuseWith =
  (status: number, code: string, message = '说明'): V3Reply =>
  (response) => {
    response.writeHead(status, { 'content-type': 'application/json' })
    response.end(JSON.stringify({ code, message }))
  }

/** One reply for each path that contains this; the first that fits. */
export const byPath =
  (replies: Readonly<Record<string, V3Reply>>): V3Reply =>
  (response, request) => {
    const key = `${request.method} ${request.target}`
    const [, reply] = Object.entries(replies).find(([part]) => key.includes(part)) ?? []
    if (reply) reply(response, request)
    else response.writeHead(404).end()
  }
