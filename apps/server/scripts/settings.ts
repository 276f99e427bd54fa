import { spawn, type ChildProcess } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { withKeys } from '../../../scripts/dev/keys.ts'
import { takenPorts } from '../../../scripts/dev/ports.ts'
import { untilReady } from '../../../scripts/dev/readiness.ts'
import { developmentEnvironment } from '../../../scripts/dev/settings.ts'

const ROOT = resolve(import.meta.dirname, '../../..')

/** Whoever named one of these has settings of their own; a fresh checkout has those of `pnpm dev`. */
const TELLING = [
  'WECHAT_APPID',
  'WECHAT_APP_SECRET',
  'WECHAT_PAY_MCHID',
  'WECHAT_PAY_V2_KEY',
  'WECHAT_PAY_V3_KEY',
]

/** Puts into the environment what a command goes by, and starts the simulator where that is needed. */
export async function useSettings(): Promise<void> {
  if (existsSync(join(ROOT, '.env'))) process.loadEnvFile(join(ROOT, '.env'))
  if (TELLING.some((name) => process.env[name])) {
    process.env['DATA_DIR'] = resolve(ROOT, process.env['DATA_DIR'] ?? '.data')
    return
  }
  const environment = await withKeys(developmentEnvironment(ROOT, null))
  Object.assign(process.env, environment)
  const simulator = await startSimulator(environment['SIMULATOR_PORT'] ?? '')
  process.on('exit', () => simulator?.kill())
}

/** The simulator of `pnpm dev` with what it remembers, if `pnpm dev` is not running just now. */
async function startSimulator(SIMULATOR_PORT: string): Promise<ChildProcess | null> {
  if ((await takenPorts({ SIMULATOR_PORT })).length > 0) return null
  const main = join(ROOT, 'packages/simulator/src/main.ts')
  const child = spawn(process.execPath, [main], { stdio: 'ignore' })
  const state = `http://127.0.0.1:${SIMULATOR_PORT}/_sim/state`
  await untilReady({ simulator: state }, () => undefined, AbortSignal.timeout(10_000))
  return child
}
