import { describe, expect, it } from 'vitest'
import { sceneOfSlug, slugOfScene } from './creator-link.ts'

describe('the link to a creator', () => {
  it.each([
    ['xiao-ming', 'xiao-ming'],
    ['c=xiao-ming', 'xiao-ming'],
    ['c%3Dxiao-ming', 'xiao-ming'],
    ['7', '7'],
    ['a'.repeat(30), 'a'.repeat(30)],
  ])('%s leads to %s', (scene, slug) => {
    expect(slugOfScene(scene)).toBe(slug)
  })

  it.each(['', 'c=', 'c=c=a', 'Xiao', '-a', 'a-', 'a_b', '小明', '%E0%A4%A', 'a'.repeat(31)])(
    '%j leads to nobody',
    (scene) => {
      expect(slugOfScene(scene)).toBeNull()
    },
  )

  it('fits into the 32 characters of a scene, and leads back', () => {
    const longest = 'a'.repeat(30)
    expect(sceneOfSlug(longest)).toHaveLength(32)
    expect(slugOfScene(sceneOfSlug(longest))).toBe(longest)
  })
})
