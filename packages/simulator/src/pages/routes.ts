import { readFile } from 'node:fs/promises'
import type { FastifyInstance } from 'fastify'

/** Page by path; each is one file that asks the control API for the rest. */
const PAGES = {
  '/_sim': 'overview.html',
  '/_sim/cashier/:outTradeNo': 'cashier.html',
} as const

export async function pageRoutes(app: FastifyInstance): Promise<void> {
  for (const [path, file] of Object.entries(PAGES)) {
    const html = await readFile(new URL(file, import.meta.url), 'utf8')
    app.get(path, (_, reply) => reply.type('text/html; charset=utf-8').send(html))
  }
  app.get('/', (_, reply) => reply.redirect('/_sim'))
}
