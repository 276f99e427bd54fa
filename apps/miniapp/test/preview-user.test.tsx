import { beforeEach, describe, expect, it, vi } from 'vitest'

const PERSONAL = ['session', 'pending-tip', 'signature']

/** The preview is loaded anew at this address: who it is then, and what of before is still stored. */
async function load(address: string) {
  vi.resetModules()
  window.history.replaceState(null, '', address)
  const { phone } = await import('./support/phone')
  for (const key of [...PERSONAL, 'language']) phone.storage.set(key, { of: 'alice' })
  const { simulatedUser } = await import('../src/lib/simulated-user.h5')
  return { user: simulatedUser(), kept: [...phone.storage.keys()] }
}

describe('the user of the preview', () => {
  beforeEach(() => {
    localStorage.clear()
  })

  it('who is another than before finds nothing of theirs, but the language', async () => {
    localStorage.setItem('simulated-user', 'alice')
    expect(await load('/?user=e17')).toEqual({ user: 'e17', kept: ['language'] })
  })

  it.each(['/?user=alice', '/'])('who is the same keeps all, at %s', async (address) => {
    localStorage.setItem('simulated-user', 'alice')
    expect(await load(address)).toEqual({ user: 'alice', kept: [...PERSONAL, 'language'] })
  })

  it('of a browser that was never here is its own, and stays so', async () => {
    const { user } = await load('/')
    expect(user).toMatch(/^preview-/)
    expect(await load('/')).toMatchObject({ user })
  })
})
