import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import published from '../vectors.json' with { type: 'json' }
import { KeyError, readApiV3Key, readCertificate } from './keys.ts'
import { ALGORITHM, seal, SealError, unseal, type Sealed } from './resource.ts'

const vector = (id: string) => {
  const found = published.vectors.find((v) => v.id === id)
  if (found === undefined) throw new Error(`no vector ${id}`)
  return found
}
const key = readApiV3Key('0123456789ABCDEF0123456789abcdef')

function sealedIn(id: string): { sealed: Sealed; key: Buffer } {
  const { ciphertext = '', nonce = '', associated_data = '', key = '' } = vector(id).inputs
  return { sealed: { ciphertext, nonce, associatedData: associated_data }, key: Buffer.from(key) }
}

interface Notification {
  readonly resource: {
    readonly algorithm: string
    readonly ciphertext: string
    readonly nonce: string
    readonly associated_data: string
  }
}

/** The resource of a captured notification. */
function resourceIn(id: string): Sealed & { algorithm: string } {
  const { resource } = JSON.parse(vector(id).inputs.body ?? '') as Notification
  const { ciphertext, nonce, associated_data: associatedData, algorithm } = resource
  return { ciphertext, nonce, associatedData, algorithm }
}

describe('the published vectors', () => {
  it.each(['v3-gcm-01', 'v3-cert-01'])('%s opens and is sealed the same', (id) => {
    const { sealed, key } = sealedIn(id)
    const { plaintext = '' } = vector(id).expected
    expect(unseal(sealed, key).toString()).toBe(plaintext)
    expect(seal(plaintext, sealed, key)).toBe(sealed.ciphertext)
  })

  it('a certificate of /v3/certificates is read with its serial and its time', () => {
    const { sealed, key } = sealedIn('v3-cert-01')
    const { certificate_serial, not_before = '', not_after = '' } = vector('v3-cert-01').expected
    expect(readCertificate(unseal(sealed, key).toString())).toMatchObject({
      id: certificate_serial,
      validFrom: new Date(not_before),
      validTo: new Date(not_after),
    })
  })

  it('v3-notify-d1, the resource of a notification', () => {
    const { inputs, expected } = vector('v3-notify-d1')
    const { algorithm, ...sealed } = resourceIn('v3-notify-d1')
    expect(algorithm).toBe(ALGORITHM)
    const plaintext = unseal(sealed, readApiV3Key(inputs.api_v3_key ?? ''))
    expect(plaintext.toString()).toBe(expected.plaintext)
  })

  it('v3-gcm-neg-02, other associated data', () => {
    const { sealed, key } = sealedIn('v3-gcm-neg-02')
    expect(() => unseal(sealed, key)).toThrow(SealError)
  })

  it('v3-notify-01 was sealed with 16 bytes, which are no key', () => {
    const short = Buffer.from(vector('v3-notify-01').inputs.api_v3_key ?? '')
    expect(() => unseal(resourceIn('v3-notify-01'), short)).toThrow(KeyError)
  })
})

const plaintext = fc.uint8Array()
const labels = fc.record({
  nonce: fc.stringMatching(/^[0-9A-Za-z]{12}$/),
  associatedData: fc.string({ maxLength: 16 }),
})
const byte = fc.integer({ min: 1, max: 255 })

/** One byte of it, changed. */
function changed(bytes: Uint8Array, at: number, by: number): Buffer {
  const other = Buffer.from(bytes)
  other.writeUInt8(other.readUInt8(at % other.length) ^ by, at % other.length)
  return other
}

