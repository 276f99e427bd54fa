import type { PGlite } from '@electric-sql/pglite'
import { PrismaPGlite } from 'pglite-prisma-adapter'
import type { MigrationTarget } from './migrate.ts'

/** What the migrations of an embedded database go through. */
export function embeddedTarget(pglite: PGlite): MigrationTarget {
  return { adapter: createPgliteAdapter(pglite), runScript: (sql) => pglite.exec(sql) }
}

type Transact = PGlite['transaction']

/**
 * Prisma's adapter for an embedded database. The published one catches what a transaction fails with
 * after it began, so that a COMMIT which the database refused looks like one that was done; here the
 * failure stays in the promise that the adapter waits for.
 */
export function createPgliteAdapter(pglite: PGlite): PrismaPGlite {
  const transaction: Transact = (work) => keepFailure(pglite.transaction(work))
  return new PrismaPGlite(
    new Proxy(pglite, {
      get(target, name) {
        if (name === 'transaction') return transaction
        const value: unknown = Reflect.get(target, name, target)
        return typeof value === 'function' ? (value.bind(target) as unknown) : value
      },
    }),
  )
}

function keepFailure<Result>(result: Promise<Result>): Promise<Result> {
  const report: Promise<Result>['catch'] = (onFailure) => {
    void result.then(undefined, onFailure)
    return result
  }
  return Object.assign(result, { catch: report })
}
