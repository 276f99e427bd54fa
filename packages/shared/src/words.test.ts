import { describe, expect, it } from 'vitest'
import { cleanWords, countCharacters, isPlainText } from './words.ts'

describe('words', () => {
  it('look the same and are the same: NFC, without space around them', () => {
    expect(cleanWords('　 cafe\u0301\n')).toBe('caf\u00e9')
    expect(cleanWords(' \t ')).toBe('')
  })

  it.each([
    ['加油', 2],
    ['👍', 1],
    ['👨‍👩‍👧', 5],
    ['', 0],
  ])('%j has %i characters', (text, count) => {
    expect(countCharacters(text)).toBe(count)
  })

  it.each(['加油！', 'a b', '👨‍👩‍👧', '𠮷野家', '🏴󠁧󠁢󠁥󠁮󠁧󠁿'])('%j is plain', (text) => {
    expect(isPlainText(text)).toBe(true)
  })

  it.each([
    ['a line break', 'a\nb'],
    ['NUL', 'a\u0000'],
    ['delete', '\u007f'],
    ['half a character', 'a\ud800'],
    ['text turned around', 'a\u202eb'],
    ['a space of no width', 'a\u200bb'],
    ['a byte order mark', '\ufeffa'],
  ])('%s is not plain', (_, text) => {
    expect(isPlainText(text)).toBe(false)
  })
})
