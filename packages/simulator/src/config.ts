import {
  readFlags,
  UsageError,
  type Environment,
  type Flags,
  type FlagTable,
} from './commands/flags.ts'
import { isKeyOf32, isMoment, isPort, isShort, oneOf } from './commands/values.ts'
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
  /** Where the clock starts; at the real time without it. */
  readonly startAt: Date | null
  readonly seed: string | null
  /** Where the root of the certificates is written. */
  readonly exportCa: string | null
}

/** What every command reads besides its flags. */
export const ENVIRONMENT: Environment = process.env

/** Who the merchant is, and where the simulator listens. */
export const PLATFORM_FLAGS = {
  host: {
    value: 'ADDRESS',
    variable: 'SIMULATOR_HOST',
    standard: '127.0.0.1',
    help: 'the address to listen on',
  },
  port: {
    value: 'PORT',
    variable: 'SIMULATOR_PORT',
    standard: '4000',
    problem: isPort,
    help: 'plain HTTP, the pages, and the HTTPS proxy; 0 takes any free one',
  },
  'tls-port': {
    value: 'PORT',
    variable: 'SIMULATOR_TLS_PORT',
    standard: '4443',
    problem: isPort,
    help: 'the same over TLS, where client certificates count',
  },
  appid: {
    value: 'ID',
    variable: 'WECHAT_APPID',
    standard: 'wx0123456789abcdef',
    problem: isShort,
    help: 'the mini-program',
  },
  'app-secret': {
    value: 'TEXT',
    variable: 'WECHAT_APP_SECRET',
    standard: 'simulator-app-secret',
    help: 'its secret, for code2Session',
  },
  mchid: {
    value: 'ID',
    variable: 'WECHAT_PAY_MCHID',
    standard: '1900000001',
    problem: isShort,
    help: 'the merchant',
  },
  merchant: {
    value: 'NAME',
    variable: 'SIMULATOR_MERCHANT',
    standard: '打赏小店',
    help: 'its name at the cashier',
  },
  'v2-key': {
    value: 'KEY',
    variable: 'WECHAT_PAY_V2_KEY',
    standard: 'simulator-v2-key-simulator-v2-ke',
    problem: isKeyOf32,
    help: 'the key of API v2, 32 characters',
  },
  'v3-key': {
    value: 'KEY',
    variable: 'WECHAT_PAY_V3_KEY',
    standard: 'simulator-v3-key-simulator-v3-ke',
    problem: isKeyOf32,
    help: 'the APIv3 key, 32 bytes',
  },
  'key-mode': {
    value: 'MODE',
    variable: 'SIMULATOR_KEY_MODE',
    standard: 'public_key',
    problem: oneOf(KEY_MODES),
    help: `which keys of WeChat's the merchant has in API v3: ${KEY_MODES.join(', ')}`,
  },
  keys: {
    value: 'DIR',
    variable: 'SIMULATOR_KEYS',
    help: 'keep certificates and keys here, made on the first start',
  },
  seed: {
    value: 'TEXT',
    variable: 'SIMULATOR_SEED',
    help: 'draw every number, nonce and token in the sequence of this seed',
  },
  'export-ca': {
    value: 'FILE',
    variable: 'SIMULATOR_EXPORT_CA',
    help: 'write the root certificate that a client has to trust',
  },
} as const satisfies FlagTable

export const SERVE_FLAGS = {
  ...PLATFORM_FLAGS,
  state: {
    value: 'FILE',
    variable: 'SIMULATOR_STATE',
    help: 'load the orders from here at the start, save them at the end',
  },
  clock: {
    value: 'TIME',
    variable: 'SIMULATOR_CLOCK',
    problem: isMoment,
    help: 'start the clock at this time (RFC 3339), not at the real one',
  },
  quiet: { help: 'print one line at the start' },
} as const satisfies FlagTable

export function loadConfig(
  args: readonly string[] = [],
  env: Environment = ENVIRONMENT,
): Config & { readonly isQuiet: boolean } {
  const flags = readFlags(SERVE_FLAGS, args, env)
  const clock = flags.text('clock')
  return {
    ...platformConfig(flags),
    stateFile: flags.text('state') || null,
    startAt: clock === '' ? null : new Date(clock),
    isQuiet: flags.isSet('quiet'),
  }
}

/** The part of a configuration that every command shares. */
export function platformConfig(
  flags: Flags<keyof typeof PLATFORM_FLAGS>,
): Omit<Config, 'stateFile' | 'startAt'> {
  const [port, tlsPort] = [Number(flags.text('port')), Number(flags.text('tls-port'))]
  if (port === tlsPort && port !== 0) throw new UsageError('--port and --tls-port are the same')
  return {
    host: flags.text('host'),
    port,
    tlsPort,
    keysFolder: flags.text('keys') || null,
    exportCa: flags.text('export-ca') || null,
    seed: flags.text('seed') || null,
    keyMode: KEY_MODES.find((mode) => mode === flags.text('key-mode')) ?? 'public_key',
    account: {
      appid: flags.text('appid'),
      appSecret: flags.text('app-secret'),
      mchid: flags.text('mchid'),
      merchantName: flags.text('merchant'),
      v2Key: flags.text('v2-key'),
      v3Key: flags.text('v3-key'),
    },
  }
}
