import { describe, expect, it } from 'vitest'
import { createClock } from '../src/clock.ts'

const later = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

describe('a step of the clock', () => {
  it('does what it passes, soonest first, each at its time', async () => {
    const clock = createClock(new Date('2026-01-01T00:00:00Z'))
    const done: [string, number][] = []
    const start = clock.now().getTime()
    const plan = (name: string, seconds: number) => {
      clock.schedule(new Date(start + seconds * 1000), async () => {
        done.push([name, Math.round((clock.now().getTime() - start) / 1000)])
      })
    }
    plan('second', 20)
    plan('first', 10)
    plan('not yet', 60)
    await clock.advance(30_000)
    expect(done).toEqual([
      ['first', 10],
      ['second', 20],
    ])
    clock.stop()
  })

  it('does what falls due while it is at work', async () => {
    const clock = createClock()
    const done: string[] = []
    clock.schedule(new Date(clock.now().getTime() + 1000), async () => {
      await later(20)
      clock.schedule(clock.now(), async () => {
        done.push('planned on the way')
      })
    })
    await clock.advance(1000)
    expect(done).toEqual(['planned on the way'])
    clock.stop()
  })

  it('waits for what the real clock has begun', async () => {
    const clock = createClock()
    const done: string[] = []
    const begun = Promise.withResolvers<undefined>()
    clock.schedule(clock.now(), async () => {
      begun.resolve(undefined)
      await later(20)
      done.push('ended')
    })
    await begun.promise
    await clock.advance(1000)
    expect(done).toEqual(['ended'])
    clock.stop()
  })
})
