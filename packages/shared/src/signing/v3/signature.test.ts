import { constants, createPrivateKey, createPublicKey, sign as signBytes } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import published from '../vectors.json' with { type: 'json' }
import { answerText, isSignedBy, requestText, sign } from './signature.ts'

const PSS = constants.RSA_PKCS1_PSS_PADDING
const vectorsOf = (kind: string) => published.vectors.filter(({ id }) => id.startsWith(kind))
const vector = (id: string) => {
  const found = published.vectors.find((v) => v.id === id)
  if (found === undefined) throw new Error(`no vector ${id}`)
  return found
}
// A published key does as well as a new one, which takes long to make.
const privateKey = createPrivateKey(vector('v3-sign-01').inputs.private_key_pem ?? '')
const publicKey = createPublicKey(privateKey)
const text = Buffer.from('1700000000\nnonce\n{}\n')

/** What a vector says of a request. */
function requestOf({ inputs }: (typeof published.vectors)[number]) {
  const { method = '', url: target = '', timestamp = '', nonce_str: nonce = '' } = inputs
  return { method, target, timestamp, nonce, body: inputs.body ?? '' }
}

describe('the published vectors', () => {
  it.each(vectorsOf('v3-format-'))('$id: $name', (vector) => {
    expect(requestText(requestOf(vector)).toString()).toBe(vector.expected.message)
  })

  it.each(vectorsOf('v3-sign-'))('$id: $name', (vector) => {
    const { message, signature = '' } = vector.expected
    const key = createPrivateKey(vector.inputs.private_key_pem ?? '')
    const request = requestText(requestOf(vector))
    expect(request.toString()).toBe(message)
    expect(sign(request, key)).toBe(signature)
    expect(isSignedBy(request, signature, createPublicKey(key))).toBe(true)
  })

  it.each(vectorsOf('v3-verify-'))('$id: $name', ({ inputs, expected }) => {
    const { timestamp = '', nonce = '', body = '', signature = '' } = inputs
    const answer = answerText({ timestamp, nonce, body })
    const key = createPublicKey(inputs.public_key_or_cert_pem ?? '')
    expect(answer.toString()).toBe(expected.message)
    expect(isSignedBy(answer, signature, key)).toBe(expected.valid)
  })
})

describe('the texts', () => {
  it('end an empty body with its line feed too', () => {
    expect(answerText({ timestamp: '1', nonce: '2', body: '' }).toString()).toBe('1\n2\n\n')
  })

  it('hold the bytes of a body unread, whether they are text or not', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (body) => {
        const whole = Buffer.concat([Buffer.from('1\n2\n'), body, Buffer.from('\n')])
        expect(answerText({ timestamp: '1', nonce: '2', body })).toEqual(whole)
      }),
    )
  })
})

describe('isSignedBy', () => {
  const signature = sign(text, privateKey)

  it('accepts what sign wrote', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        expect(isSignedBy(bytes, sign(bytes, privateKey), publicKey)).toBe(true)
      }),
    )
  })

  it('refuses every other byte of a text', () => {
    fc.assert(
      fc.property(fc.nat(text.length - 1), fc.integer({ min: 1, max: 255 }), (at, by) => {
        const other = Buffer.from(text)
        other.writeUInt8(other.readUInt8(at) ^ by, at)
        expect(isSignedBy(other, signature, publicKey)).toBe(false)
      }),
    )
  })

  it('refuses every other byte of a signature', () => {
    fc.assert(
      fc.property(fc.nat(255), fc.integer({ min: 1, max: 255 }), (at, by) => {
        const other = Buffer.from(signature, 'base64')
        other.writeUInt8(other.readUInt8(at) ^ by, at)
        expect(isSignedBy(text, other.toString('base64'), publicKey)).toBe(false)
      }),
    )
  })

  it('refuses another key', () => {
    const other = createPublicKey(vector('v3-verify-01').inputs.public_key_or_cert_pem ?? '')
    expect(isSignedBy(text, signature, other)).toBe(false)
  })

  // Node reads each of these as the very same bytes.
  it.each<[what: string, write: (signature: string) => string]>([
    ['a line feed behind it', (s) => `${s}\n`],
    ['a space in front of it', (s) => ` ${s}`],
    ['no padding', (s) => s.replace('==', '')],
    ['more padding', (s) => `${s}=`],
    ['something behind its end', (s) => `${s}AAAA`],
    ['the letters of addresses', (s) => s.replaceAll('+', '-').replaceAll('/', '_')],
    ['a line feed within', (s) => `${s.slice(0, 64)}\n${s.slice(64)}`],
    ['other bits under its padding', (s) => s.replace('A==', 'B==')],
  ])('refuses a good signature written with %s', (_, write) => {
    const { inputs, expected } = vector('v3-verify-01')
    const genuine = inputs.signature ?? ''
    const written = write(genuine)
    expect(written).not.toBe(genuine)
    expect(Buffer.from(written, 'base64')).toEqual(Buffer.from(genuine, 'base64'))
    const key = createPublicKey(inputs.public_key_or_cert_pem ?? '')
    expect(isSignedBy(Buffer.from(expected.message ?? ''), written, key)).toBe(false)
  })

  it.each(['', '=', 'AAAA', 'no base64', Buffer.alloc(256).toString('base64')])(
    'refuses %j as a signature',
    (given) => {
      expect(isSignedBy(text, given, publicKey)).toBe(false)
    },
  )

  it.each<[what: string, by: () => Buffer]>([
    ['another digest', () => signBytes('sha1', text, privateKey)],
    ['another padding', () => signBytes('sha256', text, { key: privateKey, padding: PSS })],
  ])('refuses a signature of %s', (_, by) => {
    expect(isSignedBy(text, by().toString('base64'), publicKey)).toBe(false)
  })
})
