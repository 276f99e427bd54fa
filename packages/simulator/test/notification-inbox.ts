import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { ACCEPT } from './merchant.ts'

/** One request as it came, to the last byte, whether or not it came whole. */
export interface Delivery {
  readonly method: string
  readonly headers: IncomingHttpHeaders
  readonly body: string
  readonly isWhole: boolean
  readonly pieces: number
  /** Of the connection it came by. */
  readonly port: number
}

/** A notify address that keeps all it can see of what arrives. */
export async function createDeliveryInbox() {
  const deliveries: Delivery[] = []
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    const keep = (isWhole: boolean) => {
      const { method = '', headers, socket } = request
      const body = Buffer.concat(chunks).toString()
      const port = socket.remotePort ?? 0
      deliveries.push({ method, headers, body, isWhole, pieces: chunks.length, port })
    }
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      keep(true)
      response.end(ACCEPT)
    })
    request.on('error', () => {
      keep(false)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/notify`,
    deliveries,
    close: () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections()
        server.close(() => {
          resolve()
        })
      }),
  }
}
