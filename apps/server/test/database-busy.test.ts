import { fastify } from 'fastify'
import { Pool } from 'pg'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { connectPostgres, type Database, type OpenDatabase } from '../src/db/database.ts'
import { errorHandling } from '../src/http/error-handling.ts'
import { openTestDatabase } from './support/database.ts'

const NOWHERE = 'postgresql://postgres@127.0.0.1:1/nothing'
const template = inject('template')
const isOnPostgres = template.kind === 'postgres'

let ours: OpenDatabase
let unreachable: OpenDatabase

beforeAll(async () => {
  ours = await openTestDatabase()
  unreachable = connectPostgres(NOWHERE)
})
afterAll(async () => {
  await Promise.all([ours.close(), unreachable.close()])
})

/** What a route answers whose work ends like that. */
async function answerTo(work: () => Promise<unknown>): Promise<{ status: number; code: string }> {
  const app = fastify()
  await app.register(errorHandling)
  app.get('/', async () => {
    await work()
    return {}
  })
  const response = await app.inject('/')
  await app.close()
  return { status: response.statusCode, code: response.json<{ code: string }>().code }
}

/** All connections are in use for as long as a transaction would wait for one. */
async function startWhileAllAreBusy(db: Database): Promise<void> {
  const done = Promise.withResolvers<null>()
  const holders = Array.from({ length: 10 }, () => db.$transaction(() => done.promise))
  try {
    await db.$transaction(async (tx) => tx.order.count(), { maxWait: 50 })
  } finally {
    done.resolve(null)
    await Promise.all(holders)
  }
}

async function connectWithNoneFree(): Promise<void> {
  const connectionString = template.kind === 'postgres' ? template.serverUrl : NOWHERE
  const pool = new Pool({ connectionString, max: 1, connectionTimeoutMillis: 50 })
  const held = await pool.connect()
  try {
    await pool.connect()
  } finally {
    held.release()
    await pool.end()
  }
}

const rawTransaction = (db: Database) => db.$transaction((tx) => tx.$queryRaw`SELECT 1`)
const loseConnection = (db: Database) => db.$queryRaw`SELECT pg_terminate_backend(pg_backend_pid())`

describe('the database is to blame', () => {
  it.each<[what: string, work: () => Promise<unknown>]>([
    ['it cannot be reached', () => unreachable.db.order.count()],
    ['it cannot be reached by a raw query', () => unreachable.db.$queryRaw`SELECT 1`],
    ['it cannot be reached for a transaction', () => rawTransaction(unreachable.db)],
    ['no connection is free for a transaction', () => startWhileAllAreBusy(ours.db)],
  ])('when %s', async (_, work) => {
    expect(await answerTo(work)).toEqual({ status: 503, code: 'DATABASE_BUSY' })
  })

  it.runIf(isOnPostgres).each<[what: string, work: () => Promise<unknown>]>([
    ['it ends the connection', () => loseConnection(ours.db)],
    ['no connection is free', connectWithNoneFree],
  ])('when %s', async (_, work) => {
    expect(await answerTo(work)).toEqual({ status: 503, code: 'DATABASE_BUSY' })
  })

  it.each<[what: string, work: () => Promise<unknown>]>([
    ['a query is wrong', () => ours.db.$queryRaw`SELECT nothing_like_that`],
    ['a row is missing', () => ours.db.order.findUniqueOrThrow({ where: { id: 'none' } })],
    ['something else is wrong', () => Promise.reject(new Error('unforeseen'))],
  ])('but not when %s', async (_, work) => {
    expect(await answerTo(work)).toEqual({ status: 500, code: 'INTERNAL' })
  })
})
