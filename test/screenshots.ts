import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { tipPage } from './browser/tip-page.ts'
import { openBrowser, PHONE } from './support/chromium.ts'
import { startSystem } from './support/system.ts'

const FOLDER = new URL('../docs/images/', import.meta.url).pathname
const SETTLE_MS = 500

/** The pictures of the README, made from the running thing. */
await mkdir(FOLDER, { recursive: true })
const system = await startSystem()
const browser = await openBrowser()
const made: string[] = []

async function picture(page: Page, name: string): Promise<void> {
  // Fonts and the rising sheet need a moment.
  await page.waitForTimeout(SETTLE_MS)
  const path = join(FOLDER, `${name}.png`)
  await page.screenshot({ path })
  made.push(path)
}

async function walk(colorScheme: 'light' | 'dark', suffix: string): Promise<void> {
  const phone = await browser.newContext({ ...PHONE, colorScheme })
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

await walk('light', '')
await walk('dark', '-dark')
system.simulator.faults.add({ on: 'notification', fault: 'drop', times: 1 })
const desk = await browser.newPage({ viewport: { width: 1080, height: 900 } })
await desk.goto(`${system.simulator.url}/_sim`)
await desk.locator('#orders tr').first().waitFor()
await picture(desk, 'simulator')

await browser.close()
await system.close()
console.log(`${String(made.length)} pictures in docs/images`)
// The migration engine's timer would hold the process for ten seconds.
process.exit(0)
