import { fork } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openDatabase, type OpenDatabase } from '../src/db/database.ts'
import { createPglite } from '../src/db/embedded.ts'
import { diff, migrate } from '../src/db/migrate.ts'
import { embeddedTarget } from '../src/db/pglite-adapter.ts'
import { openTestDatabase } from './support/database.ts'

describe('the migrations', () => {
  it('lead to the schema, and a second run applies nothing', async () => {
    const pglite = await createPglite()
    const target = embeddedTarget(pglite)
    expect(await migrate(target)).not.toEqual([])
    expect(await migrate(target)).toEqual([])
    expect(await diff(target)).toMatch(/^(-- This is an empty migration\.)?\s*$/)
    await pglite.close()
  })
})

describe('the embedded database', () => {
  let dataDir: string
  const open = () => openDatabase({ databaseUrl: undefined, dataDir })

  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'dashang-embedded-'))
  })
  afterEach(() => rm(dataDir, { recursive: true, force: true }))

  const addCreator = ({ db }: OpenDatabase) =>
    db.creator.create({ data: { id: 'c', name: '作者', createdAt: new Date() } })

  it('keeps what was written when it is opened again', async () => {
    const first = await open()
    await addCreator(first)
    await first.close()
    const second = await open()
    expect(await second.db.creator.count()).toBe(1)
    await second.close()
  })

  it('begins again when its first start was cut off', async () => {
    const unfinished = join(dataDir, 'pglite.unfinished')
    await mkdir(unfinished)
    await writeFile(join(unfinished, 'PG_VERSION'), 'half')
    const database = await open()
    expect(await database.db.creator.count()).toBe(0)
    await database.close()
    expect(existsSync(unfinished)).toBe(false)
  })

  it('is used by one process at a time', async () => {
    const other = fork('-e', ['setTimeout(() => {}, 60_000)'], { stdio: 'ignore' })
    await writeFile(join(dataDir, 'lock'), String(other.pid))
    await expect(open()).rejects.toThrow(`in use by process ${String(other.pid)}`)

    other.kill('SIGKILL')
    await new Promise((resolve) => other.once('exit', resolve))
    const database = await open()
    expect(await readFile(join(dataDir, 'lock'), 'utf8')).toBe(String(process.pid))
    await database.close()
    expect(existsSync(join(dataDir, 'lock'))).toBe(false)
  })
})

describe('the tables', () => {
  let database: OpenDatabase
  const createdAt = new Date('2026-01-01T00:00:00.123Z')

  beforeAll(async () => {
    database = await openTestDatabase()
    const { db } = database
    await db.creator.create({ data: { id: 'c', name: '作者', createdAt } })
    await db.merchantAccount.create({ data: { id: ID, appid: 'wx1', mchid: '1', createdAt } })
    const user = { id: ID, appid: 'wx1', openid: 'o1', createdAt, lastLoginAt: createdAt }
    await db.user.create({ data: user })
  })
  afterAll(() => database.close())

  const ID = '00000000-0000-7000-8000-000000000001'
  const order = (id: string, changes: object = {}) => ({
    id: id.repeat(32),
    userId: ID,
    creatorId: 'c',
    merchantAccountId: ID,
    channel: 'v2' as const,
    amountFen: 500,
    currency: 'CNY',
    state: 'created' as const,
    description: '打赏',
    clientIp: '127.0.0.1',
    notifyUrl: 'http://127.0.0.1/notify',
    createdAt,
    expiresAt: createdAt,
    ...changes,
  })

  it('keep a moment to the millisecond, whatever the time zone of the server', async () => {
    await database.db.order.create({ data: order('a') })
    const { createdAt: kept } = await database.db.order.findUniqueOrThrow({
      where: { id: 'a'.repeat(32) },
    })
    expect(kept).toEqual(createdAt)
  })

  it.each<[rule: string, changes: object]>([
    ['an order of nothing', { amountFen: 0 }],
    ['an order id that is none', { id: 'z'.repeat(32) }],
    ['a prepaid order without a prepay_id', { state: 'prepaid' }],
    ['a paid order without a transaction', { state: 'paid', paidAt: createdAt }],
    ['a transaction on an order that is not paid', { transactionId: 't', paidAt: createdAt }],
    ['a closed order without a time', { state: 'closed' }],
    ['an order of nobody', { userId: '00000000-0000-7000-8000-000000000009' }],
  ])('refuse %s', async (_, changes) => {
    await expect(database.db.order.create({ data: order('b', changes) })).rejects.toThrow()
  })

  it('refuse one transaction for two orders', async () => {
    const paid = { state: 'paid', transactionId: 't1', paidAt: createdAt }
    await database.db.order.create({ data: order('c', paid) })
    await expect(database.db.order.create({ data: order('d', paid) })).rejects.toThrow()
  })

  it('keep nothing of a transaction that failed, with others at work meanwhile', async () => {
    const { db } = database
    const work = (id: string, isBroken: boolean) =>
      db.$transaction(async (tx) => {
        await tx.creator.create({ data: { id, name: '作者', createdAt } })
        if (isBroken) throw new Error('on purpose')
      })
    const ids = Array.from({ length: 20 }, (_, i) => i)
    await Promise.allSettled(ids.map((i) => work(`w${i}`, i % 2 === 1)))
    const kept = await db.creator.findMany({ where: { id: { startsWith: 'w' } } })
    expect(kept.map(({ id }) => Number(id.slice(1))).sort((a, b) => a - b)).toEqual(
      ids.filter((i) => i % 2 === 0),
    )
  })
})
