import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type { FastifyInstance } from 'fastify'
import { readAssets } from './assets.ts'
import { LANGUAGE_TAGS, languageOf, type Language } from './language.ts'

interface PageDescription {
  readonly file: string
  readonly fallback: Language
  /** Who may show it in a frame: a preview of a mini-program shows the cashier over its own page. */
  readonly frameAncestors: string
}

/** Page by path; each is a shell whose modules ask the control API for the rest. */
const PAGES = {
  '/_sim': { file: 'overview.html', fallback: 'en', frameAncestors: "'none'" },
  '/_sim/cashier/:outTradeNo': { file: 'cashier.html', fallback: 'zh', frameAncestors: '*' },
} as const satisfies Record<string, PageDescription>

// What orders and users bring along is only ever text; should it slip out, no browser runs it.
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "img-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ')

interface PageQuery {
  readonly lang?: string
}

export async function pageRoutes(app: FastifyInstance): Promise<void> {
  for (const [path, page] of Object.entries(PAGES)) {
    const html = await readFile(new URL(page.file, import.meta.url), 'utf8')
    app.get<{ Querystring: PageQuery }>(path, (request, reply) => {
      const acceptLanguage = request.headers['accept-language']
      const { fallback, frameAncestors } = page
      const language = languageOf({ lang: request.query.lang, acceptLanguage, fallback })
      return reply
        .type('text/html; charset=utf-8')
        .header('content-security-policy', `${POLICY}; frame-ancestors ${frameAncestors}`)
        .header('x-content-type-options', 'nosniff')
        .header('referrer-policy', 'no-referrer')
        .header('vary', 'accept-language')
        .send(html.replace('{{lang}}', LANGUAGE_TAGS[language]))
    })
  }
  await assetRoutes(app)
  app.get('/', (_, reply) => reply.redirect('/_sim'))
}

async function assetRoutes(app: FastifyInstance): Promise<void> {
  const assets = await readAssets(fileURLToPath(new URL('assets', import.meta.url)))
  app.get<{ Params: { '*': string } }>('/_sim/assets/*', (request, reply) => {
    const asset = assets.get(request.params['*'])
    if (asset === undefined) return reply.code(404).send()
    return reply
      .type(asset.type)
      .header('cache-control', 'no-cache')
      .header('x-content-type-options', 'nosniff')
      .send(asset.bytes)
  })
}
