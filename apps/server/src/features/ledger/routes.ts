import type { FastifyInstance } from 'fastify'
import { addRoute } from '../../http/route.ts'
import type { Ledger } from './check.ts'

export async function ledgerRoutes(app: FastifyInstance, { ledger }: { ledger: Ledger }) {
  addRoute(app, 'GET /api/admin/ledger/check', (_, { log }) => ledger.check(log))
}
