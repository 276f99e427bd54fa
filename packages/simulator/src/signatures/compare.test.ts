import { describe, expect, it } from 'vitest'
import { firstDifferingByte } from './compare.ts'

describe('the first byte that differs', () => {
  it.each([
    ['same', 'same', null],
    ['abc', 'abd', 2],
    ['', 'a', 0],
    ['ab', 'abc', 2],
    ['打', '扒', 2],
    ['打赏', '打', 3],
  ])('of «%s» and «%s» is %s', (sent, expected, index) => {
    expect(firstDifferingByte(sent, expected)).toBe(index)
  })
})
