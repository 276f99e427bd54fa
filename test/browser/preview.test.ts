import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { hasChromium, openBrowser, PHONE } from '../support/chromium.ts'
import { startSystem, type System } from '../support/system.ts'
import { giveTip, makeCreator } from '../support/tip.ts'
import { tipPage } from './tip-page.ts'

/** What a browser has and WeChat has not: an address that anybody may write, and its own way back. */
describe.skipIf(!hasChromium)('the preview, by its address', () => {
  let system: System
  let browser: Browser
  let context: BrowserContext
  let page: Page
  let tip: ReturnType<typeof tipPage>
  const problems: string[] = []

  beforeAll(async () => {
    system = await startSystem()
    await makeCreator(system, { slug: 'shanhai', name: '山海拾音' })
    browser = await openBrowser()
  })
  afterAll(async () => {
    await browser.close()
    await system.close()
  })
  beforeEach(async () => {
    context = await browser.newContext(PHONE)
    page = await context.newPage()
    page.on('pageerror', (error) => problems.push(error.message))
    tip = tipPage(page)
  })
  afterEach(async () => {
    await context.close()
    expect(problems.splice(0)).toEqual([])
  })

  const creator = () => page.locator('.creator-name:visible').innerText()
  const back = () => page.locator('.title-bar-back:visible').tap()

  it('is of the creator who is named before the #', async () => {
    await tip.open(`${system.previewUrl}/?creator=shanhai`)
    expect(await creator()).toBe('山海拾音')
  })

  it.each(['#/pages/nope/index', '#/nope'])('leads to the start from %s', async (path) => {
    await tip.open(`${system.previewUrl}/${path}`)
    expect(page.url()).toContain('#/pages/tip/index?creator=default')
  })

  it('leads back from a wall that a link has opened to the creator, and from others as one came', async () => {
    await page.goto(`${system.previewUrl}/#/pages/wall/index?creator=shanhai`)
    await back()
    expect(await creator()).toBe('山海拾音')
    await tip.openRecords()
    await page.locator('#go-tip').waitFor()
    await back()
    expect(await creator()).toBe('山海拾音')
  })

  it('is another person’s once it names one', async () => {
    await giveTip(system, { user: 'e17' })
    await page.goto(`${system.previewUrl}/?user=e18#/pages/records/index`)
    await page.locator('#go-tip').waitFor()
    await page.goto(`${system.previewUrl}/?user=e17#/pages/records/index`)
    await tip.records().waitFor()
  })

  it('takes no amount that may not be paid, however hard its grey button is pressed', async () => {
    await tip.open(system.previewUrl)
    await page.locator('#amount-custom').tap()
    await page.locator('#key-0').tap()
    await page.locator('#keypad-confirm').dispatchEvent('click')
    expect(await page.locator('#keypad-text').innerText()).toBe('0')
    expect(await page.locator('#pay').innerText()).toBe('打赏 ¥5.00')
  })

  it('takes its cashier away with the page below, when one goes back', async () => {
    await tip.open(system.previewUrl)
    await tip.tapAmount(500)
    await tip.cashier.cancel()
    await tip.result('cancelled').waitFor()
    await tip.openRecords()
    await page.locator('.record-pay .action').tap()
    await tip.cashier.waitFor()
    await page.goBack()
    await page.locator('iframe').waitFor({ state: 'detached' })
    await tip.result('failed').waitFor()
  })
})
