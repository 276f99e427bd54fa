import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { openDatabase } from '../src/db/database.ts'
import { openOffer } from '../src/features/orders/offer.ts'
import { openQueue } from '../src/queue/queue.ts'
import { WORLD } from './world.ts'

export interface BenchDatabase {
  readonly name: string
  readonly databaseUrl: string | null
  readonly dataDir: string
  remove(): Promise<void>
}

const DEFAULT_SERVER = 'postgresql://postgres@127.0.0.1:5432/postgres'

/** A new database with one user in it: on PostgreSQL where one answers, else embedded. */
export async function createBenchDatabase(openid: string): Promise<BenchDatabase> {
  const dataDir = await mkdtemp(join(tmpdir(), 'dashang-bench-'))
  const serverUrl = process.env['BENCH_DATABASE_URL'] ?? DEFAULT_SERVER
  const databaseUrl = await createOnPostgres(serverUrl)
  const database = await openDatabase({ databaseUrl: databaseUrl ?? undefined, dataDir })
  const at = new Date()
  const { appid, mchid } = WORLD
  await database.db.creator.create({ data: { id: 'default', name: '作者', createdAt: at } })
  const offer = { appid, mchid, description: '', minFen: 1, maxFen: 1, publicUrl: '' }
  await openOffer(database.db, offer, at)
  await database.db.user.create({ data: { appid, openid, createdAt: at, lastLoginAt: at } })
  // Its tables, where orders leave their first question.
  const queue = await openQueue({ boss: database.boss, onError: console.error })
  await queue.close()
  await database.close()
  return {
    name: databaseUrl === null ? 'PGlite, embedded (no PostgreSQL answers)' : 'PostgreSQL',
    databaseUrl,
    dataDir,
    async remove() {
      if (databaseUrl !== null) {
        const name = new URL(databaseUrl).pathname.slice(1)
        await execute(serverUrl, `DROP DATABASE ${name}`)
      }
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

async function createOnPostgres(serverUrl: string): Promise<string | null> {
  const name = `dashang_bench_${process.pid}`
  try {
    await execute(serverUrl, `CREATE DATABASE ${name}`)
  } catch (error) {
    console.log(`${serverUrl} does not serve (${String(error)}); BENCH_DATABASE_URL names another.`)
    return null
  }
  return Object.assign(new URL(serverUrl), { pathname: name }).href
}

async function execute(serverUrl: string, sql: string): Promise<void> {
  const client = new Client({ connectionString: serverUrl })
  await client.connect()
  await client.query(sql)
  await client.end()
}
