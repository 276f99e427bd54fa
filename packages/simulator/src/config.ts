import { parseArgs } from 'node:util'
import { KEY_MODES, type KeyMode } from './pay-v3/key-ring.ts'
import type { Account } from './platform.ts'

export interface Config {
  readonly host: string
  readonly port: number
  readonly tlsPort: number
  /** Where the certificates are kept; nowhere without it. */
  readonly keysFolder: string | null
  readonly account: Account
  /** Which keys of WeChat's the merchant has in API v3. */
  readonly keyMode: KeyMode
  /** Where the state is kept between two runs; nowhere without it. */
  readonly stateFile: string | null
}

/** Each setting is a flag or a variable of the environment; the flag wins. */
const SETTINGS = {
  host: ['SIMULATOR_HOST', '127.0.0.1'],
  port: ['SIMULATOR_PORT', '4000'],
  'tls-port': ['SIMULATOR_TLS_PORT', '4443'],
  keys: ['SIMULATOR_KEYS', ''],
  appid: ['WECHAT_APPID', 'wx0123456789abcdef'],
  'app-secret': ['WECHAT_APP_SECRET', 'simulator-app-secret'],
  mchid: ['WECHAT_PAY_MCHID', '1900000001'],
  merchant: ['SIMULATOR_MERCHANT', '打赏小店'],
  'v2-key': ['WECHAT_PAY_V2_KEY', 'simulator-v2-key-simulator-v2-ke'],
  'v3-key': ['WECHAT_PAY_V3_KEY', 'simulator-v3-key-simulator-v3-ke'],
  'key-mode': ['SIMULATOR_KEY_MODE', 'public_key'],
  state: ['SIMULATOR_STATE', ''],
} as const

type Setting = keyof typeof SETTINGS

export function loadConfig(
  args: string[] = process.argv.slice(2),
  env: Readonly<Record<string, string | undefined>> = process.env,
): Config {
  const names = Object.keys(SETTINGS) as Setting[]
  const options = Object.fromEntries(names.map((name) => [name, { type: 'string' as const }]))
  const { values } = parseArgs({ args, options })
  const setting = (name: Setting): string => {
    const [variable, standard] = SETTINGS[name]
    const given = [values[name], env[variable]].find((value) => value !== undefined && value !== '')
    return given ?? standard
  }
  const port = (name: 'port' | 'tls-port'): number => {
    const number = Number(setting(name))
    if (Number.isInteger(number) && number >= 0 && number <= 65_535) return number
    throw new Error(`--${name} is no port`)
  }
  if (setting('v2-key').length !== 32) throw new Error('--v2-key has 32 characters')
  if (Buffer.byteLength(setting('v3-key')) !== 32) throw new Error('--v3-key has 32 bytes')
  return {
    host: setting('host'),
    port: port('port'),
    tlsPort: port('tls-port'),
    keysFolder: setting('keys') || null,
    stateFile: setting('state') || null,
    keyMode: keyModeOf(setting('key-mode')),
    account: {
      appid: setting('appid'),
      appSecret: setting('app-secret'),
      mchid: setting('mchid'),
      merchantName: setting('merchant'),
      v2Key: setting('v2-key'),
      v3Key: setting('v3-key'),
    },
  }
}

function keyModeOf(text: string): KeyMode {
  const mode = KEY_MODES.find((known) => known === text)
  if (mode === undefined) throw new Error(`--key-mode is one of ${KEY_MODES.join(', ')}`)
  return mode
}
