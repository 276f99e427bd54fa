import { readFlags, UsageError, type Environment, type Flags } from './commands/flags.ts'
import type { PLATFORM_FLAGS } from './commands/platform-flags.ts'
import { SERVE_FLAGS, STAMPS, type Stamps } from './commands/platform-flags.ts'
import { KEY_MODES, type KeyMode } from './pay-v3/key-settings.ts'
import type { Account } from './platform.ts'

export interface Config {
  readonly host: string
  readonly port: number
  readonly tlsPort: number
  /** Where the certificates are kept; nowhere without it. */
  readonly keysFolder: string | null
  readonly account: Account
  /** Which keys of WeChat's the merchant has in API v3; without it those of the state. */
  readonly keyMode?: KeyMode
  /** Where refunds are told whose request names no address; nowhere without it. */
  readonly refundNotifyUrl: string | null
  /** Where the state is kept between two runs; nowhere without it. */
  readonly stateFile: string | null
  /** Where the clock starts; without it where the state left it, else at the real time. */
  readonly startAt?: Date
  /** Which clock signatures of API v3 go by: the real one, or that of the simulator. */
  readonly stamps: Stamps
  readonly seed: string | null
  /** Where the root of the certificates is written. */
  readonly exportCa: string | null
}

/** What every command reads besides its flags. */
export const ENVIRONMENT: Environment = process.env

export function loadConfig(
  args: readonly string[] = [],
  env: Environment = ENVIRONMENT,
): Config & { readonly isQuiet: boolean } {
  const flags = readFlags(SERVE_FLAGS, args, env)
  const clock = flags.text('clock')
  return {
    ...platformConfig(flags),
    stateFile: flags.text('state') || null,
    ...(clock !== '' && { startAt: new Date(clock) }),
    stamps: STAMPS.find((stamps) => stamps === flags.text('stamps')) ?? 'real',
    isQuiet: flags.isSet('quiet'),
  }
}

/** The part of a configuration that every command shares. */
export function platformConfig(
  flags: Flags<keyof typeof PLATFORM_FLAGS>,
): Omit<Config, 'stateFile' | 'startAt' | 'stamps'> {
  const [port, tlsPort] = [Number(flags.text('port')), Number(flags.text('tls-port'))]
  const keyMode = KEY_MODES.find((mode) => mode === flags.text('key-mode'))
  if (port === tlsPort && port !== 0) throw new UsageError('--port and --tls-port are the same')
  return {
    host: flags.text('host'),
    port,
    tlsPort,
    keysFolder: flags.text('keys') || null,
    exportCa: flags.text('export-ca') || null,
    refundNotifyUrl: flags.text('refund-notify-url') || null,
    seed: flags.text('seed') || null,
    ...(keyMode !== undefined && { keyMode }),
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
