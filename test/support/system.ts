import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { loadConfig } from '@dashang/server/config'
import { startServer, type RunningServer } from '@dashang/server/start'
import { startSimulator, type Simulator } from '@dashang/simulator'
import getPort from 'get-port'
import { pino } from 'pino'
import { ACCOUNT } from './account.ts'
import { startPreview } from './preview.ts'

export const OVERLAY_KEY = 'e2e-overlay-key-e2e-overlay-key-0'
export const OPERATOR_TOKEN = 'e2e-operator-e2e-operator-e2e-op0'
const OPERATOR = { name: 'li', token: OPERATOR_TOKEN, scopes: ['messages', 'creators'] }

/** Everything that `pnpm dev` starts, in one process and on ports of its own. */
export interface System {
  readonly simulator: Simulator
  readonly server: RunningServer
  readonly previewUrl: string
  close(): Promise<void>
}

/** The settings of the server beyond those; the default creator is one of them. */
export async function startSystem(
  settings: Readonly<Record<string, string>> = {},
  startAt = new Date(),
): Promise<System> {
  const dataDir = await mkdtemp(join(tmpdir(), 'dashang-e2e-'))
  const simulator = await startSimulator({ account: ACCOUNT, startAt })
  const port = await getPort({ host: '127.0.0.1' })
  const config = loadConfig({
    PORT: String(port),
    PUBLIC_URL: `http://127.0.0.1:${String(port)}`,
    DATA_DIR: dataDir,
    SESSION_SECRET: 'session-secret-session-secret-00',
    WECHAT_APPID: ACCOUNT.appid,
    WECHAT_APP_SECRET: ACCOUNT.appSecret,
    WECHAT_API_BASE_URL: simulator.url,
    WECHAT_PAY_BASE_URL: simulator.url,
    WECHAT_PAY_MCHID: ACCOUNT.mchid,
    WECHAT_PAY_V2_KEY: ACCOUNT.v2Key,
    WECHAT_TIMEOUT_MS: '3000',
    CREATOR_OVERLAY_KEY: OVERLAY_KEY,
    OPERATORS: JSON.stringify([OPERATOR]),
    TIP_PRESETS_FEN: '200,500,1000,2000,5000,10000',
    ...settings,
  })
  const now = () => simulator.clock.now()
  const server = await startServer({ config, logger: pino({ level: 'silent' }), now })
  const preview = await startPreview({ server: server.url, simulator: simulator.url })
  return {
    simulator,
    server,
    previewUrl: preview.url,
    async close() {
      await preview.close()
      await simulator.close()
      await server.close()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}
