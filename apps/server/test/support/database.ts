import { randomUUID } from 'node:crypto'
import { openAsBlob } from 'node:fs'
import { PGlite } from '@electric-sql/pglite'
import { inject } from 'vitest'
import { connectEmbedded, connectPostgres, type OpenDatabase } from '../../src/db/database.ts'
import { execute, type Template } from './template-database.ts'

/** An empty database of its own, with every table, on whatever the suite runs on. */
export function openTestDatabase(): Promise<OpenDatabase> {
  const template = inject('template')
  return template.kind === 'postgres' ? copyPostgres(template) : copyPglite(template)
}

async function copyPglite({ file }: Extract<Template, { kind: 'pglite' }>): Promise<OpenDatabase> {
  const pglite = await PGlite.create({ loadDataDir: await openAsBlob(file) })
  return connectEmbedded(pglite)
}

async function copyPostgres(
  template: Extract<Template, { kind: 'postgres' }>,
): Promise<OpenDatabase> {
  const { databaseUrl, drop } = await createPostgresCopy(template)
  const database = connectPostgres(databaseUrl)
  const close = async () => {
    await database.close()
    await drop()
  }
  return { ...database, close }
}

/** A database that several servers of one test may open. */
export async function createPostgresCopy({
  serverUrl,
  database: original,
}: Extract<Template, { kind: 'postgres' }>) {
  const copy = `dashang_test_${randomUUID().replaceAll('-', '')}`
  await execute(serverUrl, `CREATE DATABASE ${copy} TEMPLATE ${original}`)
  return {
    databaseUrl: Object.assign(new URL(serverUrl), { pathname: copy }).href,
    // The pool ends before its connections do. DROP waits five seconds for them; FORCE would kill
    // them, and each would report that as an error of nobody's.
    drop: () => execute(serverUrl, `DROP DATABASE ${copy}`),
  }
}
