import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

type Environment = Readonly<Record<string, string>>

/** What each process of `pnpm dev` is told; `.env` and the shell have the last word. */
export function developmentEnvironment(root: string): Environment {
  if (existsSync(join(root, '.env'))) process.loadEnvFile(join(root, '.env'))
  const given = givenEnvironment()
  const dataDir = resolve(root, given['DATA_DIR'] ?? '.data')
  const ports = {
    PORT: '3000',
    SIMULATOR_PORT: '4000',
    SIMULATOR_TLS_PORT: '4443',
    PREVIEW_PORT: '10086',
    ...pick(given, ['PORT', 'SIMULATOR_PORT', 'SIMULATOR_TLS_PORT', 'PREVIEW_PORT']),
  }
  const server = `http://127.0.0.1:${ports.PORT}`
  const simulator = `http://127.0.0.1:${ports.SIMULATOR_PORT}`
  const keysFolder = join(dataDir, 'simulator-keys')
  // Who pays elsewhere refunds there, too.
  const paysHere = [undefined, simulator].includes(given['WECHAT_PAY_BASE_URL'])
  return {
    ...ports,
    PUBLIC_URL: server,
    WECHAT_API_BASE_URL: simulator,
    WECHAT_PAY_BASE_URL: simulator,
    ...(paysHere && refundSettings(keysFolder, ports.SIMULATOR_TLS_PORT)),
    LOG_LEVEL: 'info',
    ...throwAwayKeys(dataDir),
    ...given,
    DATA_DIR: dataDir,
    PREVIEW_SERVER_URL: server,
    PREVIEW_SIMULATOR_URL: simulator,
    SIMULATOR_STATE: join(dataDir, 'simulator.state'),
    SIMULATOR_KEYS: keysFolder,
    // What Node has compiled once is not compiled again at the next start.
    NODE_COMPILE_CACHE: join(dataDir, 'compile-cache'),
  }
}

/** The files are the simulator's, which makes them. */
function refundSettings(keysFolder: string, tlsPort: string): Environment {
  return {
    WECHAT_PAY_MTLS_BASE_URL: `https://127.0.0.1:${tlsPort}`,
    WECHAT_PAY_CLIENT_CERT: join(keysFolder, 'merchant-cert.pem'),
    WECHAT_PAY_CLIENT_KEY: join(keysFolder, 'merchant-key.pem'),
    WECHAT_PAY_CA_CERT: join(keysFolder, 'ca.pem'),
  }
}

/** Made on the first start and kept, so that a restart knows the orders of before. */
function throwAwayKeys(dataDir: string): Environment {
  const file = join(dataDir, 'development-keys.json')
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as Environment
  const keys = {
    SESSION_SECRET: hex(32),
    WECHAT_APPID: `wx${hex(8)}`,
    WECHAT_APP_SECRET: hex(16),
    WECHAT_PAY_MCHID: '1900000001',
    WECHAT_PAY_V2_KEY: hex(16),
    WECHAT_PAY_V3_KEY: hex(16),
    OPERATORS: JSON.stringify([
      { name: 'developer', token: hex(16), scopes: ['refunds', 'cases', 'ledger'] },
    ]),
  }
  mkdirSync(dataDir, { recursive: true })
  writeFileSync(file, `${JSON.stringify(keys, null, 2)}\n`, { mode: 0o600 })
  return keys
}

function givenEnvironment(): Environment {
  const entries = Object.entries(process.env)
  return Object.fromEntries(
    entries.filter((entry): entry is [string, string] => entry[1] !== undefined && entry[1] !== ''),
  )
}

function pick(environment: Environment, names: string[]): Environment {
  return Object.fromEntries(Object.entries(environment).filter(([name]) => names.includes(name)))
}

const hex = (bytes: number) => randomBytes(bytes).toString('hex')
