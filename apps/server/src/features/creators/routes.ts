import type { FastifyInstance } from 'fastify'
import { addRoute } from '../../http/route.ts'
import type { Creators } from './creators.ts'

export async function creatorRoutes(app: FastifyInstance, { creators }: { creators: Creators }) {
  addRoute(app, 'GET /api/creators/:slug', ({ params }) => creators.page(params.slug))
  addRoute(app, 'GET /api/creators/:slug/supporters', ({ params, query }) =>
    creators.supporters(params.slug, query.cursor),
  )
  addRoute(app, 'GET /api/creators/:slug/ranking', ({ params, query }) =>
    creators.ranking(params.slug, query.period),
  )
}
