import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { startWorld } from '../scenes/past.ts'
import { largeText, SCENES } from '../scenes/scenes.ts'
import { DEVICES, LANGUAGES, setStage, WIDTHS, type Language, type Stage } from '../scenes/stage.ts'
import { seriousFindings } from '../support/axe.ts'
import { hasChromium, openBrowser } from '../support/chromium.ts'
import { brokenWords, jumps, tooSmall, tooWide, WATCH_JUMPS } from '../support/measure.ts'
import type { System } from '../support/system.ts'
import { tipPage } from './tip-page.ts'

/** Each page, and each of the things that come over one; the other scenes are made of the same. */
const EXAMINED = [
  'tip',
  'tip-words-too-long',
  'tip-unknown',
  'tip-retired',
  'keypad-too-much',
  'ending-refused',
  'thanks',
  'records',
  'record-refunded',
  'wall',
  'ranking',
] as const satisfies readonly (keyof typeof SCENES)[]

const COLOURS = ['color-contrast']

/** Days of tips are given before the first page is opened. */
const WORLD_TIMEOUT_MS = 180_000

describe.skipIf(!hasChromium)('the pages', () => {
  let system: System
  let browser: Browser
  const problems: string[] = []

  beforeAll(async () => {
    system = await startWorld()
    browser = await openBrowser()
  }, WORLD_TIMEOUT_MS)
  afterAll(async () => {
    await browser.close()
    await system.close()
  })
  afterEach(() => {
    expect(problems.splice(0)).toEqual([])
  })

  async function open(language: Language): Promise<Stage> {
    const set = await setStage(browser, system, language)
    set.page.on('pageerror', (error) => problems.push(error.message))
    return set
  }

  /** What is too wide for its place, or too small for a thumb, at every width. */
  async function misfits(page: Page): Promise<string[]> {
    const found: string[] = []
    for (const device of DEVICES) {
      await page.setViewportSize(WIDTHS[device])
      const sizes = [...(await tooWide(page)), ...(await tooSmall(page))]
      found.push(...sizes.map((fault) => `${device}: ${fault}`))
    }
    return found
  }

  /** What axe objects to, in both schemes: in the dark only the colours are others. */
  async function findings(page: Page): Promise<string[]> {
    const found = await seriousFindings(page)
    await page.emulateMedia({ colorScheme: 'dark' })
    await page.setViewportSize(WIDTHS.phone)
    found.push(...(await seriousFindings(page, COLOURS)))
    await page.emulateMedia({ colorScheme: 'light' })
    return found
  }

  describe.each(LANGUAGES)('keep nobody out, in %s:', (language) => {
    let set: Stage

    beforeAll(async () => {
      set = await open(language)
    })
    afterAll(() => set.page.context().close())

    it.each(EXAMINED)('%s', async (scene) => {
      await set.clear()
      await SCENES[scene](set)
      expect(await misfits(set.page)).toEqual([])
      // Both languages have the same elements, and other words in them.
      if (language === 'zh') expect(await findings(set.page)).toEqual([])
    })
  })

  it('celebrate with petals, but not where motion is not wanted, and draw a poster', async () => {
    const thanked = await open('zh')
    const { page } = thanked
    await SCENES.thanks(thanked)
    expect(await page.locator('.petals').isVisible()).toBe(true)
    await page.emulateMedia({ reducedMotion: 'reduce' })
    expect(await page.locator('.petals').isVisible()).toBe(false)
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.locator('#poster').tap(),
    ])
    expect(download.suggestedFilename()).toBe('dashang.png')
    await page.getByText('已下载').waitFor()
  })

  it.each(DEVICES)('do not jump when what they show arrives late, on a %s', async (device) => {
    const { page } = await open('zh')
    await page.setViewportSize(WIDTHS[device])
    await page.route('**/api/creators/**', async (route) => {
      const answer = await route.fetch()
      await page.locator('.skeleton').first().waitFor()
      await route.fulfill({ response: answer })
    })
    await page.addInitScript(WATCH_JUMPS)
    await tipPage(page).open(system.previewUrl)
    expect(await jumps(page)).toBeLessThan(0.1)
  })

  it('grow with their text, up to half as large again', async () => {
    const shown = await open('zh')
    const size = () =>
      shown.page.evaluate("getComputedStyle(document.querySelector('.creator-name')).fontSize")
    await SCENES.tip(shown)
    expect(await size()).toBe('26px')
    await SCENES['tip-large-text'](shown)
    expect(await size()).toBe('39px')
    expect(await misfits(shown.page)).toEqual([])
  })

  it.each(['wall', 'ranking', 'record-paid', 'record-refunded'] as const)(
    'break no word, however large and narrow: %s',
    async (scene) => {
      const shown = await open('en')
      await SCENES[scene](shown)
      await largeText(shown)
      await shown.page.setViewportSize(WIDTHS.small)
      expect(await brokenWords(shown.page)).toEqual([])
      expect(await misfits(shown.page)).toEqual([])
    },
  )
})
