import { PGlite } from '@electric-sql/pglite'
import { Pool } from 'pg'

export type Query = (sql: string, parameters: unknown[]) => Promise<Record<string, unknown>[]>

/** The two databases, as thin as they get. */
export interface Sql {
  query: Query
  transaction<Result>(work: (query: Query) => Promise<Result>): Promise<Result>
}

export async function openSql(databaseUrl: string | null, dataDir: string): Promise<Sql> {
  return databaseUrl === null ? onPglite(dataDir) : onPostgres(databaseUrl)
}

function onPostgres(connectionString: string): Sql {
  const pool = new Pool({ connectionString, max: 10 })
  return {
    query: async (sql, parameters) =>
      (await pool.query<Record<string, unknown>>(sql, parameters)).rows,
    async transaction(work) {
      const client = await pool.connect()
      try {
        await client.query('BEGIN')
        const result = await work(
          async (sql, parameters) =>
            (await client.query<Record<string, unknown>>(sql, parameters)).rows,
        )
        await client.query('COMMIT')
        return result
      } finally {
        client.release()
      }
    },
  }
}

async function onPglite(dataDir: string): Promise<Sql> {
  const pglite = await PGlite.create(`${dataDir}/pglite`)
  return {
    query: async (sql, parameters) =>
      (await pglite.query<Record<string, unknown>>(sql, parameters)).rows,
    transaction: (work) =>
      pglite.transaction((tx) =>
        work(
          async (sql, parameters) =>
            (await tx.query<Record<string, unknown>>(sql, parameters)).rows,
        ),
      ),
  }
}
