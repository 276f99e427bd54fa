import { Readable } from 'node:stream'
import { CreatorSlug } from '@dashang/shared/contracts/creators'
import type { ErrorBody } from '@dashang/shared/contracts/common'
import type { FastifyInstance, FastifyReply } from 'fastify'
import { Type, type Static } from 'typebox'
import type { Overlay } from './overlay.ts'
import { readPage } from './page.ts'

const Params = Type.Object({ creator: CreatorSlug }, { additionalProperties: false })
const Query = Type.Object({
  key: Type.String({ maxLength: 128 }),
  /** What a page says that has to begin a new stream by itself; else the browser's own header counts. */
  after: Type.Optional(Type.String({ pattern: '^[0-9]{1,18}$' })),
})

interface Route {
  Params: Static<typeof Params>
  Querystring: Static<typeof Query>
}

const schema = { hide: true, params: Params, querystring: Query } as const

/** The live overlay: a page for OBS, and the events that it shows. */
export async function overlayRoutes(app: FastifyInstance, { overlay }: { overlay: Overlay }) {
  const page = await readPage()
  // Before the server waits for its connections to end, which streams by themselves never do.
  app.addHook('preClose', () => overlay.close())

  app.get<Route>(
    '/overlay/:creator',
    { schema, config: { sendError: sendErrorPage } },
    async ({ params, query }, reply) => {
      await overlay.enter({ slug: params.creator, key: query.key })
      return reply
        .type('text/html; charset=utf-8')
        .header('content-security-policy', page.policy)
        .header('cache-control', 'no-store')
        .send(page.html)
    },
  )

  app.get<Route>('/overlay/:creator/events', { schema }, async (request, reply) => {
    const { params, query, headers, log } = request
    const gone = new AbortController()
    reply.raw.once('close', () => {
      gone.abort()
    })
    if (request.raw.destroyed) gone.abort()
    const access = { slug: params.creator, key: query.key }
    const after = numberOf(headers['last-event-id']) ?? numberOf(query.after)
    const events = await overlay.follow(access, { after, signal: gone.signal })
    log.info({ event: 'overlay_opened', creator: params.creator, isResumed: after !== null })
    return (
      reply
        .type('text/event-stream; charset=utf-8')
        .header('cache-control', 'no-store')
        .header('x-accel-buffering', 'no')
        // Kept for a next request, it would keep the server from stopping.
        .header('connection', 'close')
        .send(Readable.from(events))
    )
  })
}

function numberOf(text: string | string[] | undefined): bigint | null {
  return typeof text === 'string' && /^[0-9]{1,18}$/.test(text) ? BigInt(text) : null
}

/** OBS shows whatever it gets, so a person reads this. */
function sendErrorPage(reply: FastifyReply, { message }: ErrorBody): FastifyReply {
  const html = `<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>打赏</title><p>${message}</p>`
  return reply.type('text/html; charset=utf-8').send(html)
}
