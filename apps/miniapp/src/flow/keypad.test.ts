import { expect, it } from 'vitest'
import { amountOf, entryOf, hintOf, isPayable, KEYS, NO_ENTRY, press, type Key } from './keypad'

const LIMITS = { minFen: 100, maxFen: 20_000 }
const type = (keys: string) =>
  Array.from(keys).reduce(
    (entry, key) => press(entry, (key === '<' ? 'erase' : key) as Key, LIMITS),
    NO_ENTRY,
  )

it.each([
  ['5', '5', 500],
  ['5.', '5.', 500],
  ['5.5', '5.5', 550],
  ['5.05', '5.05', 505],
  ['0.29', '0.29', 29],
  ['19.9', '19.9', 1990],
  ['.5', '0.5', 50],
  ['007', '7', 700],
  ['1.2.3', '1.23', 123],
  ['200', '200', 20_000],
  ['12<', '1', 100],
  ['<<', '', 0],
  ['', '', 0],
])('%j reads %j and is %i fen', (keys, text, fen) => {
  expect(type(keys).text).toBe(text)
  expect(amountOf(type(keys).text)).toBe(fen)
})

it('takes no key that would lead past the largest amount, and says so', () => {
  expect(type('2001')).toEqual({ text: '200', refused: 'too_much' })
  expect(type('200.01')).toEqual({ text: '200.0', refused: 'too_much' })
  expect(type('2001<')).toEqual({ text: '20', refused: null })
})

it('takes no third decimal, and says so', () => {
  expect(type('1.234')).toEqual({ text: '1.23', refused: 'decimals' })
})

it('shows the limits before they are hit, and which one was', () => {
  expect(hintOf(NO_ENTRY, LIMITS)).toBe('limits')
  expect(hintOf(type('5'), LIMITS)).toBe('limits')
  expect(hintOf(type('0.5'), LIMITS)).toBe('too_little')
  expect(hintOf(type('999'), LIMITS)).toBe('too_much')
  expect(hintOf(type('1.999'), LIMITS)).toBe('decimals')
})

it('holds, after any four keys, an exact amount within the largest one', () => {
  const entries = Array.from({ length: 4 }).reduce<(typeof NO_ENTRY)[]>(
    (before) => before.flatMap((entry) => KEYS.map((key) => press(entry, key, LIMITS))),
    [NO_ENTRY],
  )
  expect(entries).toHaveLength(KEYS.length ** 4)
  for (const { text } of entries) {
    expect(text).toMatch(/^$|^(0|[1-9]\d*)(\.\d{0,2})?$/)
    expect(amountOf(text)).toBeLessThanOrEqual(LIMITS.maxFen)
    expect(Number.isSafeInteger(amountOf(text))).toBe(true)
  }
})

it('is payable from the smallest amount to the largest', () => {
  expect(isPayable('0.99', LIMITS)).toBe(false)
  expect(isPayable('1', LIMITS)).toBe(true)
  expect(isPayable('200', LIMITS)).toBe(true)
  expect(isPayable('', LIMITS)).toBe(false)
})

it('begins with the amount that was chosen before', () => {
  expect(entryOf('¥5.00').text).toBe('5')
  expect(entryOf('¥5.50').text).toBe('5.50')
})
