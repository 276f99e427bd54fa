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
    clock.clear()
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
    clock.clear()
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
    clock.clear()
  })
})

describe('what falls due at one moment', () => {
  const durations = async (mode: 'runs' | 'stands') => {
    const clock = createClock(new Date('2026-01-01T00:00:00Z'), mode)
    const at = new Date(clock.now().getTime() + 1000)
    const done: string[] = []
    const both = Promise.withResolvers<undefined>()
    const task = (name: string, wait: Promise<unknown>) => async () => {
      done.push(`${name} begins`)
      if (done.includes('second begins')) both.resolve(undefined)
      await wait
      done.push(`${name} ends`)
    }
    clock.schedule(at, task('first', mode === 'runs' ? both.promise : later(10)))
    clock.schedule(at, task('second', later(1)))
    await clock.advance(1000)
    clock.clear()
    return done
  }

  it('is done at once by a clock that runs', async () => {
    expect((await durations('runs')).slice(0, 2)).toEqual(['first begins', 'second begins'])
  })

  it('is done one after another by a clock that stands', async () => {
    expect(await durations('stands')).toEqual([
      'first begins',
      'first ends',
      'second begins',
      'second ends',
    ])
  })
})

it('forgets what is planned when it is cleared, and takes new plans', async () => {
  const clock = createClock()
  const done: string[] = []
  const plan = (name: string) => {
    clock.schedule(new Date(clock.now().getTime() + 1000), async () => {
      done.push(name)
    })
  }
  plan('before')
  clock.clear()
  expect(clock.nextAt()).toBeNull()
  plan('after')
  await clock.advance(1000)
  expect(done).toEqual(['after'])
  clock.clear()
})

describe('a clock that stands', () => {
  it('moves by steps alone', async () => {
    const clock = createClock(new Date('2026-01-01T00:00:00Z'), 'stands')
    await later(20)
    expect(clock.now()).toEqual(new Date('2026-01-01T00:00:00Z'))
    await clock.advance(1500)
    expect(clock.now()).toEqual(new Date('2026-01-01T00:00:01.500Z'))
    clock.clear()
  })

  it('does by itself what is due already', async () => {
    const clock = createClock(new Date('2026-01-01T00:00:00Z'), 'stands')
    const isDone = Promise.withResolvers<string>()
    clock.schedule(clock.now(), async () => {
      clock.schedule(clock.now(), async () => {
        isDone.resolve('done')
      })
    })
    expect(await isDone.promise).toBe('done')
    clock.clear()
  })
})
