import type { FastifyInstance } from 'fastify'
import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { WECHAT_HOSTS } from './hosts.ts'

const TLS_PORT = 443

const REFUSAL = `This proxy takes CONNECT to port ${TLS_PORT} of ${WECHAT_HOSTS.join(', ')}, and nothing else.\n`

/**
 * Makes the plain server an HTTPS proxy for WeChat's hosts, which all lead to the TLS server here:
 * for a merchant whose SDK has them written into it, `HTTPS_PROXY` is enough. No byte leaves for
 * another host.
 */
export function serveAsProxy(plain: FastifyInstance, tls: FastifyInstance): void {
  const tunnels = new Set<Duplex>()

  plain.server.on('connect', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on('error', () => socket.destroy())
    if (!isWechat(request.url ?? '')) {
      socket.end(refusal())
      return
    }
    tunnels.add(socket)
    socket.once('close', () => tunnels.delete(socket))
    socket.write('HTTP/1.1 200 Connection Established\r\n\r\n')
    if (head.length > 0) socket.unshift(head)
    tls.server.emit('connection', socket)
  })

  // A request that a proxy would forward names its host in its first line.
  plain.addHook('onRequest', async ({ raw }, reply) => {
    if (raw.url?.startsWith('/') !== true) return reply.code(403).type('text/plain').send(REFUSAL)
  })

  // The server forgets a socket that has become a tunnel.
  plain.addHook('preClose', async () => {
    for (const socket of tunnels) socket.destroy()
  })
}

function isWechat(authority: string): boolean {
  const [, host = '', port = ''] = /^([^:]+):(\d+)$/.exec(authority.toLowerCase()) ?? []
  return Number(port) === TLS_PORT && WECHAT_HOSTS.includes(host)
}

function refusal(): string {
  const length = Buffer.byteLength(REFUSAL)
  return [
    'HTTP/1.1 403 Forbidden',
    'Content-Type: text/plain',
    `Content-Length: ${length}`,
    'Connection: close',
    '',
    REFUSAL,
  ].join('\r\n')
}
