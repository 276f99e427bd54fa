import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { hasChromium, openBrowser } from '../support/chromium.ts'
import { OVERLAY_KEY, startSystem, type System } from '../support/system.ts'
import { giveTip, hideMessage } from '../support/tip.ts'

const STREAM = { viewport: { width: 1280, height: 720 } } as const

describe.skipIf(!hasChromium)('the overlay in a browser', () => {
  let system: System
  let browser: Browser
  let context: BrowserContext
  let page: Page
  const problems: string[] = []

  beforeAll(async () => {
    system = await startSystem()
    browser = await openBrowser()
  })
  afterAll(async () => {
    await browser.close()
    await system.close()
  })
  beforeEach(async () => {
    context = await browser.newContext(STREAM)
    page = await context.newPage()
    page.on('pageerror', (error) => problems.push(error.message))
    page.on('console', (message) => {
      if (message.text().includes('Content Security Policy')) problems.push(message.text())
    })
  })
  afterEach(async () => {
    await context.close()
    expect(problems.splice(0)).toEqual([])
  })

  async function open(parameters = ''): Promise<void> {
    await page.goto(`${system.server.url}/overlay/default?key=${OVERLAY_KEY}${parameters}`)
    await page.locator('html[data-state=ready]').waitFor()
  }
  const card = (text: string) => page.locator('.card', { hasText: text })

  it('shows a tip with name, amount and message, on nothing, and lets it go', async () => {
    await open('&seconds=2')
    const background = await page.evaluate('getComputedStyle(document.body).backgroundColor')
    expect(background).toBe('rgba(0, 0, 0, 0)')
    await giveTip(system, { displayName: '小明', message: '<b>加油</b>' })
    await card('小明').waitFor()
    const text = await card('小明').innerText()
    expect(text.replace(/\s+/g, ' ')).toBe('赏 小明 打赏了 ¥5.00 <b>加油</b>')
    await card('小明').waitFor({ state: 'detached' })
  })

  it('shows those of the same moment one after the other', async () => {
    await open('&seconds=2')
    await Promise.all(['甲', '乙', '丙'].map((displayName) => giveTip(system, { displayName })))
    const seen = new Set<string>()
    while (seen.size < 3) {
      expect(await page.locator('.card').count()).toBeLessThanOrEqual(1)
      const names = await page.locator('.card:not(.leaving) .name').allInnerTexts()
      for (const name of names) seen.add(name)
    }
    expect([...seen].sort()).toEqual(['丙', '乙', '甲'])
  })

  it('takes a message away that the operator hides, also from the queue', async () => {
    await open('&seconds=60')
    const first = await giveTip(system, { displayName: '前', message: '坏话一' })
    await card('坏话一').waitFor()
    const second = await giveTip(system, { displayName: '后', message: '坏话二' })
    await giveTip(system, { displayName: '好人' })
    await hideMessage(system, second)
    await hideMessage(system, first)
    await card('好人').waitFor()
    expect(await page.getByText('坏话').count()).toBe(0)
  })

  it('calls nobody by name who is anonymous, and speaks English when asked', async () => {
    await open('&seconds=2')
    await giveTip(system, { isAnonymous: true })
    await card('一位朋友 打赏了').waitFor()
    await open('&lang=en')
    await giveTip(system, { isAnonymous: true })
    await card('Someone tipped').waitFor()
  })

  it('stands still for who wants no motion', async () => {
    await page.emulateMedia({ reducedMotion: 'reduce' })
    await open('&seconds=60')
    await giveTip(system, { displayName: '静' })
    await card('静').waitFor()
    const animations = await page.evaluate('document.getAnimations().length')
    expect(animations).toBe(0)
  })
})
