import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import getPort from 'get-port'
import { expect, it, onTestFinished, vi } from 'vitest'

const KEY = 'overlay-key-overlay-key-overlay-k0'
const MAIN = new URL('../apps/server/dist/main.js', import.meta.url).pathname
const DOCTOR = new URL('../apps/server/dist/doctor.js', import.meta.url).pathname

it('the built server starts, is ready, has its overlay, and stops', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'dashang-built-'))
  const port = String(await getPort({ host: '127.0.0.1' }))
  const env = {
    PATH: process.env['PATH'],
    PORT: port,
    DATA_DIR: dataDir,
    LOG_LEVEL: 'silent',
    SESSION_SECRET: 'session-secret-session-secret-00',
    WECHAT_APPID: 'wx0123456789abcdef',
    WECHAT_APP_SECRET: 'app-secret',
    WECHAT_PAY_BASE_URL: 'http://127.0.0.1:9',
    WECHAT_PAY_MCHID: '1900000001',
    WECHAT_PAY_V2_KEY: 'v2-key-v2-key-v2-key-v2-key-v2-k',
    CREATOR_OVERLAY_KEY: KEY,
  }
  const server = spawn(process.execPath, [MAIN], { env, stdio: 'inherit' })
  onTestFinished(() => {
    server.kill('SIGKILL')
  })
  const exited = new Promise((resolve) => server.once('exit', resolve))
  await vi.waitFor(
    async () => {
      expect((await fetch(`http://127.0.0.1:${port}/readyz`)).status).toBe(200)
    },
    { timeout: 30_000, interval: 200 },
  )
  const overlay = await fetch(`http://127.0.0.1:${port}/overlay/default?key=${KEY}`)
  expect(await overlay.text()).toContain('EventSource')
  server.kill('SIGTERM')
  expect(await exited).toBe(0)
  await rm(dataDir, { recursive: true, force: true })
})

it('the doctor beside it looks a configuration over', async () => {
  const env = { PATH: process.env['PATH'], LANG: 'en_US.UTF-8', WECHAT_APPID: 'gh_1' }
  const doctor = spawn(process.execPath, [DOCTOR], { env })
  const [said, exitCode] = await Promise.all([
    text(doctor.stdout),
    new Promise((resolve) => doctor.once('exit', resolve)),
  ])
  expect(said).toMatch(/^✗ SESSION_SECRET {2}\[setting_missing\]\n[^]* to mend\n─+\n$/)
  expect(exitCode).toBe(1)
})
