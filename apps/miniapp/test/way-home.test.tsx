import { expect, it } from 'vitest'
import { leadHome } from '../src/lib/way-home'
import { phone } from './support/phone'

it('leads at once to the start from a page that there is not', () => {
  leadHome()
  for (const tell of phone.lost) tell()
  expect(phone.opened).toEqual(['/pages/tip/index?creator=default'])
})
