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

  it.each(['--port', '--tls-port'])('%s is a port', (flag) => {
    for (const value of ['x', '-1', '65536', '1.5']) {
      expect(() => loadConfig([`${flag}=${value}`], {})).toThrow(`${flag} is no port`)
    }
  })
})
