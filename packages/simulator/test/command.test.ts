import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { fetch, ProxyAgent } from 'undici'
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest'
import type * as published from '../package/simulator.d.ts'
import * as source from '../src/simulator.ts'
import { createV3Inbox, createV3Merchant, refundBody, REFUNDS, WITHIN } from './v3-merchant.ts'

const run = promisify(execFile)
const PACKAGE = join(import.meta.dirname, '..')
const TSC = createRequire(import.meta.url).resolve('typescript/bin/tsc')

// A project of somebody else's, with nothing in it but what `npm pack` made.
let folder: string
let installed: string
let command: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'simulator-command-'))
  installed = join(folder, 'node_modules/@dashang/simulator')
  command = join(installed, 'main.js')
  const dist = join(folder, 'dist')
  await run(process.execPath, ['scripts/build.ts', dist], { cwd: PACKAGE })
  await writeFile(join(folder, 'package.json'), '{"private":true,"type":"module"}')
  const { stdout } = await npm('pack', dist)
  await npm('install', '--offline', '--no-audit', '--no-fund', `./${stdout.trim()}`)
}, 120_000)
afterAll(() => rm(folder, { recursive: true, force: true }))

// A cache of its own, so that nothing is at hand which a stranger does not have.
const npm = (...args: string[]) =>
  run('npm', [...args, '--cache', join(folder, 'cache')], {
    cwd: folder,
    env: { PATH: process.env['PATH'] },
  })

/** Runs the command to its end. */
async function call(...args: string[]) {
  const options = { cwd: folder, env: {}, timeout: 30_000 }
  const ended = run(process.execPath, [command, ...args], options)
  return ended.then(
    ({ stdout }) => ({ code: 0, stdout, stderr: '' }),
    (error: unknown) => error as { code: number; stdout: string; stderr: string },
  )
}

/** Starts it, and answers what it printed once it is ready. */
async function start(...args: string[]) {
  const child = spawn(process.execPath, [command, ...args], { cwd: folder, env: {} })
  onTestFinished(() => {
    child.kill('SIGKILL')
  })
  let printed = ''
  for await (const chunk of child.stdout) {
    printed += String(chunk)
    if (printed.includes('trust store\n')) break
  }
  const stop = async () => {
    child.kill('SIGTERM')
    const [code] = (await once(child, 'exit')) as [number]
    return code
  }
  return { printed, url: /http:\S+(?=\/_sim)/.exec(printed)?.[0] ?? '', stop }
}

