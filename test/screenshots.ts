import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { tipPage } from './browser/tip-page.ts'
import { openBrowser, PHONE } from './support/chromium.ts'
import { createInbox } from './support/inbox.ts'
import { createMerchant } from './support/merchant.ts'
import { startSystem } from './support/system.ts'

const FOLDER = new URL('../docs/images/', import.meta.url).pathname
const SETTLE_MS = 500

/** The pictures of the README, made from the running thing. */
await mkdir(FOLDER, { recursive: true })
const system = await startSystem({
  CREATOR_NAME: '阿树',
  CREATOR_ABOUT: '写代码，也写故事；每周日晚直播',
  CREATOR_THANKS: '谢谢你！有你在，我会一直写下去。',
  CREATOR_GOAL_TITLE: '换一支新麦克风',
  CREATOR_GOAL_FEN: '5000',
})
const browser = await openBrowser()
const sink = await createInbox()
const made: string[] = []

async function picture(page: Page, name: string): Promise<void> {
  // Fonts and the rising sheet need a moment.
  await page.waitForTimeout(SETTLE_MS)
  const path = join(FOLDER, `${name}.png`)
  await page.screenshot({ path })
  made.push(path)
}

async function walk(colorScheme: 'light' | 'dark', suffix: string): Promise<void> {
  const phone = await browser.newContext({ ...PHONE, colorScheme, locale: 'zh-CN' })
  const page = await phone.newPage()
  const tip = tipPage(page)
  await tip.open(system.previewUrl)
  await picture(page, `tip${suffix}`)
  await tip.tapAmount(500)
  await tip.cashier.waitFor()
  await picture(page, `cashier${suffix}`)
  await tip.cashier.pay()
  await tip.result('paid').waitFor()
  await picture(page, `thanks${suffix}`)
  await tip.act()
  await tip.tapAmount(1000)
  await tip.cashier.cancel()
  await tip.result('cancelled').waitFor()
  await tip.openRecords()
  await tip.records().nth(1).waitFor()
  await picture(page, `records${suffix}`)
  await phone.close()
}

/** The two stages after the sheet, side by side in the README of the simulator. */
async function cashierStages(): Promise<void> {
  const phone = await browser.newContext({ ...PHONE, locale: 'zh-CN' })
  const page = await phone.newPage()
  const tip = tipPage(page)
  await tip.open(system.previewUrl)
  await tip.tapAmount(500)
  const cashier = page.frameLocator('iframe')
  await cashier.locator('#pay').tap()
  for (const digit of '135') await cashier.locator(`[data-key="${digit}"]`).tap()
  await picture(page, 'cashier-pad')
  for (const digit of '790') await cashier.locator(`[data-key="${digit}"]`).tap()
  await cashier.locator('#finish').waitFor()
  await cashier.locator('#finish').tap()
  await tip.result('paid').waitFor()
  await phone.close()
}

/** A payment whose notification got lost once, and what the page tells of it. */
async function simulatorPage(colorScheme: 'light' | 'dark', suffix: string): Promise<void> {
  const { simulator } = system
  const viewport = { width: 1280, height: 860 }
  const desk = await browser.newPage({ viewport, colorScheme, locale: 'en-US' })
  simulator.faults.add({ on: 'notification', fault: 'drop', times: 2 })
  const { openid } = simulator.login('alice')
  const outTradeNo = `lost-once${suffix}`
  await createMerchant(simulator).order(openid, { out_trade_no: outTradeNo, notify_url: sink.url })
  simulator.pay(outTradeNo)
  await desk.goto(`${simulator.url}/_sim`)
  await desk.locator('#notifications').getByText('attempt 1', { exact: true }).first().waitFor()
  await picture(desk, `simulator${suffix}`)
  await simulator.clock.advance(32_000)
  if (suffix === '') {
    const row = desk.locator('#notifications .rows > li').first()
    await row.locator('.chip', { hasText: 'accepted' }).waitFor()
    await row.locator('summary').last().click()
    await desk.waitForTimeout(SETTLE_MS)
    const path = join(FOLDER, 'simulator-notification.png')
    await row.screenshot({ path })
    made.push(path)
  }
  await desk.close()
}

await walk('light', '')
await walk('dark', '-dark')
await cashierStages()
await simulatorPage('light', '')
await simulatorPage('dark', '-dark')

await browser.close()
sink.close()
await system.close()
console.log(`${String(made.length)} pictures in docs/images`)
// The migration engine's timer would hold the process for ten seconds.
process.exit(0)
