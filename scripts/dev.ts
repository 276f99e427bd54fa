import { spawn } from 'node:child_process'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'
import { ConfigError, loadConfig } from '../apps/server/src/config.ts'
import { readState, StateFileError } from '../packages/simulator/src/state-file.ts'
import { withKeys } from './dev/keys.ts'
import { takenPorts } from './dev/ports.ts'
import { untilReady } from './dev/readiness.ts'
import { developmentEnvironment } from './dev/settings.ts'

const ROOT = resolve(import.meta.dirname, '..')

/** What the tools say of themselves. */
const NOISE = /^\$ |^cache bypass|Server listening at/

/** How webpack and Taro begin to tell that the preview cannot be built. */
const PREVIEW_PROBLEM = /^(ERROR|Error:|WARNING) |ERROR in|Failed to compile|✖/

const startedAt = performance.now()
const environment = await readSettings()
const { PORT = '', SIMULATOR_PORT = '', SIMULATOR_TLS_PORT = '', PREVIEW_PORT = '' } = environment
const at = (port: string, path = '') => `http://127.0.0.1:${port}${path}`

refuseWrongSettings()
await refuseOldState(environment['SIMULATOR_STATE'] ?? '')
const taken = await takenPorts({ PORT, SIMULATOR_PORT, SIMULATOR_TLS_PORT, PREVIEW_PORT })
for (const name of taken) {
  console.error(`Port ${environment[name] ?? ''} is in use; set ${name} to another one, as in`)
  console.error(`  ${name}=${String(Number(environment[name]) + 1)} npx pnpm@12 dev`)
}
if (taken.length > 0) process.exit(1)

console.log('Starting server, simulator and preview; the first time takes about half a minute …')
const turbo = spawn('turbo', ['watch', 'dev', '--env-mode=loose', '--ui=stream'], {
  env: { ...process.env, ...environment },
  stdio: ['ignore', 'pipe', 'inherit'],
})
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => turbo.kill(signal))
const ended = new AbortController()
turbo.once('exit', (code) => {
  ended.abort()
  process.exitCode = code ?? 0
})
createInterface({ input: turbo.stdout }).on('line', showLine)

await untilReady(
  {
    server: at(PORT, '/readyz'),
    simulator: at(SIMULATOR_PORT, '/_sim/state'),
    preview: at(PREVIEW_PORT, '/'),
  },
  (name) => {
    console.log(`  ${name} is ready`)
  },
  ended.signal,
).then(showTable, () => undefined)

async function readSettings(): Promise<Readonly<Record<string, string>>> {
  try {
    return await withKeys(developmentEnvironment(ROOT, channelOf()))
  } catch (error) {
    console.error(`No certificates of the merchant: ${(error as Error).message}`)
    process.exit(1)
  }
}

/** `--channel v3` places new orders with API v3; `null` leaves it to `.env`. */
function channelOf(): string | null {
  try {
    const { values } = parseArgs({ options: { channel: { type: 'string' } } })
    return values.channel ?? null
  } catch {
    console.error('Usage: pnpm dev [--channel v2|v3]')
    process.exit(1)
  }
}

function refuseWrongSettings(): void {
  try {
    loadConfig(environment)
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    console.error(`${error.message}\nMend these in .env or in the shell, then start again.`)
    process.exit(1)
  }
}

/** After an update the simulator may not understand what it kept before. */
async function refuseOldState(file: string): Promise<void> {
  try {
    await readState(file)
  } catch (error) {
    if (!(error instanceof StateFileError)) throw error
    console.error(`The simulator cannot go on from its orders: ${error.message}`)
    console.error(`Delete them to begin anew, then start again:\n  rm '${file}'`)
    process.exit(1)
  }
}

/** The logs of server and simulator as they come; of the preview only what went wrong. */
function showLine(line: string): void {
  const [, name = '', text = ''] = /^@dashang\/(\w+):dev: ?(.*)$/.exec(line) ?? []
  const isWorthIt = name === 'miniapp' ? PREVIEW_PROBLEM.test(text) : name !== ''
  if (isWorthIt && text.trim() !== '' && !NOISE.test(text)) {
    console.log(`${name.padEnd(9)} ${text}`)
  }
}

function showTable(): void {
  const seconds = Math.round((performance.now() - startedAt) / 1000)
  console.log(`
  dashang is running (ready in ${seconds} s)

  Tip page      ${at(PREVIEW_PORT).padEnd(30)} open this: tap an amount, pay at the simulated cashier
  Simulator     ${at(SIMULATOR_PORT, '/_sim').padEnd(30)} orders, notifications, faults, clock
  Live overlay  ${at(PORT, `/overlay/default?key=${environment['CREATOR_OVERLAY_KEY'] ?? ''}`)}
  API           ${at(PORT, '/docs').padEnd(30)} every route, with its errors
  New orders    ${`API ${environment['WECHAT_PAY_CHANNEL'] ?? 'v2'}`.padEnd(30)} the other one: pnpm dev --channel ${environment['WECHAT_PAY_CHANNEL'] === 'v3' ? 'v2' : 'v3'}
  Refunds       curl ${at(PORT, '/api/admin/orders/ORDER_ID/refunds')} -H 'authorization: Bearer TOKEN' \\
                  -H 'content-type: application/json' \\
                  -d '{"refundId":"'$(openssl rand -hex 16)'","amountFen":1,"reason":"试一试"}'
                TOKEN is in OPERATORS: .env, or ${join(environment['DATA_DIR'] ?? '', 'development-keys.json')}
  Mini-program  ${'apps/miniapp/dist/weapp'.padEnd(30)} after: pnpm --filter miniapp build:weapp

  Data is kept in ${environment['DATA_DIR'] ?? ''}; delete it to begin anew. Ctrl-C stops all.
`)
}