describe('the published command', { timeout: 60_000 }, () => {
  it('needs nothing but itself', async () => {
    const manifest = JSON.parse(await readFile(join(installed, 'package.json'), 'utf8')) as object
    expect(Object.keys(manifest).filter((name) => /dependencies/i.test(name))).toEqual([])
    expect(await readdir(join(folder, 'node_modules'))).toEqual(
      expect.not.arrayContaining(['fastify']),
    )
    expect(await readFile(join(installed, 'LICENSES.txt'), 'utf8')).toContain('fastify')
    expect(await readdir(join(installed, 'examples'))).toContain('order.go')
  })

  it('is what npx finds in the project', async () => {
    const { stdout } = await npm('exec', '--offline', '--', 'wechat-simulator', '--help')
    expect(stdout).toContain('wechat-simulator check [options]')
  })

  it('serves the platform, its page, and the proxy to whoever trusts the exported root', async () => {
    const clock = '2026-01-31T09:00:00+08:00'
    const options = ['--keys', 'keys', '--export-ca', 'root.pem', '--state', 'state']
    const ports = ['--port', '0', '--tls-port', '0', '--clock', clock]
    const { url, stop } = await start(...options, ...ports)
    expect(await (await fetch(`${url}/_sim`)).text()).toContain('<html')
    const { now } = (await (await fetch(`${url}/_sim/state`)).json()) as { now: string }
    expect(now).toMatch(/^2026-01-31T01:0/)

    const ca = await readFile(join(folder, 'root.pem'), 'utf8')
    expect(ca).toBe(await readFile(join(folder, 'keys/ca.pem'), 'utf8'))
    const dispatcher = new ProxyAgent({ uri: url, requestTls: { ca } })
    const answer = await fetch('https://api.weixin.qq.com/sns/jscode2session', { dispatcher })
    expect(await answer.json()).toMatchObject({ errcode: 41002 })
    await dispatcher.close()
    expect(await stop()).toBe(0)
    expect(await readFile(join(folder, 'state'))).not.toHaveLength(0)
  })

  it('says at the start what the server of the merchant has to be told', async () => {
    const { printed, url, stop } = await start('--port', '0', '--tls-port', '0')
    await stop()
    expect(printed).toMatch(/^WeChat simulator: http/)
    expect(printed).toContain(`instead of api.weixin.qq.com       ${url}\n`)
    expect(printed).toContain(`HTTPS_PROXY=${url}\n`)
    expect(printed).toContain('(start with --keys DIR)')
  })

  it.each([
    ['--version', /^\d+\.\d+\.\d+\n$/],
    ['--help', /--port PORT[^]*--export-ca FILE[^]*Examples/],
  ])('answers %s', async (flag, text) => {
    const { code, stdout } = await call(flag)
    expect(code).toBe(0)
    expect(stdout).toMatch(text)
  })

  it.each([
    [['--port', 'x'], '--port is no port (0 to 65535)'],
    [['--keys', 'package.json'], '--keys cannot be used: '],
    [['--state', 'nowhere/state'], '--state is in no folder: '],
    [
      ['--state', 'package.json'],
      '--state cannot be used: package.json is no state of the simulator',
    ],
    [['--export-ca', 'dist'], '--export-ca is a folder: dist'],
    [['frobnicate'], 'there is no command frobnicate; see --help'],
  ])('answers %j with one line and the exit code 2', async (args, message) => {
    const { code, stderr } = await call(...args)
    expect(code).toBe(2)
    expect(stderr).toMatch(/^wechat-simulator: .+\n$/)
    expect(stderr).toContain(message)
  })

  it('says which port is taken', async () => {
    const { url, stop } = await start('--port', '0', '--tls-port', '0')
    const { code, stderr } = await call('--port', new URL(url).port, '--tls-port', '0')
    expect(code).toBe(1)
    expect(stderr).toMatch(/^wechat-simulator: cannot start: .*EADDRINUSE.*--port.*\n$/)
    await stop()
  })
})

/** A day of API v3 at a process of its own, from a folder of keys that its seed has made. */
async function logOfProcess(seed: string, { notifyUrl }: { notifyUrl: string }): Promise<string> {
  const keys = await mkdtemp(join(folder, 'keys-'))
  const clock = ['--clock', '2026-01-31T23:59:00+08:00', '--stamps', 'clock']
  const ports = ['--port', '0', '--tls-port', '0']
  const { printed, url, stop } = await start('--seed', seed, '--keys', keys, ...clock, ...ports)
  const control = async (path: string, body: object) => {
    const headers = { 'content-type': 'application/json' }
    const options = { method: 'POST', headers, body: JSON.stringify(body) }
    return (await (await fetch(`${url}/_sim${path}`, options)).json()) as Record<string, string>
  }
  const found = (pattern: RegExp) => pattern.exec(printed)?.[1] ?? ''
  const credentials = {
    merchantSerial: found(/its serial, for API v3 +(\S+)/),
    publicKeyId: found(/its id, for API v3 +(\S+)/),
  }
  let now = new Date('2026-01-31T15:59:00Z')
  const step = async (advanceSeconds: number) => {
    await control('/clock', { advanceSeconds })
    now = new Date(now.getTime() + advanceSeconds * 1000)
  }
  const merchant = createV3Merchant({
    url,
    certificates: { merchantKey: await readFile(join(keys, 'merchant-key.pem'), 'utf8') },
    keys: { mode: () => 'public_key' },
    platform: { stampNow: () => now },
    v3: () => credentials,
  })
  const { openid } = await control('/codes', { user: 'alice' })
  const own = { appid: 'wx0123456789abcdef', mchid: '1900000001', notify_url: notifyUrl }
  await merchant.place({ ...own, payer: { openid } })
  await control('/orders/order-0001/pay', { outcome: 'pay' })
  // The first attempt is made at once, and a step is told in the order of its asking.
  const read = async () => (await fetch(`${url}/_sim/log`)).text()
  await vi.waitFor(async () => {
    expect(await read()).toContain('"event":"attempt"')
  }, WITHIN)
  await step(60)
  await control('/keys/rotate', { kind: 'public_key' })
  await control('/keys/rotate', { kind: 'certificate' })
  await control('/keys/mode', { mode: 'migration' })
  await merchant.get('/v3/certificates')
  await merchant.post(REFUNDS, refundBody({ notify_url: notifyUrl }))
  await step(25 * 3600)
  const headers = { Host: 'api.mch.weixin.qq.com' }
  await merchant.get('/v3/bill/tradebill?bill_date=2026-01-31', { headers })
  const log = await read()
  await stop()
  return log
}

