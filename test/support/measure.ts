import type { Page } from 'playwright-core'

/** A finger needs that much; half a pixel is lost to fractions of a grid. */
const TAP_PX = 44
const FRACTION_PX = 0.5
const SETTLE_MS = 10_000

// These run in the page, whose types are not those of the tests.
const SHOWN = `[...document.querySelectorAll('.page *:not(.petal)')]
  .filter((element) => element.checkVisibility())`
const FITS = `${SHOWN}.every((element) =>
  element.getBoundingClientRect().right <= document.documentElement.clientWidth + 1)`
const TAPPABLE = `[...document.querySelectorAll('[role=button],[role=radio],[role=tab],[role=switch]')]
  .map((element) => ({ id: element.id, box: element.getBoundingClientRect() }))
  .map(({ id, box }) => ({ id, width: box.width, height: box.height }))`

interface Tappable {
  readonly id: string
  readonly width: number
  readonly height: number
}

/** Whether anything reaches over the edge, once the slide from the page before is over. */
export async function tooWide(page: Page): Promise<string[]> {
  const fits = page.waitForFunction(FITS, undefined, { timeout: SETTLE_MS })
  return fits.then(
    () => [],
    () => ['reaches over the edge of the screen'],
  )
}

/** What can be tapped and is too small for a finger. */
export async function tooSmall(page: Page): Promise<string[]> {
  const least = TAP_PX - FRACTION_PX
  const tappable = await page.evaluate<Tappable[]>(TAPPABLE)
  return tappable
    .filter(({ width, height }) => width > 0 && height > 0 && (width < least || height < least))
    .map(({ id, width, height }) => `too small: ${id} ${String(width)} × ${String(height)}`)
}

/** Words and times that stand on two lines, though one has room for them. */
const BROKEN = `[...document.querySelectorAll('.page *')].flatMap((element) =>
  [...element.childNodes].flatMap((node) => {
    const words = node.nodeType === 3 ? [...node.data.matchAll(/[0-9-]+ [0-9:]{5}|[a-z]{2,12}/gi)] : []
    return words.flatMap(({ 0: word, index }) => {
      const range = document.createRange()
      range.setStart(node, index)
      range.setEnd(node, index + word.length)
      const isId = element.closest('.is-number') !== null
      return !isId && range.getClientRects().length > 1 ? [word] : []
    })
  }),
)`

export const brokenWords = (page: Page) => page.evaluate<string[]>(BROKEN)

/** Adds up how far what was already shown has jumped, from the next page load on. */
export const WATCH_JUMPS = `window.jumps = 0
new PerformanceObserver((list) => {
  for (const { value } of list.getEntries()) window.jumps += value
}).observe({ type: 'layout-shift', buffered: true })`

export const jumps = (page: Page) => page.evaluate<number>('window.jumps')
