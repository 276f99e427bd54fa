import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import { buffer } from 'node:stream/consumers'
import { gzipSync } from 'node:zlib'
import type { Fields } from '@dashang/shared/signing/v2'
import { parseXml, writeXml } from '@dashang/shared/signing/xml'

export type BillReply = (response: ServerResponse, request: Fields) => void

/** A host that answers every request for a bill in the way a test has set. */
export interface BillServer {
  readonly url: string
  /** What was asked, in order. */
  readonly requests: Fields[]
  reply: BillReply
  close(): Promise<void>
}

export async function startBillServer(): Promise<BillServer> {
  const requests: Fields[] = []
  const http = createServer((message, response) => {
    void buffer(message).then((body) => {
      const request = parseXml(body)
      requests.push(request)
      server.reply(response, request)
    })
  }).listen(0, '127.0.0.1')
  await once(http, 'listening')
  const { port } = http.address() as { port: number }
  const server: BillServer = {
    url: `http://127.0.0.1:${port}`,
    requests,
    reply: sayNoBill,
    async close() {
      http.closeAllConnections()
      http.close()
      await once(http, 'close')
    },
  }
  return server
}

export const sayPlain =
  (text: string): BillReply =>
  (response) =>
    response.end(text)

export const sayGzip =
  (text: string): BillReply =>
  (response) =>
    response.end(gzipSync(text))

export const refuse =
  (error_code: string, return_msg: string): BillReply =>
  (response) =>
    response.end(writeXml({ return_code: 'FAIL', return_msg, error_code }))

export const sayNoBill: BillReply = refuse('20002', 'No Bill Exist')
