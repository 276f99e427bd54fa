import { afterEach, expect, it } from 'vitest'
import { openedFor } from '../src/lib/opened-for.h5'

function visit(address: string): void {
  window.history.replaceState(null, '', address)
}

afterEach(() => {
  visit('/')
})

it.each([
  ['/?creator=shanhai', {}, 'shanhai'],
  ['/?user=e17&scene=c%3Dshanhai', {}, 'shanhai'],
  ['/?creator=shanhai', { creator: '' }, 'shanhai'],
  ['/?creator=shanhai', { creator: 'other' }, 'other'],
  ['/?creator=shanhai', { scene: 'c%3Dother' }, 'other'],
  ['/?creator=No+Such!', {}, null],
  ['/?user=e17', {}, 'default'],
])('%s with %j behind the # is opened for %s', (address, query, slug) => {
  visit(address)
  expect(openedFor(query)).toBe(slug)
})
