import { pino } from 'pino'
import { loadConfig } from '../../src/config.ts'
import { startServer } from '../../src/start-server.ts'
import { OVERLAY_KEY, readOptions, sayReady, WORLD } from '../world.ts'

const { port, simulatorUrl, databaseUrl, dataDir } = readOptions()
const unlimited = '1000000'
const config = loadConfig({
  PORT: String(port),
  PUBLIC_URL: `http://127.0.0.1:${port}`,
  ...(databaseUrl !== null && { DATABASE_URL: databaseUrl }),
  DATA_DIR: dataDir,
  SESSION_SECRET: 'bench-session-secret-bench-sessi',
  WECHAT_APPID: WORLD.appid,
  WECHAT_APP_SECRET: WORLD.appSecret,
  WECHAT_API_BASE_URL: simulatorUrl,
  WECHAT_PAY_BASE_URL: simulatorUrl,
  WECHAT_PAY_MCHID: WORLD.mchid,
  WECHAT_PAY_V2_KEY: WORLD.v2Key,
  CREATOR_OVERLAY_KEY: OVERLAY_KEY,
  REQUESTS_PER_MINUTE: unlimited,
  PREPAYS_PER_MINUTE: unlimited,
})
// Production logs each request, so the benchmark does too; it only throws the lines away.
const logger = pino({ level: 'info' }, { write: () => undefined })
await startServer({ config, logger })
sayReady()
