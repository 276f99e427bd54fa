import type { FastifyInstance } from 'fastify'
import { addRoute } from '../../http/route.ts'
import type { Cases } from './cases.ts'

export async function caseRoutes(app: FastifyInstance, { cases }: { cases: Cases }) {
  addRoute(app, 'GET /api/admin/cases', ({ query }) => cases.list(query))
  addRoute(app, 'GET /api/admin/cases/:caseId', ({ params }) => cases.find(params.caseId))
  addRoute(
    app,
    'POST /api/admin/cases/:caseId/settle',
    async ({ params, body }, { operator, log }) => {
      const settled = await cases.settle({ ...params, ...body, operator })
      log.info({ event: 'case_settled', caseId: params.caseId, operator })
      return settled
    },
  )
}
