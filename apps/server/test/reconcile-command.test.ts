import { spawn } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { sayGzip, startBillServer, type BillServer } from './support/bill-server.ts'
import { billText } from './support/bill.ts'
import { ACCOUNT, newOrderId } from './support/world.ts'

const COMMAND = new URL('../src/reconcile.ts', import.meta.url).pathname

let server: BillServer
let dataDir: string

beforeAll(async () => {
  server = await startBillServer()
})
afterAll(() => server.close())
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'dashang-reconcile-'))
})
afterEach(() => rm(dataDir, { recursive: true, force: true }))

async function reconcile(...args: string[]) {
  const env = {
    PATH: process.env['PATH'],
    DATA_DIR: dataDir,
    LOG_LEVEL: 'fatal',
    SESSION_SECRET: 'session-secret-session-secret-00',
    WECHAT_APPID: ACCOUNT.appid,
    WECHAT_APP_SECRET: ACCOUNT.appSecret,
    WECHAT_API_BASE_URL: server.url,
    WECHAT_PAY_BASE_URL: server.url,
    WECHAT_PAY_MCHID: ACCOUNT.mchid,
    WECHAT_PAY_V2_KEY: ACCOUNT.v2Key,
  }
  const child = spawn(process.execPath, [COMMAND, ...args], { env })
  const [said, complained, exitCode] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    new Promise((resolve) => child.once('exit', resolve)),
  ])
  return { said, complained, exitCode }
}

// Each starts a process and a database, which takes long on a busy machine.
describe('the command', { timeout: 60_000 }, () => {
  it('ends with 0 when the books agree', async () => {
    expect(await reconcile('2026-01-31')).toEqual({
      said: expect.stringMatching(/^2026-01-31: books and bill agree\n/) as string,
      complained: '',
      exitCode: 0,
    })
    expect(server.requests.at(-1)).toMatchObject({ bill_date: '20260131' })
  })

  it('ends with 2 when they do not, and tells programs in JSON', async () => {
    const at = new Date('2026-01-31T12:00:00+08:00')
    const facts = { orderId: newOrderId(), transactionId: '42', amountFen: 500, openid: 'o' }
    server.reply = sayGzip(billText([{ kind: 'payment', at, ...facts }], ACCOUNT))
    const { said, exitCode } = await reconcile('2026-01-31', '--json')
    expect(exitCode).toBe(2)
    expect(JSON.parse(said)).toMatchObject({
      kind: 'compared',
      report: { state: 'different', differences: [{ kind: 'only_in_bill', amountFen: 500 }] },
    })
  })

  it('ends with 1 when there is no bill to compare with', async () => {
    server.reply = (response) => response.writeHead(500).end()
    const { said, exitCode } = await reconcile('2026-01-31')
    expect(exitCode).toBe(1)
    expect(said).toMatch(/^The bill of 2026-01-31 did not come \(busy\)/)
  })

  it('says in one line who else uses the embedded database', async () => {
    await writeFile(join(dataDir, 'lock'), String(process.pid))
    const { complained, exitCode } = await reconcile('2026-01-31')
    expect(exitCode).toBe(1)
    expect(complained).toMatch(
      new RegExp(`^The books cannot be compared\\. .* in use by process ${process.pid}; .*\\n$`),
    )
  })

  it.each([['2026-02-30'], ['--yesterday']])(
    'explains itself when called with %s',
    async (...args) => {
      const { complained, exitCode } = await reconcile(...args)
      expect(exitCode).toBe(1)
      expect(complained).toMatch(/^Usage: reconcile \[2026-01-31\]/)
    },
  )
})
