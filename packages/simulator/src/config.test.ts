import { describe, expect, it } from 'vitest'
import { UsageError } from './commands/flags.ts'
import { loadConfig } from './config.ts'

describe('a setting', () => {
  it('has a standard', () => {
    expect(loadConfig([], {})).toMatchObject({ port: 4000, tlsPort: 4443, keysFolder: null })
  })

  it('can be a variable of the environment, and the flag wins', () => {
    const env = { SIMULATOR_TLS_PORT: '5443', SIMULATOR_KEYS: 'from-env' }
    expect(loadConfig([], env)).toMatchObject({ tlsPort: 5443, keysFolder: 'from-env' })
    expect(loadConfig(['--tls-port', '6443', '--keys', 'from-flag'], env)).toMatchObject({
      tlsPort: 6443,
      keysFolder: 'from-flag',
    })
  })

  it.each([
    [['--port', 'x'], '--port is no port (0 to 65535)'],
    [['--port=-1'], '--port is no port (0 to 65535)'],
    [['--tls-port', '65536'], '--tls-port is no port (0 to 65535)'],
    [['--tls-port', '1.5'], '--tls-port is no port (0 to 65535)'],
    [['--port', '4000', '--tls-port', '4000'], '--port and --tls-port are the same'],
    [['--appid', 'wx 1'], '--appid is not 1 to 32 letters and digits'],
    [['--mchid', '1'.repeat(33)], '--mchid is not 1 to 32 letters and digits'],
    [['--v2-key', 'short'], '--v2-key has 5 bytes; a key of WeChat Pay has exactly 32'],
    [
      ['--v3-key', '三十二个字节三十二个字节三十二个字节三十二个字节三十二个字节三十'],
      '--v3-key has 96 bytes',
    ],
    [['--key-mode', 'both'], '--key-mode is none of public_key, certificate, migration'],
    [['--clock', '2026-01-31'], '--clock is no time of RFC 3339, like 2026-01-31T09:00:00+08:00'],
    [['--clock', '2026-02-31T25:00:00Z'], '--clock is no time of RFC 3339'],
    [['--mchid', '1', '--mchid', '2'], '--mchid is given more than once'],
    [['--nope'], "Unknown option '--nope'; --help lists the options"],
    [['word'], "Unexpected argument 'word'"],
    [['--appid'], "Option '--appid <value>' argument missing"],
  ])('%j is answered with one line that says what is wrong', (args, message) => {
    const read = () => loadConfig(args, {})
    expect(read).toThrow(UsageError)
    expect(read).toThrow(message)
    expect(read).toThrow(/^.+$/)
  })

  it('of the environment is called by its name', () => {
    expect(() => loadConfig([], { WECHAT_PAY_V2_KEY: 'short' })).toThrow('WECHAT_PAY_V2_KEY has 5')
    expect(loadConfig([], { WECHAT_PAY_V2_KEY: '' }).account.v2Key).toHaveLength(32)
  })

  it('of API v3 is an APIv3 key of 32 bytes and a mode of the keys', () => {
    expect(loadConfig([], {})).toMatchObject({ refundNotifyUrl: null })
    expect(loadConfig([], {})).not.toHaveProperty('keyMode')
    const args = ['--key-mode', 'migration', '--v3-key', 'k'.repeat(32)]
    expect(loadConfig(args, {})).toMatchObject({
      keyMode: 'migration',
      account: { v3Key: 'k'.repeat(32) },
    })
  })

  it('starts the clock where it is told to', () => {
    const { startAt } = loadConfig(['--clock', '2026-01-31T09:00:00+08:00'], {})
    expect(startAt).toEqual(new Date('2026-01-31T01:00:00Z'))
    expect(loadConfig([], {}).startAt).toBeUndefined()
  })

  it('says which clock signatures go by, the real one unless told otherwise', () => {
    expect(loadConfig([], {}).stamps).toBe('real')
    expect(loadConfig(['--stamps', 'clock'], {}).stamps).toBe('clock')
    expect(() => loadConfig(['--stamps', 'none'], {})).toThrow('--stamps is none of real, clock')
  })
})
