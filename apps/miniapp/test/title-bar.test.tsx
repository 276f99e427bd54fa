import { render } from '@testing-library/react'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { TitleBar } from '../src/components/title-bar.h5'
import { tap } from './support/screen'

/** The browser is at this address, so many pages of ours deep. */
function stand(address: string, idx: number): void {
  window.history.replaceState({ idx }, '', address)
  render(<TitleBar title="支持者墙" isFirst={false} />)
}

const back = vi.spyOn(window.history, 'back').mockReturnValue()

beforeEach(() => {
  // Somebody came from another site.
  window.history.pushState(null, '', '/')
})
afterEach(() => {
  back.mockClear()
})

it('leads back to the page before', async () => {
  stand('/#/pages/wall/index?creator=shanhai', 1)
  await tap('返回')
  expect(back).toHaveBeenCalledOnce()
  expect(window.location.hash).toBe('#/pages/wall/index?creator=shanhai')
})

it.each([
  ['/#/pages/wall/index?creator=shanhai', '#/pages/tip/index?creator=shanhai'],
  ['/#/pages/record/index?orderId=1', '#/pages/tip/index'],
  ['/?creator=shanhai#/pages/wall/index', '#/pages/tip/index'],
  ['/#/pages/wall/index?creator=No+Such', '#/pages/tip/index?creator=No%20Such'],
])('leads from %s, which a link has opened, to %s and not out of the app', async (at, to) => {
  stand(at, 0)
  const { search } = window.location
  const { length } = window.history
  await tap('返回')
  expect(back).not.toHaveBeenCalled()
  expect(window.location.hash).toBe(to)
  expect(window.location.search).toBe(search)
  expect(window.history.length).toBe(length)
})
