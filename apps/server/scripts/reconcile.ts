import { spawn, type ChildProcess } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { takenPorts } from '../../../scripts/dev/ports.ts'
import { withKeys } from '../../../scripts/dev/keys.ts'
import { untilReady } from '../../../scripts/dev/readiness.ts'
import { developmentEnvironment } from '../../../scripts/dev/settings.ts'

const ROOT = resolve(import.meta.dirname, '../../..')
if (existsSync(join(ROOT, '.env'))) process.loadEnvFile(join(ROOT, '.env'))

// Whoever has a key has settings; a fresh checkout has those of `pnpm dev`.
const isConfigured = Boolean(process.env['WECHAT_PAY_V2_KEY'] ?? process.env['WECHAT_PAY_V3_KEY'])
const dataDir = resolve(ROOT, process.env['DATA_DIR'] ?? '.data')
const environment = isConfigured
  ? { DATA_DIR: dataDir }
  : await withKeys(developmentEnvironment(ROOT, null))
Object.assign(process.env, environment)

const simulator = isConfigured ? null : await startSimulator()
process.on('exit', () => simulator?.kill())
await import('../src/reconcile.ts')

/** The simulator of `pnpm dev` with what it remembers, if `pnpm dev` is not running just now. */
async function startSimulator(): Promise<ChildProcess | null> {
  const { SIMULATOR_PORT = '' } = environment as Record<string, string>
  if ((await takenPorts({ SIMULATOR_PORT })).length > 0) return null
  const main = join(ROOT, 'packages/simulator/src/main.ts')
  const child = spawn(process.execPath, [main], { stdio: 'ignore' })
  const state = `http://127.0.0.1:${SIMULATOR_PORT}/_sim/state`
  await untilReady({ simulator: state }, () => undefined, AbortSignal.timeout(10_000))
  return child
}
