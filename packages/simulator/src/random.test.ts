import { expect, it } from 'vitest'
import { createRandom, digits } from './random.ts'

const draw = (seed: string | null) => {
  const random = createRandom(seed)
  return [random.bytes(16).toString('hex'), digits(random, 40), random.bytes(100).toString('hex')]
}

it('gives the same sequence for the same seed, and another for another', () => {
  expect(draw('one')).toEqual(draw('one'))
  expect(draw('one')).not.toEqual(draw('two'))
})

it('never gives the same without a seed', () => {
  expect(draw(null)).not.toEqual(draw(null))
})

it('never gives the same twice', () => {
  const random = createRandom('one')
  expect(random.bytes(16)).not.toEqual(random.bytes(16))
  expect(random.bytes(64).subarray(0, 32)).not.toEqual(random.bytes(64).subarray(32))
})

it('goes on from where another stopped', () => {
  const first = createRandom('one')
  first.bytes(8)
  const second = createRandom('one')
  second.moveTo(first.position())
  expect(second.bytes(8)).toEqual(first.bytes(8))
})
