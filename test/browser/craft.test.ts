import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { seriousFindings } from '../support/axe.ts'
import { hasChromium, openBrowser, PHONE } from '../support/chromium.ts'
import { jumps, tooSmall, tooWide, WATCH_JUMPS } from '../support/measure.ts'
import { startSystem, type System } from '../support/system.ts'
import { tipPage } from './tip-page.ts'

/** What the pages have to stand: sizes, darkness, and another language. */
const DEVICES = {
  'a phone': PHONE,
  'a dark phone without motion': { ...PHONE, colorScheme: 'dark', reducedMotion: 'reduce' },
  'a phone of 320 px, in English': {
    ...PHONE,
    viewport: { width: 320, height: 640 },
    locale: 'en-US',
  },
  'a tablet': { ...PHONE, viewport: { width: 820, height: 1180 } },
} as const satisfies Record<string, BrowserContextOptions>

async function savePoster(page: Page): Promise<void> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.locator('#poster').tap(),
  ])
  expect(download.suggestedFilename()).toBe('dashang.png')
}

describe.skipIf(!hasChromium)('the pages', () => {
  let system: System
  let browser: Browser
  let context: BrowserContext | undefined
  const problems: string[] = []

  beforeAll(async () => {
    system = await startSystem({
      CREATOR_NAME: '山海拾音',
      CREATOR_ABOUT: '每周一集，把古画讲成声音的播客',
      CREATOR_THANKS: '我们山海再见',
      CREATOR_GOAL_TITLE: '换一支好麦克风',
      CREATOR_GOAL_FEN: '20000',
    })
    browser = await openBrowser()
  })
  afterAll(async () => {
    await browser.close()
    await system.close()
  })
  afterEach(async () => {
    await context?.close()
    expect(problems.splice(0)).toEqual([])
  })

  async function open(options: BrowserContextOptions): Promise<Page> {
    context = await browser.newContext(options)
    const page = await context.newPage()
    page.on('pageerror', (error) => problems.push(error.message))
    return page
  }

  /** Everything that nobody should find on a page, whatever it shows. */
  const faults = async (page: Page): Promise<string[]> => [
    ...(await tooWide(page)),
    ...(await tooSmall(page)),
    ...(await seriousFindings(page)),
  ]

  it.each(Object.entries(DEVICES))('keep nobody out, on %s', async (_, device) => {
    const page = await open(device)
    const tip = tipPage(page)
    const found: Record<string, string[]> = {}
    const look = async (name: string) => {
      found[name] = await faults(page)
    }
    await tip.open(system.previewUrl)
    await look('tip')
    await page.locator('#amount-custom').tap()
    await page.locator('#keypad-confirm').waitFor()
    await look('keypad')
    await page.locator('#keypad-cancel').tap()
    await page.locator('#message textarea').fill('加油！')
    await tip.tapAmount(500)
    await tip.cashier.pay()
    await tip.result('paid').waitFor()
    await look('thanks')
    expect(await page.locator('.petals').isVisible()).toBe(!('reducedMotion' in device))
    await savePoster(page)
    await tip.act()
    await tip.tapAmount(1000)
    await tip.cashier.cancel()
    await tip.result('cancelled').waitFor()
    await look('cancelled')
    await tip.dismiss()
    await tip.openWall()
    await page.locator('.wall-list .supporter').first().waitFor()
    await look('wall')
    await page.locator('#view-ranking').tap()
    await page.locator('.ranked').first().waitFor()
    await look('ranking')
    await page.goBack()
    await tip.openRecords()
    await tip.records().nth(1).waitFor()
    await look('records')
    await tip.records().nth(1).locator('.record-main').tap()
    await page.locator('.receipt').waitFor()
    await look('record')
    await page.goto(`${system.previewUrl}/#/pages/tip/index?creator=nobody`)
    await page.reload()
    await page.locator('#go-default').waitFor()
    await look('unknown')
    expect(found).toEqual(Object.fromEntries(Object.keys(found).map((name) => [name, []])))
  })

  it('do not jump when what they show arrives late', async () => {
    const page = await open(PHONE)
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
    const page = await open(PHONE)
    await tipPage(page).open(system.previewUrl)
    const size = () =>
      page.evaluate("getComputedStyle(document.querySelector('.creator-name')).fontSize")
    expect(await size()).toBe('24px')
    await page.evaluate("document.querySelector('.page').classList.add('text-size-150')")
    expect(await size()).toBe('36px')
    expect(await faults(page)).toEqual([])
  })
})
