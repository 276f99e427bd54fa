import { spawn } from 'node:child_process'
import { text } from 'node:stream/consumers'
import { startSimulator, type Simulator } from '@dashang/simulator'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ACCOUNT, testEnvironment } from './support/config.ts'

const COMMAND = new URL('../src/doctor.ts', import.meta.url).pathname

let simulator: Simulator

beforeAll(async () => {
  simulator = await startSimulator({ account: ACCOUNT })
})
afterAll(() => simulator.close())

async function doctor(args: string[], changes: Record<string, string> = {}) {
  const env = { PATH: process.env['PATH'], ...testEnvironment(simulator, 3000), ...changes }
  const child = spawn(process.execPath, [COMMAND, ...args], { env })
  const [said, complained, exitCode] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    new Promise((resolve) => child.once('exit', resolve)),
  ])
  return { said, complained, exitCode }
}

// Each starts a process, which takes long on a busy machine.
describe('the command', { timeout: 60_000 }, () => {
  it('ends with 0 when all is right, also when it asks', async () => {
    const { said, complained, exitCode } = await doctor(['--online', '--lang', 'en'])
    expect(complained).toBe('')
    expect(said).toMatch(/^─+\n✓ \d+ right, 0 to mend\n─+\n$/)
    expect(exitCode).toBe(0)
  })

  it('ends with 1 and says what to mend, in the language of the shell', async () => {
    const { said, exitCode } = await doctor([], { WECHAT_APPID: 'gh_1', LANG: 'zh_CN.UTF-8' })
    expect(said).toMatch(/^✗ WECHAT_APPID {2}\[appid_shape\]\n.*怎么改: .*项正确，1 项要改\n─+\n$/s)
    expect(exitCode).toBe(1)
  })

  it('tells programs in JSON, in every language', async () => {
    const { said, exitCode } = await doctor(['--json'], { WECHAT_APPID: 'gh_1' })
    expect(exitCode).toBe(1)
    expect(JSON.parse(said)).toMatchObject({
      toMend: 1,
      findings: [{ code: 'appid_shape', at: 'WECHAT_APPID', zh: {}, en: {} }],
    })
  })

  it.each([[['--lang', 'fr']], [['--offline']], [['online']]])(
    'explains itself when called with %j',
    async (args) => {
      const { complained, exitCode } = await doctor(args)
      expect(complained).toBe('Usage: doctor [--online] [--lang zh|en] [--json]\n')
      expect(exitCode).toBe(1)
    },
  )
})
