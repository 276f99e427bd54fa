import { fastifyHttpProxy } from '@fastify/http-proxy'
import { fastifyStatic } from '@fastify/static'
import Fastify from 'fastify'

const H5 = new URL('../../apps/miniapp/dist/h5', import.meta.url).pathname

/** The built preview, with server and simulator behind the same address as in `pnpm dev`. */
export async function startPreview(upstreams: {
  server: string
  simulator: string
}): Promise<{ url: string; close(): Promise<void> }> {
  const app = Fastify({ forceCloseConnections: true })
  await app.register(fastifyStatic, { root: H5 })
  await app.register(fastifyHttpProxy, {
    upstream: upstreams.server,
    prefix: '/api',
    rewritePrefix: '/api',
  })
  await app.register(fastifyHttpProxy, {
    upstream: upstreams.simulator,
    prefix: '/_sim',
    rewritePrefix: '/_sim',
  })
  const url = await app.listen({ host: '127.0.0.1', port: 0 })
  return { url, close: () => app.close() }
}
