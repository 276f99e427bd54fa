import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { cp, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { fetch, ProxyAgent } from 'undici'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'

const run = promisify(execFile)
const PACKAGE = join(import.meta.dirname, '..')

// What `npm pack` takes, alone in a folder from which no package can be found.
let folder: string
let command: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'simulator-command-'))
  command = join(folder, 'bin/wechat-simulator.js')
  await cp(join(PACKAGE, 'package.json'), join(folder, 'package.json'))
  await cp(join(PACKAGE, 'bin'), join(folder, 'bin'), { recursive: true })
  await run(process.execPath, ['scripts/build.ts', join(folder, 'dist')], { cwd: PACKAGE })
}, 60_000)
afterAll(() => rm(folder, { recursive: true, force: true }))

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
    const manifest = JSON.parse(await readFile(join(PACKAGE, 'package.json'), 'utf8')) as object
    expect(manifest).not.toHaveProperty('dependencies')
    expect(manifest).toMatchObject({ files: ['bin', 'dist'] })
    expect(await readFile(join(folder, 'dist/LICENSES.txt'), 'utf8')).toContain('fastify')
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
    [['--export-ca', 'bin'], '--export-ca is a folder: bin'],
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
