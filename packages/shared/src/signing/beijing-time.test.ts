import { expect, it } from 'vitest'
import {
  beijingDayBefore,
  formatBeijingDateTime,
  formatBeijingTime,
  parseBeijingDay,
  parseBeijingTime,
} from './beijing-time.ts'

it('writes the Beijing time of a moment', () => {
  expect(formatBeijingTime(new Date('2025-12-31T16:00:01.999Z'))).toBe('20260101000001')
})

it('writes it with its separators for refunds and bills', () => {
  expect(formatBeijingDateTime(new Date('2025-12-31T16:00:01.999Z'))).toBe('2026-01-01 00:00:01')
})

it('reads what it writes', () => {
  expect(parseBeijingTime('20260101000001')).toEqual(new Date('2025-12-31T16:00:01Z'))
})

it.each(['', '2026010100000', '20260231000000', '20260101250000', '20260101000001Z'])(
  'refuses %j',
  (text) => {
    expect(parseBeijingTime(text)).toBeNull()
  },
)

const lastOfJanuary = {
  name: '2026-01-31',
  from: new Date('2026-01-30T16:00:00Z'),
  to: new Date('2026-01-31T16:00:00Z'),
}

it('gives a day its first moment in Beijing and the first of the next', () => {
  expect(parseBeijingDay('2026-01-31')).toEqual(lastOfJanuary)
})

it.each(['', '20260131', '2026-02-29', '2026-13-01', '2026-01-31T00'])(
  'refuses %j as a day',
  (text) => {
    expect(parseBeijingDay(text)).toBeNull()
  },
)

it.each(['2026-01-31T16:00:00.000Z', '2026-02-01T15:59:59.999Z'])(
  'knows the day before %s by the clock of Beijing',
  (at) => {
    expect(beijingDayBefore(new Date(at))).toEqual(lastOfJanuary)
  },
)
