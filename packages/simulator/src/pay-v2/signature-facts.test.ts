import { createHash, createHmac } from 'node:crypto'
import { sign, type Fields } from '@dashang/shared/signing/v2'
import { describe, expect, it } from 'vitest'
import { signatureFacts } from './signature-facts.ts'

const KEY = 'test-v2-key-test-v2-key-test-v2-'
const FIELDS: Fields = {
  appid: 'wx0123456789abcdef',
  nonce_str: 'n',
  mch_id: '1900000001',
  body: '打赏 a&b',
  attach: '',
  sign_type: 'MD5',
}
const SORTED = 'appid=wx0123456789abcdef&body=打赏 a&b&mch_id=1900000001&nonce_str=n&sign_type=MD5'
const EXPECTED = `${SORTED}&key=<the v2 key>`
const md5 = (text: string) => createHash('md5').update(text).digest('hex').toUpperCase()

function factsOf(signature: string) {
  return signatureFacts({ ...FIELDS, sign: signature }, { key: KEY, signType: 'MD5' })
}

describe('a signature that does not fit', () => {
  it.each([
    ['the key is missing at the end', SORTED],
    ['the key follows without «&key=»', `${SORTED}${KEY}`],
    ['the key follows as «key=» without «&»', `${SORTED}key=${KEY}`],
    [
      'the fields are not sorted by name',
      `appid=wx0123456789abcdef&nonce_str=n&mch_id=1900000001&body=打赏 a&b&sign_type=MD5&key=${KEY}`,
    ],
    [
      'empty fields are signed, too',
      `appid=wx0123456789abcdef&attach=&body=打赏 a&b&mch_id=1900000001&nonce_str=n&sign_type=MD5&key=${KEY}`,
    ],
    ['sign_type is left out', `${SORTED.replace('&sign_type=MD5', '')}&key=${KEY}`],
    [
      'the values are URL-encoded before signing',
      `appid=wx0123456789abcdef&body=${encodeURIComponent('打赏 a&b')}&mch_id=1900000001&nonce_str=n&sign_type=MD5&key=${KEY}`,
    ],
  ])('is explained when %s', (mistake, text) => {
    const facts = factsOf(md5(text))
    expect(facts).toMatchObject({
      mistake,
      sentText: text.replace(KEY, '<the v2 key>'),
      expectedText: EXPECTED,
    })
    const { firstDifferingByte: index, sentText } = facts
    const upTo = (text: string | null) => Buffer.from(text ?? '').subarray(0, index ?? 0)
    expect(upTo(sentText)).toEqual(upTo(EXPECTED))
    expect(Buffer.from(sentText ?? '')[index ?? 0]).not.toBe(Buffer.from(EXPECTED)[index ?? 0])
  })

  it('is explained when it is in lower case, or of the other type', () => {
    const right = sign(FIELDS, { key: KEY, signType: 'MD5' })
    expect(factsOf(right.toLowerCase()).mistake).toBe('the signature is written in lower case')
    const hmac = createHmac('sha256', KEY).update(`${SORTED}&key=${KEY}`).digest('hex')
    expect(factsOf(hmac.toUpperCase()).mistake).toBe(
      'it is signed with HMAC-SHA256, and sign_type says MD5',
    )
  })

  it('is shown beside the right one when nothing explains it', () => {
    const right = sign(FIELDS, { key: KEY, signType: 'MD5' })
    const wrong = `${right.slice(0, 5)}${right[5] === '0' ? '1' : '0'}${right.slice(6)}`
    expect(factsOf(wrong)).toEqual({
      algorithm: 'MD5',
      sentSignature: wrong,
      expectedSignature: right,
      sentText: null,
      expectedText: EXPECTED,
      mistake: null,
      firstDifferingByte: 5,
    })
  })

  it('never shows the key', () => {
    for (const text of [`${SORTED}&key=${KEY}`, `${SORTED}${KEY}`]) {
      expect(JSON.stringify(factsOf(md5(text)))).not.toContain(KEY)
    }
  })
})
