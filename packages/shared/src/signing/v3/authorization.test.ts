import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import published from '../vectors.json' with { type: 'json' }
import { parseAuthorization, writeAuthorization, type Authorization } from './authorization.ts'

const vectors = published.vectors.filter(({ id }) => id.startsWith('v3-sign-'))

describe('the published vectors', () => {
  it.each(vectors)('$id: $name', ({ inputs, expected }) => {
    const { mchid = '', serial_no = '', nonce_str = '', timestamp = '' } = inputs
    const { signature = '', authorization: header } = expected
    const authorization = { mchid, serialNo: serial_no, nonce: nonce_str, timestamp, signature }
    expect(writeAuthorization(authorization)).toBe(header)
    expect(parseAuthorization(header)).toEqual(authorization)
  })
})

const EXAMPLE: Authorization = {
  mchid: '1900000001',
  nonce: 'n0nce',
  signature: 'c2lnbmF0dXJl+/==',
  timestamp: '1700000000',
  serialNo: '5DEA10EF55877E3CF6C33255C2E7DEFFF7E427EC',
}
const HEADER = writeAuthorization(EXAMPLE)
const [scheme = '', rest = ''] = HEADER.split(' ')
const pairs = rest.split(',')
const value = fc.stringMatching(/^[0-9A-Za-z+/=_-]{1,40}$/)
const authorizationArbitrary = fc.record({
  mchid: value,
  nonce: value,
  signature: value,
  timestamp: value,
  serialNo: value,
})

describe('parseAuthorization', () => {
  it('reads what writeAuthorization wrote, in any order of the pairs', () => {
    fc.assert(
      fc.property(authorizationArbitrary, fc.integer(), (authorization, at) => {
        const [start = '', list = ''] = writeAuthorization(authorization).split(' ')
        const parts = list.split(',')
        const turn = Math.abs(at % parts.length)
        const turned = [...parts.slice(turn), ...parts.slice(0, turn)].reverse().join(',')
        expect(parseAuthorization(`${start} ${turned}`)).toEqual(authorization)
      }),
    )
  })

  it.each(pairs)('refuses a header without its pair %s, with an empty one, or with two', (pair) => {
    const without = pairs.filter((each) => each !== pair)
    const empty = pair.replace(/"[^"]*"/, '""')
    expect(parseAuthorization(`${scheme} ${without.join(',')}`)).toBeNull()
    expect(parseAuthorization(`${scheme} ${[...without, empty].join(',')}`)).toBeNull()
    expect(parseAuthorization(`${scheme} ${[...pairs, pair].join(',')}`)).toBeNull()
  })

  it.each<[what: string, header: string | undefined]>([
    ['no header', undefined],
    ['nothing', ''],
    ['a scheme alone', scheme],
    ['another scheme', `Bearer ${rest}`],
    ['a scheme in other letters', HEADER.toLowerCase()],
    ['a scheme of the same beginning', HEADER.replace(' ', 'X')],
    ['the scheme in another place', `${'x'.repeat(scheme.length)} ${rest},x="${scheme} "`],
    ['something in front of it', `x${HEADER}`],
    ['two spaces', HEADER.replace(' ', '  ')],
    ['spaces between the pairs', HEADER.replaceAll(',', ', ')],
    ['a value without quotes', HEADER.replace('"1900000001"', '1900000001')],
    ['a quote within a value', HEADER.replace('n0nce', 'n0"nce')],
    ['something behind the last quote', `${HEADER}x`],
    ['a name in capitals', `${HEADER},MCHID="1900000002"`],
    ['an end of pairs that is none', `${HEADER},`],
  ])('refuses %s', (_, header) => {
    expect(parseAuthorization(header)).toBeNull()
  })

  it('answers any text with null or five values, nothing else', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(parseAuthorization(`${scheme} ${text}`)).toBeNull()
      }),
    )
  })
})
