import { describe, expect, it } from 'vitest'
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

  it('of API v3 is an APIv3 key of 32 bytes and a mode of the keys', () => {
    expect(loadConfig([], {})).toMatchObject({ keyMode: 'public_key', refundNotifyUrl: null })
    const args = ['--key-mode', 'migration', '--v3-key', 'k'.repeat(32)]
    expect(loadConfig(args, {})).toMatchObject({
      keyMode: 'migration',
      account: { v3Key: 'k'.repeat(32) },
    })
    expect(() => loadConfig(['--v3-key', '赏'.repeat(32)], {})).toThrow('--v3-key has 32 bytes')
    expect(() => loadConfig(['--key-mode', 'both'], {})).toThrow('--key-mode is one of')
  })

  it.each(['--port', '--tls-port'])('%s is a port', (flag) => {
    for (const value of ['x', '-1', '65536', '1.5']) {
      expect(() => loadConfig([`${flag}=${value}`], {})).toThrow(`${flag} is no port`)
    }
  })
})
