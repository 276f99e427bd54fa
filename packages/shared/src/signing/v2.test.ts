import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canonicalText, isSignedBy, sign, signed, type Fields, type SignType } from './v2.ts'
import published from './vectors.json' with { type: 'json' }
import { parseXml } from './xml.ts'

const vectors = published.vectors.filter(({ id }) => id.startsWith('v2-'))
const key = '0123456789abcdef0123456789abcdef'

describe('the published vectors', () => {
  it.each(vectors.filter(({ expected }) => 'sign' in expected))('$id: $name', (vector) => {
    const fields = vector.inputs.params as Fields
    const signature = vector.expected.sign ?? ''
    const signType: SignType = signature.length === 32 ? 'MD5' : 'HMAC-SHA256'
    const signingKey = { key: vector.inputs.key ?? '', signType }

    expect(`${canonicalText(fields)}&key=${signingKey.key}`).toBe(vector.expected.string_to_sign)
    expect(sign(fields, signingKey)).toBe(signature)
    expect(isSignedBy({ ...fields, sign: signature }, signingKey)).toBe(true)
  })

  it('a captured notification, from its bytes', () => {
    const vector = vectors.find(({ id }) => id === 'v2-notify-01')
    const fields = parseXml(Buffer.from(vector?.inputs.xml ?? ''))
    expect(fields).toEqual(vector?.inputs.params)
    expect(isSignedBy(fields, { key: vector?.inputs.key ?? '', signType: 'MD5' })).toBe(true)
  })

  it.each(vectors.filter(({ expected }) => expected.valid === false))('$id: $name', (vector) => {
    const signingKey = { key: vector.inputs.key ?? '', signType: 'MD5' } as const
    expect(isSignedBy(vector.inputs.params as Fields, signingKey)).toBe(false)
  })
})

const fieldsArbitrary = fc.dictionary(
  fc.stringMatching(/^[a-z_]{1,12}$/).filter((name) => name !== 'sign'),
  fc.string({ minLength: 1 }),
  { minKeys: 1, noNullPrototype: true },
)

describe.each(['MD5', 'HMAC-SHA256'] as const)('%s', (signType) => {
  const signingKey = { key, signType }

  it('accepts what it signed, in any order of the fields', () => {
    fc.assert(
      fc.property(fieldsArbitrary, (fields) => {
        const shuffled = Object.fromEntries(Object.entries(signed(fields, signingKey)).reverse())
        expect(isSignedBy(shuffled, signingKey)).toBe(true)
      }),
    )
  })

  it('refuses every changed, added or missing field', () => {
    fc.assert(
      fc.property(fieldsArbitrary, fc.nat(), fc.string({ minLength: 1 }), (fields, at, text) => {
        const message = signed(fields, signingKey)
        const names = Object.keys(fields)
        const name = names[at % names.length] ?? ''
        fc.pre(fields[name] !== text)
        const missing = Object.fromEntries(Object.entries(message).filter(([n]) => n !== name))
        expect(isSignedBy({ ...message, [name]: text }, signingKey)).toBe(false)
        expect(isSignedBy({ ...message, added_field: text }, signingKey)).toBe(false)
        expect(isSignedBy(missing, signingKey)).toBe(false)
      }),
    )
  })

  it('refuses another key', () => {
    const message = signed({ total_fee: '1' }, { ...signingKey, key: `${key.slice(0, -1)}g` })
    expect(isSignedBy(message, signingKey)).toBe(false)
  })

  it.each(['', 'short', 'a'.repeat(64), 'A'.repeat(63), 'Ä'.repeat(64), '0'.repeat(65)])(
    'refuses %j as a signature',
    (signature) => {
      expect(isSignedBy({ total_fee: '1', sign: signature }, signingKey)).toBe(false)
    },
  )

  it.each<[what: string, write: (signature: string) => string]>([
    ['in lower case', (s) => s.toLowerCase()],
    ['with something in the place of its beginning', (s) => `zz${s.slice(2)}`],
    ['with something in the place of its end', (s) => `${s.slice(0, -2)}zz`],
    ['with something behind it', (s) => `${s}\n`],
  ])('refuses a good signature written %s', (_, write) => {
    const fields = { total_fee: '1' }
    expect(isSignedBy({ ...fields, sign: write(sign(fields, signingKey)) }, signingKey)).toBe(false)
  })

  it('refuses a message without a signature', () => {
    expect(isSignedBy({ total_fee: '1' }, signingKey)).toBe(false)
  })
})

it('refuses a good signature of the other type', () => {
  const message = signed({ total_fee: '1' }, { key, signType: 'MD5' })
  expect(isSignedBy(message, { key, signType: 'HMAC-SHA256' })).toBe(false)
})
