import { describe, expect, it } from 'vitest'
import { createMemory } from './memory.ts'

function world() {
  let nowMs = 0
  let readings = 0
  const memory = createMemory<number>(() => new Date(nowMs))
  return {
    pass: (ms: number) => void (nowMs += ms),
    recall: (key: string, version: bigint) =>
      memory.recall(key, version, () => Promise.resolve((readings += 1))),
    fail: (key: string, version: bigint) =>
      memory.recall(key, version, () => Promise.reject(new Error('on purpose'))),
  }
}

describe('what was read a moment ago', () => {
  it('is read once for all who ask, until there is another version', async () => {
    const { recall } = world()
    expect(await Promise.all([recall('a', 1n), recall('a', 1n)])).toEqual([1, 1])
    expect(await recall('a', 2n)).toBe(2)
    expect(await recall('b', 2n)).toBe(3)
  })

  it('is read again after ten seconds', async () => {
    const { recall, pass } = world()
    await recall('a', 1n)
    pass(9999)
    expect(await recall('a', 1n)).toBe(1)
    pass(1)
    expect(await recall('a', 1n)).toBe(2)
  })

  it('is not kept when it could not be read', async () => {
    const { recall, fail } = world()
    await expect(fail('a', 1n)).rejects.toThrow('on purpose')
    expect(await recall('a', 1n)).toBe(1)
  })

  it('gives way when there is too much of it', async () => {
    const { recall } = world()
    for (let i = 0; i <= 1000; i += 1) await recall(String(i), 1n)
    expect(await recall('1', 1n)).toBe(2)
    expect(await recall('0', 1n)).toBe(1002)
  })
})
