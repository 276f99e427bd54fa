import type { FastifyInstance } from 'fastify'
import { addRoute } from '../../http/route.ts'
import type { CreatorAdministration } from './creator-settings.ts'

interface Options {
  readonly administration: CreatorAdministration
}

export async function creatorSettingsRoutes(app: FastifyInstance, { administration }: Options) {
  addRoute(app, 'POST /api/admin/creators', ({ body }, { operator }) =>
    administration.create(body, operator),
  )
  addRoute(app, 'GET /api/admin/creators', ({ query }) => administration.list(query))
  addRoute(app, 'GET /api/admin/creators/:slug', ({ params }) => administration.find(params.slug))
  addRoute(app, 'POST /api/admin/creators/:slug', ({ params, body }, { operator }) =>
    administration.change({ ...params, operator }, body),
  )
  addRoute(app, 'POST /api/admin/creators/:slug/retire', ({ params }, { operator }) =>
    administration.retire({ ...params, operator }),
  )
  addRoute(app, 'POST /api/admin/creators/:slug/reinstate', ({ params }, { operator }) =>
    administration.reinstate({ ...params, operator }),
  )
  addRoute(app, 'POST /api/admin/creators/:slug/overlay-key', ({ params }, { operator }) =>
    administration.renewKey({ ...params, operator }),
  )
}
