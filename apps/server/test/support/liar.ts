import { createServer } from 'node:http'
import { text } from 'node:stream/consumers'
import { parseXml } from '@dashang/shared/signing/xml'
import getPort from 'get-port'
import type { Message } from './dialects.ts'

/** A platform that answers every query about an order, by whichever API, with what it was told to. */
export interface Liar {
  readonly url: string
  tell(orderId: string, answer: Message): void
  close(): Promise<void>
}

export async function startLiar(): Promise<Liar> {
  const answers = new Map<string, Message>()
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      const answer = answers.get(askedAbout(request.url ?? '', body) ?? '')
      if (answer) response.writeHead(200, answer.headers).end(answer.body)
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

/** The order that is asked about; nothing for any other call. */
function askedAbout(url: string, body: string): string | undefined {
  if (url === '/pay/orderquery') return parseXml(body)['out_trade_no']
  return /^\/v3\/pay\/transactions\/out-trade-no\/([^/?]+)\?/.exec(url)?.[1]
}
