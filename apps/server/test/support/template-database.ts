import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { PGlite } from '@electric-sql/pglite'
import { Client, Pool } from 'pg'
import type { TestProject } from 'vitest/node'
import { createPglite } from '../../src/db/embedded.ts'
import {
  connectEmbedded,
  connectPostgres,
  postgresTarget,
  type OpenDatabase,
} from '../../src/db/database.ts'
import { migrate } from '../../src/db/migrate.ts'
import { embeddedTarget } from '../../src/db/pglite-adapter.ts'
import { openQueue } from '../../src/queue/queue.ts'

export type Template =
  | { readonly kind: 'pglite'; readonly file: string }
  | { readonly kind: 'postgres'; readonly serverUrl: string; readonly database: string }

declare module 'vitest' {
  interface ProvidedContext {
    template: Template
  }
}

/**
 * Applies the migrations once; every file of tests then starts from a copy. `TEST_DATABASE_URL`
 * names a PostgreSQL server; without it the embedded database serves.
 */
export default async function setup(project: TestProject) {
  const serverUrl = process.env['TEST_DATABASE_URL']
  const { template, remove } = serverUrl ? await onPostgres(serverUrl) : await onPglite()
  project.provide('template', template)
  return remove
}

async function onPglite() {
  const folder = await mkdtemp(join(tmpdir(), 'dashang-template-'))
  const pglite = await createPglite()
  await migrate(embeddedTarget(pglite))
  await makeQueue(connectEmbedded(pglite))
  await dropOthers(pglite)
  const file = join(folder, 'data.tar')
  const dump = await pglite.dumpDataDir('none')
  await writeFile(file, Buffer.from(await dump.arrayBuffer()))
  await pglite.close()
  const template: Template = { kind: 'pglite', file }
  return { template, remove: () => rm(folder, { recursive: true, force: true }) }
}

/** Nobody connects to these two, and every file of tests would copy them. */
async function dropOthers(pglite: PGlite): Promise<void> {
  await pglite.query('UPDATE pg_database SET datistemplate = false')
  for (const name of ['template0', 'template1']) await pglite.query(`DROP DATABASE ${name}`)
}

async function onPostgres(serverUrl: string) {
  const database = `dashang_template_${process.pid}`
  await execute(serverUrl, `CREATE DATABASE ${database}`)
  const connectionString = Object.assign(new URL(serverUrl), { pathname: database }).href
  const pool = new Pool({ connectionString, max: 1 })
  await migrate(postgresTarget(pool))
  await pool.end()
  const prepared = connectPostgres(connectionString)
  await makeQueue(prepared)
  await prepared.close()
  const template: Template = { kind: 'postgres', serverUrl, database }
  return { template, remove: () => execute(serverUrl, `DROP DATABASE ${database}`) }
}

async function makeQueue({ boss }: OpenDatabase): Promise<void> {
  const queue = await openQueue({
    boss,
    onError(error) {
      throw error
    },
  })
  await queue.close()
}

export async function execute(serverUrl: string, sql: string): Promise<void> {
  const client = new Client({ connectionString: serverUrl })
  await client.connect()
  await client.query(sql)
  await client.end()
}
