import { AppError } from '@dashang/shared/errors'
import type { FastifyInstance } from 'fastify'
import type { Database } from '../../db/database.ts'
import { lastLedgerCheck, type Metrics } from '../../metrics/metrics.ts'

const PATIENCE_MS = 2000

interface Options {
  readonly db: Database
  readonly metrics: Metrics
}

/** For whatever watches this server: does the process live, can it do its work, and what did it do? */
export async function healthRoutes(app: FastifyInstance, { db, metrics }: Options): Promise<void> {
  const options = { schema: { hide: true }, config: { rateLimit: false, isWatched: true } } as const
  app.get('/healthz', options, () => ({ status: 'alive' }))
  app.get('/readyz', options, async () => {
    const patience = AbortSignal.timeout(PATIENCE_MS)
    const tooLate = new Promise<never>((_, reject) => {
      patience.addEventListener('abort', () => {
        reject(new Error('the database did not answer in time'))
      })
    })
    try {
      const ledger = await Promise.race([readLedger(db), tooLate])
      return { status: 'ready', ledger }
    } catch (cause) {
      throw new AppError('NOT_READY', 'the database does not answer', { cause })
    }
  })
  // Each look counts rows, so unlike the two above it has the limit of every route.
  const limited = { schema: { hide: true }, config: { isWatched: true } } as const
  app.get('/metrics', limited, async (_, reply) =>
    reply.type(metrics.contentType).send(await metrics.text()),
  )
}

/** A detail for people: a ledger that is wrong is no reason to stop taking notifications. */
async function readLedger(db: Database) {
  await db.$queryRaw`SELECT 1`
  const last = await lastLedgerCheck(db)
  return last && { isRight: last.isRight, checkedAt: last.checkedAt.toISOString() }
}
