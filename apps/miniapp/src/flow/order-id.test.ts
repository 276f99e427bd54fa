import { expect, it } from 'vitest'
import { newOrderId } from './order-id'

it('is 32 lower-case hex characters', () => {
  expect(newOrderId()).toMatch(/^[0-9a-f]{32}$/)
  expect(newOrderId(0, () => 0)).toBe('0'.repeat(32))
  expect(newOrderId(2 ** 48 - 1, () => 0.999_999)).toBe('f'.repeat(32))
})

it('is another one each time', () => {
  const ids = Array.from({ length: 10_000 }, () => newOrderId(1))
  expect(new Set(ids).size).toBe(ids.length)
})