describe('unseal', () => {
  it('opens what seal has sealed', () => {
    fc.assert(
      fc.property(plaintext, labels, (bytes, label) => {
        const ciphertext = seal(bytes, label, key)
        expect(unseal({ ...label, ciphertext }, key)).toEqual(Buffer.from(bytes))
      }),
    )
  })

  it('refuses every changed byte of ciphertext and tag', () => {
    fc.assert(
      fc.property(plaintext, labels, fc.nat(), byte, (bytes, label, at, by) => {
        const good = Buffer.from(seal(bytes, label, key), 'base64')
        const ciphertext = changed(good, at, by).toString('base64')
        expect(() => unseal({ ...label, ciphertext }, key)).toThrow(SealError)
      }),
    )
  })

  it('refuses every byte of the tag, and a tag that is cut short', () => {
    const label = { nonce: 'n0ncen0ncen0', associatedData: '' }
    const good = Buffer.from(seal('{}', label, key), 'base64')
    for (let at = good.length - 16; at < good.length; at++) {
      const ciphertext = changed(good, at, 1).toString('base64')
      expect(() => unseal({ ...label, ciphertext }, key)).toThrow(SealError)
      const short = good.subarray(0, at).toString('base64')
      expect(() => unseal({ ...label, ciphertext: short }, key)).toThrow(SealError)
    }
  })

  it('refuses every other nonce, associated data and key', () => {
    fc.assert(
      fc.property(plaintext, labels, labels, fc.nat(), byte, (bytes, label, other, at, by) => {
        fc.pre(label.nonce !== other.nonce && label.associatedData !== other.associatedData)
        const sealed = { ...label, ciphertext: seal(bytes, label, key) }
        for (const wrong of [{ nonce: other.nonce }, { associatedData: other.associatedData }]) {
          expect(() => unseal({ ...sealed, ...wrong }, key)).toThrow(SealError)
        }
        expect(() => unseal(sealed, changed(key, at, by))).toThrow(SealError)
      }),
    )
  })

  it('takes no associated data for empty ones, and the other way round', () => {
    const label = { nonce: 'n0ncen0ncen0', associatedData: '' }
    const ciphertext = seal('{}', label, key)
    expect(unseal({ ...label, ciphertext }, key).toString()).toBe('{}')
    const other = { ...label, associatedData: ' ', ciphertext }
    expect(() => unseal(other, key)).toThrow(SealError)
  })

  it('says nothing about what it could not open', () => {
    const label = { nonce: 'n0ncen0ncen0', associatedData: 'transaction' }
    const sealed = { ...label, ciphertext: seal('{"secret":1}', label, key) }
    const attempt = () => unseal({ ...sealed, associatedData: 'refund' }, key)
    expect(attempt).toThrow(/^was sealed with another key, or changed since$/)
  })
})

describe('what is not sealed', () => {
  const label = { nonce: 'n0ncen0ncen0', associatedData: 'transaction' }
  const good = seal('{"a":1}', label, key)

  it.each<[what: string, ciphertext: string]>([
    ['nothing', ''],
    ['what is not base64', '<xml></xml>'],
    ['less than a tag', Buffer.alloc(15).toString('base64')],
    ['a line feed behind it', `${good}\n`],
    ['no padding', good.replace(/=+$/, '')],
    ['the letters of addresses', '-_'.repeat(12)],
  ])('refuses %s', (_, ciphertext) => {
    expect(() => unseal({ ...label, ciphertext }, key)).toThrow(/^is not base64 with a tag$/)
  })

  it('takes a tag alone for what is empty', () => {
    const ciphertext = seal('', label, key)
    expect(Buffer.from(ciphertext, 'base64')).toHaveLength(16)
    expect(unseal({ ...label, ciphertext }, key)).toHaveLength(0)
  })

  it.each(['', 'n0ncen0ncen', 'n0ncen0ncen0n', '随机串随机'])('refuses the nonce %j', (nonce) => {
    expect(() => unseal({ ...label, nonce, ciphertext: good }, key)).toThrow(SealError)
    expect(() => seal('{}', { ...label, nonce }, key)).toThrow(SealError)
  })

  it('counts the bytes of a nonce, not its letters', () => {
    const nonce = '随机串随'
    expect(
      unseal({ ...label, nonce, ciphertext: seal('{}', { ...label, nonce }, key) }, key),
    ).toEqual(Buffer.from('{}'))
  })

  it.each([0, 16, 24, 31, 33, 64])('refuses a key of %d bytes', (length) => {
    const wrong = randomBytes(length)
    expect(() => unseal({ ...label, ciphertext: good }, wrong)).toThrow(KeyError)
    expect(() => seal('{}', label, wrong)).toThrow(KeyError)
  })
})
