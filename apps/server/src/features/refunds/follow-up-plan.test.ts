import { expect, it } from 'vitest'
import { LAST_STEP, questionAt } from './follow-up-plan.ts'

it('asks often at first, then every hour, and not for ever', () => {
  const at = new Date(0)
  const waits = Array.from({ length: 8 }, (_, step) => questionAt(step, at).getTime() / 1000)
  expect(waits).toEqual([10, 30, 60, 180, 600, 1800, 3600, 3600])
  expect(LAST_STEP).toBe(342)
})
