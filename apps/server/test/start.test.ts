import { spawn, type ChildProcess } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import getPort from 'get-port'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { openDatabase } from '../src/db/database.ts'
import { execute } from './support/template-database.ts'

const MAIN = new URL('../src/main.ts', import.meta.url).pathname
const COMPLETE = {
  SESSION_SECRET: 'session-secret-session-secret-00',
  WECHAT_APPID: 'wx0123456789abcdef',
  WECHAT_APP_SECRET: 'app-secret',
  WECHAT_API_BASE_URL: 'http://127.0.0.1:9',
  WECHAT_PAY_BASE_URL: 'http://127.0.0.1:9',
  WECHAT_PAY_MCHID: '1900000001',
  WECHAT_PAY_V2_KEY: 'v2-key-v2-key-v2-key-v2-key-v2-k',
}

let dataDir: string
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'dashang-start-'))
})
afterAll(() => rm(dataDir, { recursive: true, force: true }))

function start(environment: Record<string, string>): ChildProcess {
  const env = { PATH: process.env['PATH'], DATA_DIR: dataDir, ...environment }
  return spawn(process.execPath, [MAIN], { env, stdio: ['ignore', 'pipe', 'pipe'] })
}

async function outcome(child: ChildProcess): Promise<{ exitCode: number | null; said: string }> {
  const [said, exitCode] = await Promise.all([
    child.stderr ? text(child.stderr) : '',
    new Promise<number | null>((resolve) => child.once('exit', resolve)),
  ])
  return { exitCode, said }
}

async function untilStarted(child: ChildProcess): Promise<void> {
  for await (const chunk of child.stdout ?? []) {
    if (String(chunk).includes('server_started')) return
  }
  throw new Error('it ended before it started')
}

// Each starts a process and a database, which takes long on a busy machine.
describe('the server process', { timeout: 60_000 }, () => {
  it('names what is missing in plain lines and ends', async () => {
    const { exitCode, said } = await outcome(start({ ...COMPLETE, WECHAT_PAY_V2_KEY: '' }))
    expect(exitCode).toBe(1)
    expect(said).toBe(
      'The server cannot start. Invalid environment:\n  WECHAT_PAY_V2_KEY: is missing; WECHAT_PAY_CHANNEL is v2\n',
    )
  })

  it('says that its port is in use, in one line', async () => {
    const other = createServer().listen(0, '127.0.0.1')
    await new Promise((resolve) => other.once('listening', resolve))
    const { port } = other.address() as { port: number }
    const { exitCode, said } = await outcome(start({ ...COMPLETE, PORT: String(port) }))
    other.close()
    expect(exitCode).toBe(1)
    expect(said).toMatch(/^The server cannot start\. Its port is in use; .*\n$/)
    expect(existsSync(join(dataDir, 'lock'))).toBe(false)
  })

  it('says that the database does not answer, in one line', async () => {
    const DATABASE_URL = `postgresql://postgres@127.0.0.1:${await getPort({ host: '127.0.0.1' })}/none`
    const { exitCode, said } = await outcome(start({ ...COMPLETE, DATABASE_URL }))
    expect(exitCode).toBe(1)
    expect(said).toMatch(/^The server cannot start\. The database behind DATABASE_URL .*\n$/)
  })

  it.each(['SIGTERM', 'SIGINT'] as const)('stops cleanly on %s', async (signal) => {
    const child = start({ ...COMPLETE, PORT: String(await getPort({ host: '127.0.0.1' })) })
    await untilStarted(child)
    expect(existsSync(join(dataDir, 'lock'))).toBe(true)
    child.kill(signal)
    const { exitCode, said } = await outcome(child)
    expect({ exitCode, said }).toEqual({ exitCode: 0, said: '' })
    expect(existsSync(join(dataDir, 'lock'))).toBe(false)
  })
})

describe('several servers on one PostgreSQL', () => {
  it.skipIf(inject('template').kind === 'pglite')('may all start at once', async () => {
    const template = inject('template')
    if (template.kind !== 'postgres') throw new Error('this needs TEST_DATABASE_URL')
    const name = `dashang_start_${process.pid}`
    await execute(template.serverUrl, `CREATE DATABASE ${name}`)
    const databaseUrl = Object.assign(new URL(template.serverUrl), { pathname: name }).href
    const opened = await Promise.all(
      Array.from({ length: 4 }, () => openDatabase({ databaseUrl, dataDir })),
    )
    for (const { db } of opened) expect(await db.creator.count()).toBe(0)
    await Promise.all(opened.map(({ close }) => close()))
    await execute(template.serverUrl, `DROP DATABASE ${name}`)
  })
})
