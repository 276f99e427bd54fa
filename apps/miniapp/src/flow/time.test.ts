import { expect, it } from 'vitest'
import { zh } from '../words/zh'
import { timeAgo, timeWords } from './time'

it('tells the time of the phone', () => {
  expect(timeWords(new Date(2026, 0, 2, 3, 4).toISOString())).toBe('2026-01-02 03:04')
})

const NOW = new Date(2026, 0, 20, 12, 0).getTime()
it.each([
  [-5000, '刚刚'],
  [59_000, '刚刚'],
  [60_000, '1 分钟前'],
  [3_599_000, '59 分钟前'],
  [3_600_000, '1 小时前'],
  [86_400_000, '1 天前'],
  [7 * 86_400_000, '2026-01-13'],
])('%i ms ago reads %s', (passedMs, words) => {
  expect(timeAgo(new Date(NOW - passedMs).toISOString(), NOW, zh.common)).toBe(words)
})
