import { createServer } from 'node:http'
import { text } from 'node:stream/consumers'
import type { Fields } from '@dashang/shared/signing/v2'
import { parseXml } from '@dashang/shared/signing/xml'
import getPort from 'get-port'
import { signedXml } from './notification.ts'

/** A platform that answers every query about an order with what it was told to, properly signed. */
export interface Liar {
  readonly url: string
  tell(orderId: string, answer: Fields): void
  close(): Promise<void>
}

export async function startLiar(): Promise<Liar> {
  const answers = new Map<string, Fields>()
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      const answer = answers.get(parseXml(body)['out_trade_no'] ?? '')
      if (request.url === '/pay/orderquery' && answer) response.end(signedXml(answer))
      else response.writeHead(500).end()
    })
  })
  const port = await getPort({ host: '127.0.0.1' })
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${port}`,
    tell: (orderId, answer) => void answers.set(orderId, answer),
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve()
        })
        server.closeAllConnections()
      }),
  }
}
