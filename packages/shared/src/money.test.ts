import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatFee, formatYuan, parseFen, yuanToFen, yuanToMilliFen } from './money.ts'

describe('formatYuan', () => {
  it.each([
    [0, '¥0.00'],
    [1, '¥0.01'],
    [99, '¥0.99'],
    [100, '¥1.00'],
    [123_456, '¥1234.56'],
    [-250, '-¥2.50'],
  ])('writes %i fen as %s', (fen, text) => {
    expect(formatYuan(fen)).toBe(text)
  })

  it('refuses a part of a fen', () => {
    expect(() => formatYuan(0.5)).toThrow(RangeError)
  })

  it('shows every fen', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 40 }), (fen) => {
        expect(Number(formatYuan(fen).replace(/[¥.]/g, ''))).toBe(fen)
      }),
    )
  })
})

describe('parseFen', () => {
  it.each(['', '-1', '+1', '1.0', '01', '1e3', ' 1', '1\n', '٣', '99999999999'])(
    'refuses %j',
    (text) => {
      expect(parseFen(text)).toBeNull()
    },
  )

  it('reads back what it wrote', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 9_999_999_999 }), (fen) => {
        expect(parseFen(String(fen))).toBe(fen)
      }),
    )
  })
})

describe('yuanToFen', () => {
  it.each([
    ['0', 0],
    ['0.00', 0],
    ['-0.00', 0],
    ['0.1', 10],
    ['5.76', 576],
    ['1.10000', 110],
    ['0.29', 29],
    ['-2.50', -250],
    ['90071992547409.91', Number.MAX_SAFE_INTEGER],
  ])('reads %j as %i', (text, fen) => {
    expect(yuanToFen(text)).toBe(fen)
  })

  it.each(['', '.5', '5.', '1.005', '+1', '1e3', ' 1', '1,000.00', '0.60%', '٣', '--1', 'NaN'])(
    'refuses %j',
    (text) => {
      expect(yuanToFen(text)).toBeNull()
    },
  )

  it('refuses what a number cannot hold exactly', () => {
    expect(yuanToFen('90071992547409.92')).toBeNull()
  })

  it('reads back every amount that formatYuan writes', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), (fen) => {
        expect(yuanToFen(formatYuan(fen).replace('¥', ''))).toBe(fen)
      }),
    )
  })
})

describe('yuanToMilliFen', () => {
  it.each([
    ['0.04000', 4000],
    ['-0.01000', -1000],
    ['0.00001', 1],
    ['0', 0],
  ])('reads %j as %i thousandths of a fen', (text, milliFen) => {
    expect(yuanToMilliFen(text)).toBe(milliFen)
  })

  it('refuses a sixth decimal', () => {
    expect(yuanToMilliFen('0.000001')).toBeNull()
  })

  it('reads back every fee that formatFee writes', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), (fee) => {
        expect(yuanToMilliFen(formatFee(fee).replace('¥', ''))).toBe(fee)
      }),
    )
  })
})
