import { createCipheriv, createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decryptRefundNotice, encryptRefundNotice, RefundNoticeError } from './refund-notice.ts'
import published from './vectors.json' with { type: 'json' }

const key = '0123456789abcdef0123456789abcdef'
const vector = (id: string) => {
  const found = published.vectors.find((v) => v.id === id)
  if (found === undefined) throw new Error(`no vector ${id}`)
  return found
}

/** What others would make of any plain text. */
function encryptText(plain: string | Uint8Array): string {
  const cipherKey = createHash('md5').update(key).digest('hex')
  const cipher = createCipheriv('aes-256-ecb', cipherKey, null)
  return Buffer.concat([cipher.update(plain), cipher.final()]).toString('base64')
}

describe('the published vectors', () => {
  const { inputs, expected } = vector('v2-refund-11')

  it('a captured notice is read', () => {
    const apiKey = inputs.mch_key ?? ''
    expect(decryptRefundNotice(inputs.req_info ?? '', apiKey)).toEqual(expected.fields)
  })

  it('its fields come back after writing them', () => {
    const { fields = {} } = expected
    expect(decryptRefundNotice(encryptRefundNotice(fields, key), key)).toEqual(fields)
  })

  it('the key is the lower-case hex of the MD5, as text', () => {
    const { inputs, expected } = vector('v2-ecbkey-01')
    const digest = createHash('md5')
      .update(inputs.mch_key ?? '')
      .digest('hex')
    expect(digest).toBe(expected.aes_key_ascii)
  })

  it('the cipher is AES-256-ECB with the padding of PKCS#7', () => {
    const { inputs, expected } = vector('v2-ecb-01')
    const cipher = createCipheriv('aes-256-ecb', inputs.key_ascii ?? '', null)
    const bytes = Buffer.concat([cipher.update(inputs.plaintext ?? ''), cipher.final()])
    expect(bytes.toString('base64')).toBe(expected.ciphertext_base64)
  })
})

const fieldsArbitrary = fc.dictionary(
  fc.stringMatching(/^[a-z_]{1,8}$/),
  fc.string({ unit: 'grapheme' }).filter((s) => !/\p{Cc}|\p{Cn}/u.test(s)),
  { minKeys: 1, noNullPrototype: true },
)

describe('decryptRefundNotice', () => {
  it('reads what encryptRefundNotice wrote', () => {
    fc.assert(
      fc.property(fieldsArbitrary, (fields) => {
        expect(decryptRefundNotice(encryptRefundNotice(fields, key), key)).toEqual(fields)
      }),
    )
  })

  it('refuses another key', () => {
    const reqInfo = encryptRefundNotice({ refund_fee: '1' }, `${key.slice(0, -1)}e`)
    expect(() => decryptRefundNotice(reqInfo, key)).toThrow(RefundNoticeError)
  })

  it('never reads the same out of changed bytes', () => {
    fc.assert(
      fc.property(fieldsArbitrary, fc.nat(), fc.integer({ min: 1, max: 255 }), (fields, at, by) => {
        const bytes = Buffer.from(encryptRefundNotice(fields, key), 'base64')
        const index = at % bytes.length
        bytes.writeUInt8(bytes.readUInt8(index) ^ by, index)
        try {
          expect(decryptRefundNotice(bytes.toString('base64'), key)).not.toEqual(fields)
        } catch (error) {
          if (!(error instanceof RefundNoticeError)) throw error
        }
      }),
    )
  })

  it.each<[what: string, reqInfo: string]>([
    ['nothing', ''],
    ['what is not base64', '<xml></xml>'],
    ['base64 without its padding', 'YQ'],
    ['bytes that are no whole block', Buffer.alloc(17).toString('base64')],
    ['bytes of no known key', Buffer.alloc(32).toString('base64')],
    ['a text that is not XML', encryptText('refund_fee=1')],
    ['another root', encryptText('<xml><refund_fee>1</refund_fee></xml>')],
    ['an entity', encryptText('<!DOCTYPE root [<!ENTITY a "b">]><root><a>&a;</a></root>')],
    ['bytes that are not UTF-8', encryptText(Buffer.from([0x3c, 0xff, 0xfe]))],
  ])('refuses %s', (_, reqInfo) => {
    expect(() => decryptRefundNotice(reqInfo, key)).toThrow(RefundNoticeError)
  })

  it('answers any text with fields or RefundNoticeError, nothing else', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string(), fc.base64String(), fc.string().map(encryptText)),
        (text) => {
          expect(() => decryptRefundNotice(text, key)).toThrow(RefundNoticeError)
        },
      ),
    )
  })
})
