import type { PGlite } from '@electric-sql/pglite'
import { PrismaPg } from '@prisma/adapter-pg'
import type { SqlMigrationAwareDriverAdapterFactory } from '@prisma/driver-adapter-utils'
import { Pool } from 'pg'
import { fromPglite, type ConstructorOptions } from 'pg-boss'
import { PrismaClient, type Prisma } from '../generated/prisma/client.ts'
import { openEmbedded } from './embedded.ts'
import { listenOnPglite, listenOnPostgres, type Listen } from './listen.ts'
import { migrate, type MigrationTarget } from './migrate.ts'
import { createPgliteAdapter } from './pglite-adapter.ts'

export type Database = PrismaClient
/** The only handle in scope inside a transaction. */
export type Transaction = Prisma.TransactionClient

export interface OpenDatabase {
  readonly db: Database
  /** How the job queue reaches the same database. */
  readonly boss: ConstructorOptions
  readonly listen: Listen
  close(): Promise<void>
}

const POOL_SIZE = 10
const QUEUE_POOL_SIZE = 4
const CONNECT_TIMEOUT_MS = 5000

// PGlite has one connection, so transactions wait for each other; PostgreSQL rarely needs this.
const TRANSACTION_OPTIONS = { maxWait: 10_000, timeout: 10_000 }

/** Opens PostgreSQL, or the embedded database without an address, and brings its tables up to date. */
export async function openDatabase(options: {
  databaseUrl: string | undefined
  dataDir: string
}): Promise<OpenDatabase> {
  const { databaseUrl, dataDir } = options
  if (databaseUrl === undefined) {
    const { pglite, close } = await openEmbedded(dataDir)
    return connectEmbedded(pglite, close)
  }
  await migratePostgres(databaseUrl)
  return connectPostgres(databaseUrl)
}

/** A client of PostgreSQL whose tables are up to date. */
export function connectPostgres(connectionString: string): OpenDatabase {
  const pool = createPool(connectionString, POOL_SIZE)
  const boss = { connectionString, max: QUEUE_POOL_SIZE }
  const database = connect(new PrismaPg(pool), () => pool.end())
  return { ...database, boss, listen: listenOnPostgres(connectionString) }
}

/** A client of an embedded database whose tables are up to date. */
export function connectEmbedded(pglite: PGlite, close = () => pglite.close()): OpenDatabase {
  const boss = { db: fromPglite(pglite), backend: 'pglite' } as const
  const database = connect(createPgliteAdapter(pglite), close)
  return { ...database, boss, listen: listenOnPglite(pglite) }
}

function connect(
  adapter: SqlMigrationAwareDriverAdapterFactory,
  closeAdapter: () => Promise<void>,
): Pick<OpenDatabase, 'db' | 'close'> {
  // A longer error would quote the values of the query, and with them people, into the log.
  const errorFormat = 'minimal'
  const db = new PrismaClient({ adapter, errorFormat, transactionOptions: TRANSACTION_OPTIONS })
  return {
    db,
    async close() {
      await db.$disconnect()
      await closeAdapter()
    },
  }
}

export function postgresTarget(pool: Pool): MigrationTarget {
  return { adapter: new PrismaPg(pool), runScript: (sql) => pool.query(sql) }
}

// The engine locks out other servers that start at the same moment, and the lock belongs to the
// connection: so it has one of its own, which is closed afterwards.
async function migratePostgres(databaseUrl: string): Promise<void> {
  const pool = createPool(databaseUrl, 1)
  try {
    await migrate(postgresTarget(pool))
  } finally {
    await pool.end()
  }
}

function createPool(connectionString: string, max: number): Pool {
  return new Pool({ connectionString, max, connectionTimeoutMillis: CONNECT_TIMEOUT_MS })
}
