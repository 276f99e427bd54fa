import { describe, expect, it } from 'vitest'
import { firstQuestion, nextQuestion, sameQuestion } from './follow-up-plan.ts'

const order = { id: 'o', createdAt: new Date('2026-01-01T00:00:00Z') }
const after = (seconds: number) => new Date(order.createdAt.getTime() + seconds * 1000)
const PLAN = [5, 30, 60, 180, 300, 600, 1800]

describe('the plan of questions', () => {
  it('is kept to the second when each answer comes at once', () => {
    let question = firstQuestion(order, PLAN)
    const times = [question.at]
    while (question.step < PLAN.length - 1) {
      const { step, at: now } = question
      question = nextQuestion(order, { step, now }, PLAN)
      times.push(question.at)
    }
    expect(times).toEqual(PLAN.map(after))
  })

  it('leaves out what was missed while nobody was there to ask, but never the last', () => {
    const next = (seconds: number) => nextQuestion(order, { step: 0, now: after(seconds) }, PLAN)
    expect(next(100)).toMatchObject({ step: 3, at: after(180) })
    expect(next(90_000)).toMatchObject({ step: 6, at: after(90_000) })
  })

  it('repeats an unclear question after 30 seconds, then later and later, up to 10 minutes', () => {
    const now = after(60)
    const delays = [0, 1, 2, 3, 4, 5, 1000].map((tries) => {
      const { at, step } = sameQuestion(order, { step: 2, tries, now })
      expect(step).toBe(2)
      return (at.getTime() - now.getTime()) / 1000
    })
    expect(delays).toEqual([30, 60, 120, 240, 480, 600, 600])
  })
})
