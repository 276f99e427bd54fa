import type { Socket } from 'node:net'
import type { FastifyInstance } from 'fastify'
import fp from 'fastify-plugin'

/**
 * Browsers open connections ahead of their requests, and a server that stops waits for the first request
 * of each, for many seconds. These have nothing to lose, so they end with the server; whatever has asked
 * is answered, and its connection ends with the answer.
 */
export const stopQuickly = fp(async (app: FastifyInstance) => {
  const unused = new Set<Socket>()
  let isStopping = false
  app.server.on('connection', (socket: Socket) => {
    unused.add(socket)
    socket.once('close', () => unused.delete(socket))
    if (isStopping) socket.destroy()
  })
  app.addHook('onRequest', (request, _, done) => {
    unused.delete(request.socket)
    done()
  })
  app.addHook('onSend', (_, reply, payload, done) => {
    if (isStopping) reply.header('connection', 'close')
    done(null, payload)
  })
  app.addHook('preClose', (done) => {
    isStopping = true
    for (const socket of unused) socket.destroy()
    done()
  })
})
