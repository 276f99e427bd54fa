import { createHash, KeyObject, sign, verify } from 'node:crypto'
import { expect, it } from 'vitest'
import { createRandom } from '../random.ts'
import { makeRsaKeys } from './rsa.ts'

async function drawn(seed: string | null) {
  const { privateKey, publicKey } = await makeRsaKeys(createRandom(seed))
  const key = { private: KeyObject.from(privateKey), public: KeyObject.from(publicKey) }
  const der = key.public.export({ type: 'spki', format: 'der' })
  return { ...key, fingerprint: createHash('sha256').update(der).digest('hex') }
}

it('draws the same key from the same seed on every machine', async () => {
  const { fingerprint } = await drawn('one')
  expect(fingerprint).toBe('d05de7a145083c41cd6a0983088b13a6dfbbe414a6959f149abd7273559eae9c')
  expect((await drawn('two')).fingerprint).not.toBe(fingerprint)
})

it.each([null, 'one', 'two'])(
  'makes a key of 2048 bits that works, of the seed %s',
  async (seed) => {
    const key = await drawn(seed)
    expect(key.public.asymmetricKeyDetails).toEqual({
      modulusLength: 2048,
      publicExponent: 65_537n,
    })
    const text = Buffer.from('打赏')
    expect(verify('sha256', text, key.public, sign('sha256', text, key.private))).toBe(true)
  },
)

it('draws two keys from one sequence, and by chance never the same', async () => {
  const random = createRandom('one')
  const [first, second] = await Promise.all([makeRsaKeys(random), makeRsaKeys(random)])
  expect(first.privateKey).not.toBe(second.privateKey)
  expect((await drawn(null)).fingerprint).not.toBe((await drawn(null)).fingerprint)
})