describe('a seed', { timeout: 120_000 }, () => {
  it('gives the same log in another process, and the same keys and certificates', async () => {
    const inbox = await createV3Inbox()
    inbox.statuses = [500]
    const notifyUrl = inbox.url
    const first = await logOfProcess('seed', { notifyUrl })
    expect(await logOfProcess('seed', { notifyUrl })).toBe(first)
    for (const part of ['prepay_id', 'encrypt_certificate', 'REFUND.SUCCESS', 'hash_value']) {
      expect(first).toContain(part)
    }
    expect(first.match(/"event":"attempt"/g)).toHaveLength(2 * 16)
    expect(first).not.toContain('"result":"SIGN_ERROR"')
    await inbox.close()
    const [one, other] = (await readdir(folder)).filter((name) => name.startsWith('keys-'))
    for (const file of await readdir(join(folder, one ?? ''))) {
      const text = await readFile(join(folder, one ?? '', file), 'utf8')
      expect(await readFile(join(folder, other ?? '', file), 'utf8')).toBe(text)
    }
  })
})

/** What somebody writes who installed it. */
const PROGRAM = `
import { isFaultRule, makeCertificates, startSimulator } from '@dashang/simulator'

const account = {
  appid: 'wx0123456789abcdef',
  appSecret: 'secret',
  mchid: '1900000001',
  merchantName: 'tips',
  v2Key: 'simulator-v2-key-simulator-v2-ke',
  v3Key: 'simulator-v3-key-simulator-v3-ke',
}
const certificates = await makeCertificates(account.mchid)
const simulator = await startSimulator({ account, certificates, startAt: new Date('2026-01-31') })
const rule = { on: 'unifiedorder', fault: 'slow', seconds: 1 }
if (isFaultRule(rule)) simulator.faults.add(rule)
await simulator.clock.advance(60_000)
const { openid } = simulator.login('alice')
const { publicKeyId } = simulator.v3()
const state = simulator.order('nobody')?.state ?? 'unknown'
await simulator.keys.rotate('public_key')
console.log([openid.length, publicKeyId.slice(0, 11), state, simulator.keys.list().length].join(' '))
await simulator.close()
`

describe('the published library', { timeout: 60_000 }, () => {
  it('runs in plain JavaScript, and has no more names than its types', async () => {
    await writeFile(join(folder, 'program.js'), PROGRAM)
    const { stdout } = await run(process.execPath, ['program.js'], { cwd: folder, env: {} })
    expect(stdout).toBe('28 PUB_KEY_ID_ unknown 3\n')
    const names = 'console.log(Object.keys(await import("@dashang/simulator")).sort().join())'
    const listed = await run(process.execPath, ['-e', names], { cwd: folder, env: {} })
    expect(listed.stdout).toBe('isFaultRule,makeCertificates,startSimulator\n')
  })

  it('has types that stand alone, strictly', async () => {
    await writeFile(
      join(folder, 'program.ts'),
      PROGRAM.replace('console.log', 'export const said = '),
    )
    const compilerOptions = {
      strict: true,
      exactOptionalPropertyTypes: true,
      skipLibCheck: false,
      noEmit: true,
      module: 'nodenext',
      target: 'es2022',
      types: [],
    }
    const project = { compilerOptions, files: ['program.ts'] }
    await writeFile(join(folder, 'tsconfig.json'), JSON.stringify(project))
    const checked = run(process.execPath, [TSC, '-p', '.'], { cwd: folder })
    expect(await checked.catch((error: unknown) => error)).toMatchObject({ stdout: '' })
  })

  it('promises nothing in its types that the source does not keep', () => {
    const promised: typeof published = source
    expect(promised.startSimulator).toBe(source.startSimulator)
  })
})
