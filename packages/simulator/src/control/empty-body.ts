import type { FastifyInstance } from 'fastify'

/** Many clients call every request JSON, also one that sends nothing: then there is no body. */
export function takeEmptyBodies(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser('error', 'error')
  app.removeContentTypeParser('application/json')
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    if (body.length === 0) done(null)
    else void parse(request, body.toString(), done)
  })
}
